"""The flow view: the origin-destination matrix as HTML, and legs as rows with the sentence that states them.

Takes the frames of `dashboard.legs`; everything in the HTML is escaped.
"""

from __future__ import annotations

from html import escape

import pandas as pd

from dashboard.wording import count_text, date_text, word

__all__ = ["leg_rows", "matrix_html"]


def matrix_html(table: pd.DataFrame) -> str:
    """Numbers of routes with sums; the darker a cell, the more routes; an empty cell is no route found."""
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
        "<caption class='dl-note'>number of routes</caption>"
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
