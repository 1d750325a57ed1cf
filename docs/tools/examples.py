"""Runs the examples of a documentation page and puts in what they really print.

Blocks of a page share one temporary folder, in the order in which they stand:

```yaml file=codebook.yaml     the file is written
```console                    every line `$ thematic ...` is run, its output replaced;
                              `$ cd`, `$ cat`, `$ ls` and `$ echo $?` work too
```console head=12            the same, cut after 12 lines of each output
```python run                 the code is run
```text output                what the code above printed
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

_BLOCK = re.compile(r"^```(?P<info>\S[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_CUT = "…\n"
# What differs between machines: versions, and the hashes of files that tell them or that
# packages write.
_VERSION = re.compile(
    r'("(?:thematic|python|spacy|lemminflect|google-re2|PyYAML|ahocorasick-rs|lxml|method\.md'
    r'|report\.(?:html|docx|xlsx))": )"[^"]*"'
)


def with_outputs(page: str) -> str:
    """The page with the outputs of all its examples put in anew."""
    examples = _Examples()
    with _temporary_folder():
        return _BLOCK.sub(examples.refreshed, page)


@contextlib.contextmanager
def _temporary_folder() -> Iterator[None]:
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
        mock.patch.dict(os.environ, {"COLUMNS": "80"}),
        mock.patch.dict(os.environ),
    ):
        for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE"):
            os.environ.pop(name, None)
        yield


class _Examples:
    """What earlier blocks of a page left behind."""

    def __init__(self) -> None:
        self.printed = ""
        self.exit_code = 0

    def refreshed(self, block: re.Match[str]) -> str:
        """One block as it should stand."""
        language, *words = block["info"].split()
        settings = dict(word.partition("=")[::2] for word in words)
        body = block["body"]
        if "file" in settings:
            target = Path(settings["file"])
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(body, encoding="utf-8", newline="\n")
        elif language == "console":
            body = self._session(body, int(settings.get("head") or 0))
        elif language == "python" and "run" in settings:
            with _captured() as shown:
                exec(compile(body, "<example>", "exec"), {"__name__": "example"})  # noqa: S102 (our own pages)
            self.printed = shown()
        elif "output" in settings:
            body = self.printed
        return f"```{block['info']}\n{body}```"

    def _session(self, body: str, most: int) -> str:
        """The commands of a block, each with what it prints."""
        shown = []
        for line in body.splitlines():
            if line.startswith("$ "):
                shown.append(f"{line}\n{_head(self._run(line[2:]), most)}")
        return "".join(shown)

    def _run(self, command: str) -> str:
        program, *words = shlex.split(command)
        match program:
            case "thematic":
                self.exit_code, printed = run_thematic(words)
                return printed
            case "cd":
                os.chdir(words[0])
                return ""
            case "cat":
                text = Path(words[0]).read_text(encoding="utf-8")
                return _VERSION.sub(r'\1"…"', text)
            case "ls":
                return "".join(f"{path.name}\n" for path in sorted(Path(words[0]).iterdir()))
            case "echo":
                return f"{self.exit_code}\n"
        raise ValueError(f"examples cannot run {command!r}")


def run_thematic(words: list[str]) -> tuple[int, str]:
    """One command line in this process: its exit code, and all it prints in order."""
    from thematic.app import main

    code = 0
    with _captured() as shown, mock.patch.object(sys, "argv", ["thematic", *words]):
        try:
            main(words)
        except SystemExit as left:
            code = int(left.code or 0)
    return code, shown()


@contextlib.contextmanager
def _captured() -> Iterator[Callable[[], str]]:
    """Standard output and standard error, joined as a terminal joins them."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n", write_through=True)

    def shown() -> str:
        out.seek(0)
        return out.read()

    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        yield shown


def _head(text: str, most: int) -> str:
    if text and not text.endswith("\n"):
        text += "\n"
    lines = text.splitlines(keepends=True)
    return "".join([*lines[:most], _CUT]) if 0 < most < len(lines) else text
