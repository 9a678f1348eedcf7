"""The log of decisions as a table: to read, to hand on, to take in what others decided.

Takes an open store; gives frames and CSV files.  A decision has a `uid` that is the same in every store, so that a
file can be taken in twice; an undo names the uid of what it takes back.  Cells that a spreadsheet would read as a
formula are written with an apostrophe before them, and read back without it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

import pandas as pd

from geodata.errors import ReviewError
from geodata.reviews import ACTIONS, take_in
from geodata.store import Row, Store
from geodata.store_reviews import anchors_of, orphan_rows, reviews_by_seq, uids

__all__ = ["COLUMNS", "ImportReport", "export_csv", "import_csv", "log_frame", "orphans"]

COLUMNS = (
    "seq",
    "uid",
    "at",
    "who",
    "action",
    "target_kind",
    "target",
    "field",
    "old",
    "new",
    "note",
    "undoes",
    "claims",
)
_NEEDED = tuple(c for c in COLUMNS if c != "seq")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


@dataclass
class ImportReport:
    """What a file of decisions brought: taken in, known already, refused with reasons."""

    new: int = 0
    known: int = 0
    refused: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """For a person: one line for all, one per refusal."""
        head = f"took in {self.new} decision{'s' * (self.new != 1)}, {self.known} known already"
        tail = f", refused {len(self.refused)}" if self.refused else ""
        return [head + tail, *(f"refused {r}" for r in self.refused)]


def log_frame(store: Store) -> pd.DataFrame:
    """Every decision, oldest first; `old`, `new`, `claims` as JSON text, `undoes` as the uid it takes back."""
    with store.reading():
        rows, anchors = reviews_by_seq(store), anchors_of(store)
    of = {r["seq"]: r["uid"] for r in rows}
    places: dict[int, list[Row]] = {}
    for a in anchors:
        places.setdefault(a["seq"], []).append({k: v for k, v in a.items() if k not in ("seq", "n")})
    table = [_line(r, of, places.get(r["seq"], [])) for r in rows]
    return pd.DataFrame(table, columns=list(COLUMNS)).astype(dict.fromkeys(COLUMNS[1:], "str"))


def _line(row: Row, of: Mapping[int, str], places: list[Row]) -> Row:
    line = {c: row[c] or "" for c in ("seq", "uid", "at", "who", "action", "target_kind", "target", "field", "note")}
    line |= {"old": row["old_json"] or "", "new": row["new_json"] or ""}
    line["undoes"] = of.get(row["undoes"], "") if row["undoes"] is not None else ""
    return line | {"claims": json.dumps(places, ensure_ascii=False)}


def orphans(store: Store) -> pd.DataFrame:
    """Decisions whose claims are not found any more: seq, at, who, action, claim_id, doc_id, start, end, quote."""
    columns = ("seq", "at", "who", "action", "target", "claim_id", "doc_id", "start", "end", "quote")
    return pd.DataFrame(orphan_rows(store), columns=list(columns))


def export_csv(store: Store, file: Path | TextIO) -> int:
    """Write the log as CSV (UTF-8); returns the number of rows.  A file is written whole or not at all."""
    frame = log_frame(store)
    text = io.StringIO(newline="")
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow(COLUMNS)
    out.writerows([_safe(str(v)) for v in row] for row in frame.itertuples(index=False))
    if isinstance(file, Path):
        half = file.with_name(f".{file.name}.part")
        half.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
        half.replace(file)
    else:
        file.write(text.getvalue())
    return len(frame)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _plain(cell: str) -> str:
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in _FORMULA else cell


def import_csv(store: Store, file: Path | TextIO) -> ImportReport:
    """Take in the decisions of a file that `export_csv` wrote; known ones are passed over, in one transaction.

    Raises
    ------
    ReviewError : the file is missing, no table, or lacks a column.
    """
    report, rows = ImportReport(), []
    there = set(uids(store))
    for number, line in enumerate(_read(file), 2):
        try:
            row = _row(line)
        except ReviewError as err:
            report.refused.append(f"line {number}: {err}")
            continue
        if row["uid"] in there:
            report.known += 1
            continue
        there.add(row["uid"])
        rows.append((number, row))
    taken, refused = take_in(store, rows)
    report.new = taken
    report.refused += refused
    return report


def _read(file: Path | TextIO) -> list[dict[str, str]]:
    try:
        if isinstance(file, Path):
            with file.open(encoding="utf-8-sig", newline="") as opened:
                text = opened.read()
        else:
            text = file.read()
    except (OSError, UnicodeDecodeError) as err:
        raise ReviewError(f"{file} cannot be read as a table of decisions: {err}") from err
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as err:
        raise ReviewError(f"{file} is no CSV table: {err}") from err
    missing = [c for c in _NEEDED if not rows or c not in rows[0]]
    if missing and (rows or not _headed(text)):
        raise ReviewError(f"a table of decisions needs the columns {', '.join(_NEEDED)}; missing: {', '.join(missing)}")
    return [{k: _plain(v or "") for k, v in r.items() if k} for r in rows]


def _headed(text: str) -> bool:
    return set(_NEEDED) <= set(next(csv.reader(io.StringIO(text)), ()))


def _row(line: Mapping[str, str]) -> dict[str, Any]:
    """A line as rows of the log and of its claims, checked for form."""
    for needed in ("uid", "at", "who", "target"):
        if not line[needed]:
            raise ReviewError(f"no {needed}")
    if line["action"] not in ACTIONS:
        raise ReviewError(f"'{line['action']}' is no decision; possible: {', '.join(ACTIONS)}")
    try:
        places = json.loads(line["claims"] or "[]")
        old, new = (json.loads(line[k]) if line[k] else None for k in ("old", "new"))
    except ValueError as err:
        raise ReviewError("old, new and claims must be JSON") from err
    if not _are_places(places):
        raise ReviewError("claims must be a list of places in documents")
    row = {k: line[k] for k in ("uid", "at", "who", "action", "target_kind", "target", "note")}
    return row | {
        "field": line["field"] or None,
        "old_json": json.dumps(old, ensure_ascii=False) if line["old"] else None,
        "new_json": json.dumps(new, ensure_ascii=False) if line["new"] else None,
        "undoes": line["undoes"] or None,
        "places": places,
    }


def _are_places(places: Any) -> bool:
    wanted = {"claim_id": str, "doc_id": str, "start": int, "end": int, "kind": str, "quote": str, "side": int}

    def fits(p: Any) -> bool:
        return isinstance(p, dict) and all(isinstance(p.get(k), type_) for k, type_ in wanted.items())

    return isinstance(places, list) and all(map(fits, places))
