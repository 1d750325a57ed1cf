"""The optional parts in C; everything else about the package is in setup.cfg.

Where there is no compiler, the package installs without them and does the same, more slowly.
"""

from setuptools import Extension, setup

COMPILED = (
    "thematic.coding.batch._matcher",
    "thematic.coding.batch._writing",
    "thematic.readers.speakers._lines",
)

setup(
    ext_modules=[
        Extension(name, [f"cli/{name.replace('.', '/')}.c"], optional=True) for name in COMPILED
    ],
)
