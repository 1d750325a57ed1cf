"""Feeds damaged files to every reader for a while: no crash, no hang, offsets that slice.

    python benchmarks/fuzz_readers.py [SECONDS] [SEED]

The tests do the same with a small budget (tests/test_readers_formats.py). Every file that
fails is written to the current folder, with its ending, so that it can be read again.
"""

from __future__ import annotations

import random
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from samples import SAMPLES
from test_readers_formats import FORMATS, SPLICES, check, damaged, no_longer_than

from thematic.readers import read_bytes

_LONGEST = 20  # seconds that one file may take


def edits(chance: random.Random) -> list[tuple[float, int, bytes]]:
    """One to six places, what is taken out there, and what is put in."""
    return [
        (
            chance.random(),
            chance.choice((0, 1, 4, 40, 400)),
            chance.choice(
                (chance.choice(SPLICES), chance.randbytes(chance.randrange(1, 9)), b"(" * 3000)
            ),
        )
        for _ in range(chance.randrange(1, 7))
    ]


def main() -> int:
    """Fuzz for the seconds given; 1 where anything failed."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    chance = random.Random(seed)
    outcomes: Counter[tuple[str, str]] = Counter()
    slowest: dict[str, float] = {}
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        suffix = chance.choice(FORMATS)
        data = damaged(suffix, chance.randrange(20), edits(chance))
        began = time.monotonic()
        outcome = _read(suffix, data)
        slowest[suffix] = max(slowest.get(suffix, 0.0), time.monotonic() - began)
        outcomes[suffix, outcome] += 1
        if outcome == "failed":
            Path(f"fuzz-{seed}-{sum(outcomes.values())}{suffix}").write_bytes(data)
    for suffix in FORMATS:
        counts = ", ".join(
            f"{what} {outcomes[suffix, what]}" for what in ("read", "refused", "failed")
        )
        print(f"{suffix:10} {counts}, slowest {slowest.get(suffix, 0.0):.2f} s")
    return 1 if any(what == "failed" for _, what in outcomes) else 0


def _read(suffix: str, data: bytes) -> str:
    try:
        with no_longer_than(_LONGEST):
            transcript, problems = read_bytes(data, id="x", suffix=suffix)
        if transcript is None:
            assert problems
            return "refused"
        check(transcript)
        return "read"
    except Exception:
        traceback.print_exc()
        return "failed"


if __name__ == "__main__":
    assert set(FORMATS) <= set(SAMPLES)
    sys.exit(main())
