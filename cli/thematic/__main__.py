"""`python -m thematic`: the same as the command, for when that is not on the path."""

from thematic.app import main

if __name__ == "__main__":
    main()
