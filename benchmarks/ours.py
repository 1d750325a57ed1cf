"""The program's own command lines; nothing else here knows them."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.measuring import Command

PROGRAM = (sys.executable, "-m", "thematic")


@dataclass(frozen=True)
class Ours:
    """The command as it is used.

    Args:
        folder: of the cache and of what is written; made anew for each run.
        fine: exit codes that mean it did its work.
    """

    folder: Path
    fine: tuple[int, ...] = (0,)

    @cached_property
    def _options(self) -> str:
        asked = (*PROGRAM, "code", "--help")
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout

    def can(self, option: str) -> bool:
        """Whether `thematic code` has an option."""
        return option in self._options

    @property
    def output(self) -> Path:
        """Where `code` writes mentions."""
        return self.folder / "out" / "mentions.parquet"

    @property
    def _setting(self) -> dict[str, str]:
        return {"THEMATIC_CACHE": str(self.folder / "cache"), "COLUMNS": "80"}

    def code(self, transcripts: Path, codebook: Path, *, jobs: int = 1, more: str = "") -> Command:
        """Code a folder, mentions to Parquet; nothing is left of an earlier run."""
        arguments = [*PROGRAM, "code", str(transcripts), "-c", str(codebook), "--quiet"]
        arguments += ["-o", str(self.output), "--jobs", str(jobs), *more.split()]
        return self._afresh(arguments, self.output.parent, self.folder / "cache")

    def table(self, transcripts: Path, codebook: Path, *, first: bool) -> Command:
        """A table of frequencies, in the first run or in a later one."""
        arguments = [*PROGRAM, "freq", str(transcripts), "-c", str(codebook), "--quiet"]
        return self._afresh(arguments, *([self.folder / "cache"] if first else []))

    def report(self, study: Path) -> Command:
        """The report of a study, in a later run."""
        return self._afresh([*PROGRAM, "report", str(study), "--quiet"])

    def help(self) -> Command:
        """The help."""
        return self._afresh([*PROGRAM, "--help"])

    def _afresh(self, arguments: list[str], *empty: Path) -> Command:
        said = self.folder / "said.txt"
        self.folder.mkdir(parents=True, exist_ok=True)
        return Command(
            tuple(arguments), to=said, setting=self._setting, fine=self.fine, empty=empty
        )

    def mentions(self) -> int:
        """How many mentions the last `code` wrote; counted in another process, to stay small."""
        asked = "import pyarrow.parquet as p, sys, json;"
        asked += "print(json.dumps(p.ParquetFile(sys.argv[1]).metadata.num_rows))"
        done = subprocess.run(
            [sys.executable, "-c", asked, str(self.output)], capture_output=True, check=True
        )
        return int(json.loads(done.stdout))
