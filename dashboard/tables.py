"""The table equivalent of the map: events as rows with readable columns.

Takes EVENTS; gives a frame of text and numbers for the screen and for a download.  Unknown stays empty, never 0.
"""

from __future__ import annotations

import pandas as pd

from dashboard.wording import count_text, date_text, humanise, joined, split, word
from geodata.names import nationality_name

#: A screen lists no more rows than this; a download has all.
MOST_ROWS = 1000

__all__ = ["MOST_ROWS", "TABLE_COLUMNS", "event_table"]

TABLE_COLUMNS = [
    "Event",
    "Kind",
    "Type",
    "When",
    "Place",
    "Country",
    "Known to",
    "Killed",
    "Injured",
    "Arrested",
    "People",
    "Nationality as reported",
    "Group as reported",
    "Certainty",
    "Sources",
    "Sources differ on",
    "First sentence",
]


def event_table(events: pd.DataFrame) -> pd.DataFrame:
    """One row per event, same order, indexed by event_id, columns TABLE_COLUMNS."""
    rows = []
    for e in events.to_dict("records"):
        nations = [nationality_name(n) for n in split(e["nationalities"])]
        figures = {
            word("count", k).capitalize(): count_text(e[f"{k}_low"], e[f"{k}_best"], e[f"{k}_high"])
            for k in ("killed", "injured", "arrested", "people")
        }
        rows.append(
            {
                "Event": e["title"],
                "Kind": word("kind", e["kind"]),
                "Type": humanise(e["subkind"]),
                "When": date_text(e["date_start"], e["date_end"], e["date_precision"]),
                "Place": e["place"] if isinstance(e["place"], str) else "without place",
                "Country": e["country"] if isinstance(e["country"], str) else "",
                "Known to": word("precision", e["precision"]) if isinstance(e["precision"], str) else "",
                **figures,
                "Nationality as reported": joined(nations, 8),
                "Group as reported": joined(split(e["groups"]), 8),
                "Certainty": word("certainty", e["certainty"]),
                "Sources": int(e["n_sources"]),
                "Sources differ on": joined([word("conflict", c) for c in split(e["conflicts"])]),
                "First sentence": e["text"],
            }
        )
    return pd.DataFrame(rows, columns=TABLE_COLUMNS, index=pd.Index(events["event_id"], name="event_id"))
