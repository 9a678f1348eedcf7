"""Sources: the list of documents, and one document with the words of its claims marked.

Takes DOCUMENTS, CLAIMS and a document's text; gives a frame and HTML in which everything is escaped.
"""

from __future__ import annotations

from html import escape
from itertools import pairwise

import pandas as pd

from dashboard.wording import date_text

__all__ = ["document_html", "document_label", "document_table", "segments"]


def document_label(row: pd.Series) -> str:
    """Title, else file name, with publisher and day where known."""
    title = row["title"] if isinstance(row["title"], str) and row["title"] else row["name"]
    day = "" if pd.isna(row["published"]) else date_text(row["published"], row["published"], "day")
    return " · ".join(p for p in (title, row["publisher"] if isinstance(row["publisher"], str) else "", day) if p)


def document_table(documents: pd.DataFrame, claims: pd.DataFrame, kept_events: pd.Series) -> pd.DataFrame:
    """One row per document, newest first, indexed by doc_id: title, source, day, statements, events, address."""
    shown = claims[claims["event_id"].isin(set(kept_events))]
    events, kept = claims.groupby("doc_id")["event_id"].nunique(), shown.groupby("doc_id").size()
    documents = documents.sort_values(["published", "name"], ascending=[False, True], na_position="last", kind="stable")
    ids = documents["doc_id"]
    titles = documents["title"].where(documents["title"].notna() & (documents["title"] != ""), documents["name"])
    return pd.DataFrame(
        {
            "Title": titles.to_numpy(),
            "Publisher": documents["publisher"].fillna("not stated").to_numpy(),
            "Published": documents["published"].to_numpy(),
            "Statements": documents["n_claims"].to_numpy(),
            "of which shown": ids.map(kept).fillna(0).astype(int).to_numpy(),
            "Events": ids.map(events).fillna(0).astype(int).to_numpy(),
            "Address": documents["url"].to_numpy(),
        },
        index=pd.Index(ids, name="doc_id"),
    )


def segments(length: int, spans: list[tuple[int, int, str, str]]) -> list[tuple[int, int, list[tuple[str, str]]]]:
    """Cut a text at every beginning and end of a span: (start, end, [(claim_id, kind) that cover it]).

    Parameters
    ----------
    length : characters of the text. spans : (start, end, claim_id, kind), half open; parts outside the text are cut off
    """
    inside = [(max(0, s), min(length, e), c, k) for s, e, c, k in spans if s < e and e > 0 and s < length]
    cuts = sorted({0, length, *(s for s, *_ in inside), *(e for _, e, *_ in inside)})
    return [(a, b, [(c, k) for s, e, c, k in inside if s <= a and b <= e]) for a, b in pairwise(cuts)]


def document_html(text: str, claims: pd.DataFrame, chosen: str | None = None) -> str:
    """The text with marks by kind; the chosen claim is framed.  Overlapping claims of several kinds are grey."""
    spans = [
        (int(s), int(e), str(c), str(k))
        for s, e, c, k in zip(claims["start"], claims["end"], claims["claim_id"], claims["kind"], strict=True)
    ]
    parts = []
    for start, end, over in segments(len(text), spans):
        piece = escape(text[start:end])
        if not over:
            parts.append(piece)
            continue
        kinds = {kind for _, kind in over}
        look = kinds.pop() if len(kinds) == 1 else "several"
        here = " here" if chosen and chosen in {claim for claim, _ in over} else ""
        parts.append(f"<mark class='{escape(look)}{here}'>{piece}</mark>")
    return f"<article class='dl-doc' lang='en'>{''.join(parts)}</article>"
