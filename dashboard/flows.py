"""The flow view: the origin-destination matrix as HTML, and legs as rows with the sentence that states them.

Takes the frames of `dashboard.legs`; everything in the HTML is escaped.
"""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from dashboard.wording import count_text, date_text, word

__all__ = ["flows_of", "leg_rows", "matrix_html", "sankey", "sankey_height", "sankey_words"]

_MOST_FLOWS = 40


def matrix_html(table: pd.DataFrame, caption: str = "number of routes") -> str:
    """Numbers with sums; the darker a cell, the more; an empty cell is none found."""
    if table.empty:
        return "<p class='dl-note'>No route with two placed stops.</p>"
    most = int(table.to_numpy().max())
    head = "".join(f"<th scope='col'>{escape(str(c))}</th>" for c in table.columns)
    body = ""
    for origin, row in table.iterrows():
        cells = "".join(f"<td style='--share:{round(12 + 40 * n / most)}%'>{n}</td>" if n else "<td></td>" for n in row)
        head_cell = f"<th scope='row'>{escape(str(origin))}</th>"
        body += f"<tr>{head_cell}{cells}<td class='sum'>{int(row.sum())}</td></tr>"
    sums = "".join(f"<td class='sum'>{int(n)}</td>" for n in table.sum())
    return (
        "<div class='dl-scroll' tabindex='0'><table class='dl-matrix'>"
        f"<caption class='dl-note'>{escape(caption)}</caption>"
        f"<thead><tr><th>from \\ to</th>{head}<th>all</th></tr></thead><tbody>{body}"
        f"<tr><th scope='row'>all</th>{sums}<td class='sum'>{int(table.to_numpy().sum())}</td></tr>"
        "</tbody></table></div>"
    )


def leg_rows(legs: pd.DataFrame, routes: pd.DataFrame) -> pd.DataFrame:
    """One row per leg, indexed by event_id: From, To, Type, When, People, Stated, Sources, Sentence."""
    by_id = routes.set_index("event_id")
    rows = []
    for leg in legs.to_dict("records"):
        e = by_id.loc[leg["event_id"]]
        rows.append(
            {
                "From": leg["from_place"],
                "To": leg["to_place"],
                "Type": word("subkind", e["subkind"]),
                "When": date_text(e["date_start"], e["date_end"], e["date_precision"]),
                "People": count_text(e["people_low"], e["people_best"], e["people_high"]) or "not stated",
                "Stated": "inferred" if leg["inferred"] else "stated",
                "Sources": int(e["n_sources"]),
                "Sentence": e["text"],
            }
        )
    return pd.DataFrame(
        rows,
        columns=["From", "To", "Type", "When", "People", "Stated", "Sources", "Sentence"],
        index=pd.Index(legs["event_id"], name="event_id"),
    )


def sankey(flows: list[tuple[str, str, int]], *, dark: bool, colour: str) -> dict[str, Any]:
    """An ECharts Sankey from the left names to the right ones; a name on both sides stands twice.

    Parameters
    ----------
    flows : (from, to, number), most first. colour : of the bands
    """
    flows = flows[:_MOST_FLOWS]
    left, right = dict.fromkeys(a for a, _, _ in flows), dict.fromkeys(b for _, b, _ in flows)
    ink = "#E4E6E8" if dark else "#24292D"
    label = {"color": ink, "fontSize": 13, "fontFamily": "Source Sans, sans-serif"}
    ends = [(left, "from ", "left"), (right, "to ", "right")]
    nodes = [
        {"name": side + name, "itemStyle": {"color": colour}, "label": label | {"formatter": name, "position": at}}
        for names, side, at in ends
        for name in names
    ]
    links = [{"source": f"from {a}", "target": f"to {b}", "value": n} for a, b, n in flows]
    series = {
        "type": "sankey",
        "left": 150,
        "right": 150,
        "top": 8,
        "bottom": 8,
        "nodeWidth": 10,
        "nodeGap": 9,
        "draggable": False,
        "data": nodes,
        "links": links,
        "lineStyle": {"color": colour, "opacity": 0.35, "curveness": 0.5},
        "emphasis": {"focus": "adjacency"},
    }
    return {"series": [series], "tooltip": {"trigger": "item"}, "animation": False}


def sankey_height(flows: list[tuple[str, str, int]]) -> int:
    """Pixels that leave each name its line."""
    shown = flows[:_MOST_FLOWS]
    return max(180, 24 * max(len({a for a, _, _ in shown}), len({b for _, b, _ in shown}), 1) + 20)


def sankey_words(flows: list[tuple[str, str, int]]) -> str:
    """The chart in a sentence, for those who do not see it; the matrix beside it has all numbers."""
    first = ", ".join(f"{a} to {b} {n}" for a, b, n in flows[:5])
    return f"Flows by number: {first}" + (f" and {len(flows) - 5} more" if len(flows) > 5 else "")


def flows_of(table: pd.DataFrame) -> list[tuple[str, str, int]]:
    """(from, to, number) of a matrix, most first."""
    rows = [(str(a), str(b), int(n)) for a, row in table.iterrows() for b, n in row.items() if n]
    return sorted(rows, key=lambda row: (-row[2], row[0], row[1]))
