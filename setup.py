"""The optional parts in C; everything else about the package is in setup.cfg.

Where there is no compiler, the package installs without them and does the same, more slowly.
"""

from compileall import compile_dir

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext
from setuptools.command.editable_wheel import editable_wheel

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


class ByOnePath(editable_wheel):
    """A checkout is installed by one line that names `cli/`, where all code lies.

    With the folders of data, which lie elsewhere, setuptools would put a finder in its place that
    is loaded whenever Python starts in the environment, which takes half as long as all else. The
    data is found without it (`shipped/`).
    """

    def run(self) -> None:
        """Leave the folders of data to the checkout."""
        folders = self.distribution.package_dir or {}
        for name in [name for name in folders if name]:
            del folders[name]
            self.distribution.packages.remove(name)
        super().run()


setup(
    ext_modules=[
        Extension(name, [f"cli/{name.replace('.', '/')}.c"], depends=HEADERS, optional=True)
        for name in COMPILED
    ],
    cmdclass={"build_ext": BuildBeside, "editable_wheel": ByOnePath},
)
