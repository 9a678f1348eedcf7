"""The same text printed by several outlets: one document, one source of information, and every outlet kept.

A document's id is made of its text, so a second outlet of the very same text is no second document.  Its publisher,
address, day and file are written down in the store's notes ("outlets:ID"; "outlet of:FILE" leads back); the document
keeps what its first outlet says.  Takes an open store; what writes needs an open transaction.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from geodata.names import fold
from geodata.store import Row, Store
from geodata.store_notes import note, notes, put_notes

__all__ = ["all_outlets", "file_of", "forget_outlets", "is_other_outlet", "leave_file", "note_outlet", "outlets_of"]

#: What is kept of an outlet, beside "seen": the moment at which it was first read (UTC).
KEPT = ("publisher", "url", "published", "path", "name")
_KEY, _FILE = "outlets:", "outlet of:"


def outlets_of(store: Store, doc_id: str) -> list[dict[str, Any]]:
    """The further outlets of a document, as they were first seen: dicts of `KEPT` and "seen"."""
    found: list[dict[str, Any]] = json.loads(note(store, _KEY + doc_id) or "[]")
    return found


def all_outlets(store: Store) -> dict[str, list[dict[str, Any]]]:
    """doc_id -> its further outlets; documents that have none are left out."""
    return {doc_id: json.loads(value) for doc_id, value in notes(store, _KEY).items()}


def _differ(told: Any, own: set[Any]) -> bool:
    """Whether something is said here and there, and never the same."""
    known = {fold(str(v)) for v in own if v}
    return bool(told and known) and fold(str(told)) not in known


def is_other_outlet(
    store: Store, known: Mapping[str, Any], row: Mapping[str, Any], edits: list[dict[str, Any]]
) -> bool:
    """Whether a text comes from another outlet than the document's own: another publisher or another address.

    known : the document's row.   row : the same text as read now.   edits : what people corrected of the document
    """
    if row["path"] and row["path"] == known["path"]:  # its own file, whose publisher is told better now
        return False

    def own(column: str) -> set[Any]:
        return {known[column], *(e[side].get(column) for e in edits for side in ("old", "new"))}

    return any(_differ(row[column], own(column)) for column in ("publisher", "url"))


def note_outlet(store: Store, doc_id: str, row: Mapping[str, Any]) -> bool:
    """Keep a further outlet, in an open transaction; False where it is kept already, with nothing new to say."""
    outlets = outlets_of(store, doc_id)
    new = {c: row[c] for c in KEPT}
    at = next((i for i, o in enumerate(outlets) if _same(o, new)), len(outlets))
    if at < len(outlets) and {c: outlets[at][c] for c in KEPT} == new:
        return False
    seen = outlets[at]["seen"] if at < len(outlets) else dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    outlets[at : at + 1] = [{**new, "seen": seen}]
    file = {_FILE + row["path"]: doc_id} if row["path"] else {}
    put_notes(store, {_KEY + doc_id: json.dumps(outlets, ensure_ascii=False), **file})
    return True


def _same(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    if a["path"] and a["path"] == b["path"]:
        return True
    return (a["publisher"], a["url"]) == (b["publisher"], b["url"])


def file_of(store: Store, path: str | None) -> str | None:
    """The document of which this file was noted as a further outlet; None as a rule."""
    return note(store, _FILE + path) if path else None


def leave_file(store: Store, path: str | None) -> bool:
    """A file that was an outlet of a text holds another text now; in an open transaction.  Whether it was one."""
    doc_id = file_of(store, path)
    if doc_id is None:
        return False
    left = [o for o in outlets_of(store, doc_id) if o["path"] != path]
    kept = json.dumps(left, ensure_ascii=False) if left else None
    put_notes(store, {_KEY + doc_id: kept, f"{_FILE}{path}": None})
    return True


def forget_outlets(store: Store, doc_id: str) -> list[Row]:
    """Take away all outlets of a document, in an open transaction; gives what was kept."""
    outlets = outlets_of(store, doc_id)
    put_notes(store, {_KEY + doc_id: None, **{_FILE + o["path"]: None for o in outlets if o["path"]}})
    return outlets
