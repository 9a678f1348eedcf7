"""Reading what changed from a store: states that are kept, the comparison of two, and the mark of a briefing.

Takes the store's address; gives `changed.Comparison` or one line for a person.  Everything that needs no store is in
`dashboard.changed`.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from dashboard.changed import Comparison, state_words
from dashboard.wording import date_text
from geodata.changes import changes
from geodata.errors import GeodataError
from geodata.states import Kept, mark, state_at, states
from geodata.store import Store

__all__ = ["BRIEFING", "compare", "kept_states", "mark_briefed"]

#: The name under which the state of a briefing is kept.
BRIEFING = "last briefing"


def kept_states(path: str) -> list[Kept]:
    """The states that the store keeps, oldest first."""
    with Store(path, create=False) as store:
        return states(store)


def mark_briefed(path: str) -> str:
    """Keep the present state as that of the briefing; '' or a line for the person."""
    try:
        with Store(path, create=False) as store:
            mark(store, BRIEFING)
    except GeodataError as err:
        return f"The state could not be kept: {err}."
    return ""


@lru_cache(maxsize=8)
def compare(path: str, since: int | str | dt.date, until: int | str | None, version: str) -> Comparison | str:
    """What changed between two states; a line for the person where one of them is not there.

    Parameters
    ----------
    since : number or name of a kept state, or a day (its beginning). until : the same, None = now
    version : of the store's data, so that an answer is not kept beyond it
    """
    try:
        with Store(path, create=False) as store:
            rows = changes(state_at(store, since), state_at(store, until))
            known = {k.id: state_words(k.name, k.at) for k in states(store)} | {
                k.name: state_words(k.name, k.at) for k in states(store) if k.name
            }
    except GeodataError as err:
        return f"{str(err)[:1].upper()}{str(err)[1:]}."
    return Comparison(rows, _words(since, known), _words(until, known))


def _words(ref: int | str | dt.date | None, known: dict[int | str, str]) -> str:
    if ref is None:
        return "now"
    if isinstance(ref, dt.date):
        return date_text(ref, ref, "day")
    return known.get(ref, str(ref))
