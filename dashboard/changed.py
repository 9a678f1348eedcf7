"""What changed between two states of the store, as a table, as marks on the map, and as rows of a slide.

Takes the frame of `geodata.changes.changes` and EVENTS; gives frames, words and a map payload.  Draws nothing and reads
no store (`Comparison` is what a screen or a command has read).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from dashboard.map_view import MapOptions, map_payload
from dashboard.marks import shape
from dashboard.view import View
from dashboard.wording import date_text, plural, word

__all__ = [
    "CHANGE_WORDS",
    "Comparison",
    "changed_payload",
    "changes_table",
    "counts_words",
    "slide_rows",
    "state_words",
    "within",
]

CHANGE_WORDS = {
    "new": "new",
    "revised": "revised",
    "merged": "merged",
    "withdrawn": "withdrawn",
    "moved": "moved",
}
_GONE = ("merged", "withdrawn")


class Comparison(NamedTuple):
    """What changed, and between which two states, in words."""

    rows: pd.DataFrame
    since: str
    until: str


def within(rows: pd.DataFrame, kept: pd.Series) -> pd.DataFrame:
    """Changes of the events that filters leave; of what is gone, all, as no filter can be asked about it."""
    return rows[rows["event_id"].isin(set(kept)) | rows["change"].isin(_GONE)]


def counts_words(rows: pd.DataFrame) -> str:
    """'2 new, 1 revised, 1 withdrawn'; 'nothing changed' for none."""
    said = [f"{n} {w}" for c, w in CHANGE_WORDS.items() if (n := int((rows["change"] == c).sum()))]
    return ", ".join(said) or "nothing changed"


def changes_table(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per change, indexed by event_id: Change, Event, What, Before, Now."""
    return pd.DataFrame(
        {
            "Change": rows["change"].map(CHANGE_WORDS).to_numpy(),
            "Event": rows["title"].to_numpy(),
            "What": rows["what"].to_numpy(),
            "Before": rows["old"].to_numpy(),
            "Now": rows["new"].to_numpy(),
        },
        index=pd.Index(rows["event_id"], name="event_id"),
    )


def changed_payload(
    rows: pd.DataFrame,
    view: View,
    *,
    shape_of: Callable[[str], Mapping[str, Any] | None],
    selected: str | None = None,
) -> dict[str, Any]:
    """The map of what changed: only changed events, those that are gone in outline where they were.

    Parameters
    ----------
    rows : of `changes`. view : what the filters leave of the events now
    """
    here = view.kept[view.kept["event_id"].isin(set(rows["event_id"]))]
    chosen = [selected] if selected else []
    payload = map_payload(view.only(here), MapOptions(shade_by="nothing"), shape_of=shape_of, chosen=chosen)
    gone = rows[rows["change"].isin(_GONE) & rows["lat"].notna()].drop_duplicates("event_id")
    payload["points"] += [_gone_mark(r) for r in gone.to_dict("records")]
    spots = [(p["lat"], p["lon"]) for p in payload["points"]]
    if spots and payload["bounds"] is None:
        lats, lons = [s[0] for s in spots], [s[1] for s in spots]
        payload["bounds"] = [[min(lats), min(lons)], [max(lats), max(lons)]]
    rest = len(view.kept) - len(here)
    payload["aside"] = True
    signs = _legend(here, gone)
    signs += [{"type": "line", "look": "", "label": "Route, new or changed"}] if payload["legs"] else []
    signs += [{"type": "badgebox", "label": "known only to that area"}] if payload["areas"] else []
    note = {"type": "note", "label": f"{plural(rest, 'unchanged event')} not drawn"}
    payload["legend"] = [line for line in (signs, [note]) if line]
    return payload


def _gone_mark(row: dict[Any, Any]) -> dict[str, Any]:
    return {
        "id": row["into"] or row["event_id"],
        "ids": [row["event_id"]],
        "lat": round(row["lat"], 4),
        "lon": round(row["lon"], 4),
        "kind": row["kind"],
        "shape": shape(row["kind"]),
        "look": "outline",
        "r": 8.0,
        "place": row["place"],
        "text": f"{row['title']}\n{CHANGE_WORDS[row['change']]}: {row['what']}",
        "mix": {row["kind"]: 1},
    }


def _legend(here: pd.DataFrame, gone: pd.DataFrame) -> list[dict[str, Any]]:
    def sign(kind: str, look: str, label: str) -> dict[str, Any]:
        return {"type": "mark", "kind": kind, "look": look, "shape": shape(kind), "label": label}

    kinds = ("incident", "arrest", "route")
    signs = [sign(k, "filled", f"{word('kind', k)}, new or changed") for k in kinds if k in set(here["kind"])]
    return signs + [sign(k, "outline", f"{word('kind', k)}, no longer there") for k in kinds if k in set(gone["kind"])]


def slide_rows(rows: pd.DataFrame) -> list[tuple[str, ...]]:
    """Rows of the slide "What changed": change, event, before, now."""
    return [
        (
            CHANGE_WORDS[r["change"]],
            r["title"],
            r["old"] or "–",
            r["new"] or ("–" if r["change"] != "merged" else r["what"]),
        )
        for r in rows.to_dict("records")
    ]


def state_words(name: str, at: str) -> str:
    """A kept state in words: 'last briefing, 3 Nov 2026 09:30 UTC', or 'start of 3 Nov 2026' of one kept by itself."""
    day = date_text(pd.Timestamp(at[:10]), pd.Timestamp(at[:10]), "day")
    return f"{name}, {day} {at[11:16]} UTC" if name else f"start of {day}"
