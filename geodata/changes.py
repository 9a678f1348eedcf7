"""What changed between two states: events that are new, revised, merged, withdrawn or moved.  Pure.

    changes(state_at(store, "last briefing"), state_at(store, None))

An event is the same where its id is, or where it holds the claims of one whose id is gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from geodata.merge_score import sphere_km
from geodata.schema import COUNT_KEYS
from geodata.states import keep_day, mark, now, state_at, states

__all__ = ["CHANGES", "COLUMNS", "changes", "keep_day", "mark", "now", "state_at", "states"]

CHANGES = ("new", "revised", "merged", "withdrawn", "moved")
COLUMNS = ("event_id", "change", "what", "title", "old", "new", "kind", "place", "lat", "lon", "into")
Row = dict[str, Any]
_SAME_KM = 1.0


def changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """One row per event and sort of change.

    before, after : states as `states.state_at` gives them

    Returns
    -------
    New frame: event_id (as it is now; of what is gone, as it was), change (one of CHANGES), what (words), title, old
    and new (text, '' = nothing), kind, place, lat, lon (degrees; of what is gone, where it was), into (event_id that a
    merged one is part of now, else '').  In the order of CHANGES, then by title.
    """
    then = {r["event_id"]: r for r in before.to_dict("records")}
    today = {r["event_id"]: r for r in after.to_dict("records")}
    held = {c: e for e, r in then.items() for c in r["claims"]}
    holds = {c: e for e, r in today.items() for c in r["claims"]}
    same = {e: e for e in today if e in then} | _renamed(then, today, held)
    rows = [row for e, old in same.items() for row in _compared(then[old], today[e])]
    rows += [_new(r, held, then) for e, r in today.items() if e not in same]
    gone = set(then) - set(same.values())
    rows += [_gone(then[e], holds, today) for e in gone]
    rows.sort(key=lambda r: (CHANGES.index(r["change"]), r["title"], r["event_id"]))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    texts = {c: "str" for c in COLUMNS if c not in ("lat", "lon")}
    return frame.astype(texts | {"lat": "float64", "lon": "float64"})


def _renamed(then: dict[str, Row], today: dict[str, Row], held: dict[str, str]) -> dict[str, str]:
    """Events now under another id: an earlier report of them was found, or their first report reads otherwise."""
    out: dict[str, str] = {}
    for e, row in today.items():
        if e in then:
            continue
        old = {held[c] for c in row["claims"] if c in held} - set(today) - set(out.values())
        if old:
            out[e] = max(old, key=lambda o: (len(set(then[o]["claims"]) & set(row["claims"])), o))
    return out


def _row(event: Row, change: str, what: str, old: str = "", new: str = "", into: str = "") -> Row:
    shown = {k: event[k] for k in ("event_id", "title", "kind", "place", "lat", "lon")}
    return shown | {"change": change, "what": what, "old": old, "new": new, "into": into}


def _new(event: Row, held: dict[str, str], then: dict[str, Row]) -> Row:
    origin = next((then[held[c]]["title"] for c in event["claims"] if c in held), None)
    said = f"split off from '{origin}'" if origin else _plural(event["n_claims"], "report")
    return _row(event, "new", said, new=event["title"])


def _gone(event: Row, holds: dict[str, str], today: dict[str, Row]) -> Row:
    into = next((holds[c] for c in event["claims"] if c in holds), None)
    if into is None:
        return _row(event, "withdrawn", "no report says it any more, or it was rejected", old=event["title"])
    title = today[into]["title"]
    return _row(event, "merged", f"now one event with '{title}'", old=event["title"], new=title, into=into)


def _compared(old: Row, new: Row) -> Iterator[Row]:
    if (words := _moved(old, new)) is not None:
        yield _row(new, "moved", words, str(old["place"] or "no place"), str(new["place"] or "no place"))
    found = list(_differences(old, new))
    if found:
        what = "; ".join(f"{name} {a} → {b}" if a or b else name for name, a, b in found)
        yield _row(new, "revised", what, "; ".join(a for _, a, _ in found), "; ".join(b for _, _, b in found))


def _moved(old: Row, new: Row) -> str | None:
    points = [(r["lat"], r["lon"]) for r in (old, new)]
    if all(v is not None for p in points for v in p):
        km = sphere_km(*points[0], *points[1])
        if km > _SAME_KM:
            return f"{old['place']} → {new['place']}, {km:,.0f} km"
        return None
    return None if old["place"] == new["place"] else f"{old['place'] or 'no place'} → {new['place'] or 'no place'}"


def _differences(old: Row, new: Row) -> Iterator[tuple[str, str, str]]:
    """What reads otherwise: name, before, after."""
    for name, words in (("date", _date), *((k, _count(k)) for k in COUNT_KEYS), ("kind", _plain("subkind"))):
        a, b = words(old), words(new)
        if a != b:
            yield name, a, b
    for name in ("certainty", "nationalities", "groups"):
        if old[name] != new[name]:
            yield name, _listed(old[name]), _listed(new[name])
    for name, column in (("reports", "n_claims"), ("sources", "n_sources")):
        if old[column] != new[column]:
            yield name, str(old[column]), str(new[column])


def _listed(value: Any) -> str:
    return str(value).replace("|", ", ") or "not stated"


def _plain(column: str) -> Any:
    return lambda r: str(r[column]).replace("_", " ")


def _date(r: Row) -> str:
    first, last = r["date_start"], r["date_end"]
    if not first and not last:
        return "undated"
    return str(first) if first == last else f"{first or '…'} to {last or '…'}"


def _count(key: str) -> Any:
    def words(r: Row) -> str:
        low, best, high = (r[f"{key}_{b}"] for b in ("low", "best", "high"))
        if low is None and best is None and high is None:
            return "not stated"
        if low == high:
            return str(best)
        ends = f"{low}+" if high is None else f"up to {high}" if low is None else f"{low}–{high}"
        return f"{best} ({ends})" if best is not None and best not in (low, high) else ends

    return words


def _plural(n: int, word: str) -> str:
    return f"{n} {word}{'' if n == 1 else 's'}"
