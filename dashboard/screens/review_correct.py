"""Review: the form that corrects an event or one statement; dates keep their precision, "not stated" is never 0.

Takes the open event and its statements; what differs from before is written field by field as decisions.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.errors import EntryRefused
from dashboard.review_edit import (
    COUNT_KEYS,
    DATE_FORMS,
    SEASONS,
    DateParts,
    count_value,
    date_parts,
    date_value,
    values_of,
)
from dashboard.screens.review_bar import act, decision
from dashboard.screens.review_place import place_editor
from dashboard.view import View
from dashboard.wording import MONTHS, humanise, plural, word
from geodata.names import nationality_name

__all__ = ["correct_pane"]

FORM_WORDS = {
    "day": "one day",
    "month": "a month",
    "season": "a season",
    "half": "half a year",
    "year": "a year",
    "interval": "from … to …",
    "from": "from … on",
    "until": "until …",
    "unknown": "not stated",
}
_YEARS = (dt.date(1900, 1, 1), dt.date(2100, 12, 31))
_CERTAINTIES = ("reported", "alleged", "foiled", "hypothetical")


def correct_pane(view: View, event: dict[str, Any], claims: pd.DataFrame, sources: dict[str, str]) -> None:
    """The form; `sources` says for each claim_id whose statement it is."""
    target = _target(event, sources)
    row = event if target == event["event_id"] else claims[claims["claim_id"] == target].iloc[0].to_dict()
    key, before, top = f"ed_{target}_", values_of(row), st.container()
    try:
        after: dict[str, Any] = {"date": _date(before["date"], key)}
        after |= {f"counts.{k}": _count(before[f"counts.{k}"], k, key) for k in _ordered(before)}
        after |= _lists(view, before, key) | _kinds(view, before, key)
        place = place_editor(row, view, key)
    except EntryRefused as err:
        top.warning(str(err))
        return
    changed = {name: value for name, value in after.items() if value != before[name]} | place
    kind = "event" if target == event["event_id"] else "claim"
    top.button(
        f"Save {plural(len(changed), 'correction')}" if changed else "Nothing changed yet",
        key=f"{key}save",
        type="primary",
        disabled=not changed,
        on_click=_save,
        args=(kind, target, changed),
    )


def _save(kind: str, target: str, changed: dict[str, Any]) -> None:
    rows = [decision("edit", target, kind=kind, field=name, new=value) for name, value in changed.items()]
    act(rows, f"Saved {plural(len(rows), 'correction')}. What the sources say stays listed.")
    for name in [k for k in st.session_state if str(k).startswith(f"ed_{target}_")]:
        del st.session_state[name]


def _target(event: dict[str, Any], sources: dict[str, str]) -> str:
    """The event where several sources tell of it, else its one statement; both may be chosen."""
    options = [event["event_id"], *sources]
    return str(
        st.selectbox(
            "What to correct",
            options,
            index=0 if len(sources) > 1 else len(options) - 1,
            format_func=lambda v: (
                "the event as a whole" if v == event["event_id"] else f"the statement in {sources[v]}"
            ),
            key=f"ed_target_{event['event_id']}",
        )
    )


def _date(before: dict[str, Any], key: str) -> dict[str, Any]:
    parts = date_parts(before, dt.date.today())
    left, *rest = st.columns([1.2, 1, 1], vertical_alignment="bottom")
    with left:
        form = st.selectbox(
            "Date", DATE_FORMS, DATE_FORMS.index(parts.form), key=f"{key}form", format_func=FORM_WORDS.__getitem__
        )
    made = parts._replace(form=form)
    if form in ("day", "interval", "from"):
        made = made._replace(first=_day("Day" if form == "day" else "From", parts.first, f"{key}first", rest[0]))
    if form in ("interval", "until"):
        made = made._replace(last=_day("To", parts.last, f"{key}last", rest[1]))
    if form in ("month", "season", "half", "year"):
        year = rest[0].number_input("Year", 1900, 2100, parts.year, key=f"{key}year")
        made = made._replace(year=int(year))
        made = _part(made, key, rest[1])
    return date_value(made)


def _day(label: str, value: dt.date, key: str, column: Any) -> dt.date:
    day: dt.date = column.date_input(label, value, *_YEARS, key=key, format="DD.MM.YYYY")
    return day


def _part(made: DateParts, key: str, column: Any) -> DateParts:
    """Month, season or half of the year, as the form asks."""
    if made.form == "month":
        name = column.selectbox("Month", MONTHS, made.month - 1, key=f"{key}month")
        return made._replace(month=MONTHS.index(name) + 1)
    if made.form == "season":
        names = list(SEASONS)
        return made._replace(season=column.selectbox("Season", names, names.index(made.season), key=f"{key}season"))
    if made.form == "half":
        halves = ("January–June", "July–December")
        name = column.selectbox("Half", halves, made.half - 1, key=f"{key}half")
        return made._replace(half=halves.index(name) + 1)
    return made


def _ordered(before: dict[str, Any]) -> list[str]:
    """Figures that are stated first."""
    return sorted(COUNT_KEYS, key=lambda k: before[f"counts.{k}"] is None)


def _count(before: dict[str, int | None] | None, name: str, key: str) -> dict[str, int | None] | None:
    label = word("count", name).capitalize()
    columns = st.columns([1.2, 1, 1, 1], vertical_alignment="bottom")
    stated = columns[0].checkbox(f"{label} stated", before is not None, key=f"{key}{name}_stated")
    if not stated:
        return None
    values = [
        column.number_input(
            f"{label}, {words}",
            min_value=0,
            value=(before or {}).get(bound),
            step=1,
            key=f"{key}{name}_{bound}",
            placeholder=words,
        )
        for column, bound, words in zip(
            columns[1:], ("low", "best", "high"), ("at least", "best", "at most"), strict=True
        )
    ]
    return count_value(True, *(None if v is None else int(v) for v in values))


def _lists(view: View, before: dict[str, Any], key: str) -> dict[str, Any]:
    nations = sorted({*view.names, "XCA", *before["nationalities"]}, key=lambda c: nationality_name(c).casefold())
    people = st.multiselect(
        "Nationality as reported", nations, before["nationalities"], format_func=nationality_name, key=f"{key}nations"
    )
    known = sorted({*view.whole.facets["groups"], *before["groups"]}, key=str.casefold)
    groups = st.multiselect("Group as reported", known, before["groups"], key=f"{key}groups", accept_new_options=True)
    return {
        "nationalities": _same_order(people, before["nationalities"]),
        "groups": _same_order(groups, before["groups"]),
    }


def _same_order(now: list[str], before: list[str]) -> list[str]:
    """The same values in another order are no change."""
    return before if sorted(now) == sorted(before) else list(now)


def _kinds(view: View, before: dict[str, Any], key: str) -> dict[str, Any]:
    left, middle, right = st.columns(3)
    types = sorted({*view.whole.facets["subkind"], before["subkind"]})
    kinds = ("incident", "arrest", "route")
    with left:
        kind = st.selectbox(
            "Kind", kinds, kinds.index(before["kind"]), format_func=lambda v: word("kind", v), key=f"{key}kind"
        )
    with middle:
        subkind = st.selectbox(
            "Type",
            types,
            types.index(before["subkind"]),
            format_func=humanise,
            key=f"{key}subkind",
            accept_new_options=True,
        )
    with right:
        certainty = st.selectbox(
            "Certainty", _CERTAINTIES, _CERTAINTIES.index(before["certainty"]), key=f"{key}certainty"
        )
    return {"kind": kind, "subkind": str(subkind).strip().lower().replace(" ", "_"), "certainty": certainty}
