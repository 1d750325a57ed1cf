"""The optional parts in C; everything else about the package is in setup.cfg.

Where there is no compiler, the package installs without them and does the same, more slowly.
"""

from compileall import compile_dir

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

COMPILED = (
    "thematic.coding.batch._forming",
    "thematic.coding.batch._matcher",
    "thematic.coding.batch._settling",
    "thematic.coding.batch._writing",
    "thematic.readers.formats._plain",
    "thematic.readers.speakers._lines",
    "thematic.readers.speakers._marks",
)
HEADERS = [
    f"cli/thematic/coding/batch/_{name}.h" for name in ("blocks", "columns", "texts", "tries")
]


class BuildBeside(build_ext):
    """Builds the parts in C; in a checkout the bytecode of the modules too.

    pip writes the bytecode of what it installs, but not of a checkout (`--editable`). Python
    writes it at the first run, unless it is told not to, as in many containers: then each run
    compiled each module anew, a quarter of what a second run takes.
    """

    def run(self) -> None:
        """Build; a folder that cannot be written to is no fault."""
        super().run()
        if self.inplace or self.editable_mode:
            compile_dir("cli", quiet=2)


setup(
    ext_modules=[
        Extension(name, [f"cli/{name.replace('.', '/')}.c"], depends=HEADERS, optional=True)
        for name in COMPILED
    ],
    cmdclass={"build_ext": BuildBeside},
)
