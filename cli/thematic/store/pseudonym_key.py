"""The key file: what leads from pseudonyms back to names, readable by its owner only."""

from __future__ import annotations

import glob
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from thematic.errors import OutputRefused, UsageError
from thematic.model.pseudonyms import Key, Named, Origin, Written

SCHEMA = "thematic.pseudonyms/1"
_OWNER_ONLY = 0o600


def read_key(path: Path) -> Key:
    """The key in a file; an empty one where there is no file.

    Raises:
        UsageError: it is no key file, or damaged.
    """
    hint = "name another file with --key; one that is not there is made"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Key()
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise UsageError(f"the key file {str(path)!r} cannot be read: {reason}", hint) from error
    try:
        return _key(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(f"{str(path)!r} is no key file of thematic, or damaged", hint) from error


def write_key(path: Path, key: Key) -> None:
    """Write a key file, whole or not at all, readable and writable by its owner only.

    On Windows the rights are those of the folder it is in.

    Raises:
        OutputRefused: it cannot be written.
    """
    document = {
        "schema": SCHEMA,
        "names": [_plain_name(one) for one in key.names],
        "transcripts": [_plain_written(one) for one in key.transcripts],
    }
    text = json.dumps(document, ensure_ascii=True, indent=1) + "\n"
    try:
        for left in path.parent.glob(f".{glob.escape(path.name)}-*.tmp"):
            left.unlink(missing_ok=True)  # by a run that was killed; names stand in it
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", suffix=".tmp")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
            os.chmod(name, _OWNER_ONLY)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputRefused(
            f"cannot write the key file {str(path)!r}: {error.strerror or error}",
            "choose another place with --key",
        ) from error


def _plain_name(named: Named) -> dict[str, Any]:
    return {
        "name": named.name,
        "pseudonym": named.pseudonym,
        "kind": named.kind,
        "variants": list(named.variants),
        "origin": named.origin.value,
        "chosen": named.chosen,
        "only_labels": named.only_labels,
    }


def _plain_written(one: Written) -> dict[str, Any]:
    return {
        "id": one.id,
        "new_id": one.new_id,
        "file": one.file,
        "sha256": one.sha256,
        "original_sha256": one.original_sha256,
        "places": [list(place) for place in one.places],
        "whole": one.whole,
    }


def _key(document: Any) -> Key:
    if document["schema"] != SCHEMA:
        raise ValueError(document["schema"])
    names = tuple(_name(one) for one in document["names"])
    return Key(names, tuple(_written(one) for one in document["transcripts"]))


def _name(fields: Any) -> Named:
    return Named(
        _text(fields["name"]),
        _text(fields["pseudonym"]),
        _text(fields["kind"]),
        tuple(_text(one) for one in fields["variants"]),
        Origin(fields["origin"]),
        bool(fields["chosen"]),
        bool(fields["only_labels"]),
    )


def _written(fields: Any) -> Written:
    texts = (fields[name] for name in ("id", "new_id", "file", "sha256", "original_sha256"))
    id, new_id, file, sha256, original = map(_text, texts)
    places = tuple((int(at), _text(now), _text(was)) for at, now, was in fields["places"])
    whole = fields["whole"]
    return Written(
        id, new_id, file, sha256, original, places, None if whole is None else _text(whole)
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
