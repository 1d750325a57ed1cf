"""`python -m thematic`: the same as the command, for when that is not on the path."""

from thematic.app import main

main()
