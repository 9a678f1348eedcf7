"""Session and address: the only place that knows the names of widgets, and how the address bar and they agree.

Works on plain mappings (Streamlit's session_state and query_params behave as such), so it is tested without Streamlit.
The filters are one `geodata.filters.Filters`; the address additionally holds the selected event and what is shaded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, MutableMapping
from copy import copy
from functools import partial
from typing import Any

from dashboard.map_view import MapOptions
from geodata.errors import FilterError
from geodata.filters import Filters

__all__ = [
    "DEFAULTS",
    "LAYERS",
    "WIDGETS",
    "area_problem",
    "as_query",
    "clear",
    "clear_one",
    "drawn_area",
    "filters_of",
    "init",
    "keep",
    "kept_frame",
    "load_query",
    "map_options",
    "put_area",
    "put_dates",
    "select",
    "selection",
]

Session = MutableMapping[Any, Any]
Query = dict[str, str | list[str]]

#: field of Filters -> key of the widget that edits it
WIDGETS = {
    "date_from": "f_from",
    "date_to": "f_to",
    "country": "f_country",
    "admin1": "f_admin1",
    "area": "f_area",
    "nationality": "f_nationality",
    "kind": "f_kind",
    "subkind": "f_subkind",
    "group": "f_group",
    "certainty": "f_certainty",
    "source": "f_source",
    "min_precision": "f_precision",
    "min_sources": "f_sources",
    "text": "f_text",
    "keep_undated": "f_undated",
    "keep_unplaced": "f_unplaced",
    "counting": "f_counting",
    "ranges": "f_ranges",
    "no_parts": "f_no_parts",
}
_LISTS = ("country", "admin1", "nationality", "kind", "subkind", "group", "certainty", "source")
#: session name of what the map shows -> key in the address, usual value
LAYERS: dict[str, tuple[str, Any]] = {
    "shade_by": ("shade", "events"),
    "shade_level": ("areas", "country"),
    "shade_rate": ("per", "absolute"),
    "shade_scheme": ("classes", "quantiles"),
    "size_by": ("size", "same"),
    "show_marks": ("marks", True),
    "show_routes": ("routes", True),
    "show_supposed": ("supposed", False),
    "show_heat": ("heat", False),
    "show_nations": ("nations", False),
    "below": ("below", "timeline"),
}
#: Session names beside the filters, with factories that are called per session.
DEFAULTS: dict[str, Callable[[], Any]] = {
    "selection": str,
    "last_click": int,
    "last_brush": lambda: None,
    "last_query": lambda: None,
    "last_page": str,
    **{name: partial(copy, usual) for name, (_, usual) in LAYERS.items()},
    "hint_seen": bool,
    "document": str,
    "claim": str,
    "reviewer": str,  # who signs decisions
    "review_mine": list,  # numbers of this session's decisions, grouped as they were made
    "review_later": list,  # skipped
    "review_order": list,  # the queue as it was last drawn
    "review_pane": lambda: "Sources",
    "review_note": str,
    "frame": str,  # W,S,E,N of the map's view that pictures show, '' = by the data
}
#: Keys of the address that are no filters; "at" (centre and zoom) is kept by the map in the browser.
_OWN = ("show", "at", "by", *(key for key, _ in LAYERS.values()))


def init(session: Session) -> None:
    """Fill in what the session lacks."""
    for name, factory in DEFAULTS.items():
        if name not in session:
            session[name] = factory()
    if WIDGETS["counting"] not in session:
        session[WIDGETS["counting"]] = "events"


def filters_of(session: Session) -> Filters:
    """The filters as the widgets stand."""
    values: dict[str, Any] = {}
    for field, key in WIDGETS.items():
        value = session.get(key)
        if field in _LISTS:
            values[field] = tuple(sorted(value or ()))
        elif value not in (None, "", "any"):
            values[field] = value.strip() if isinstance(value, str) else value
    if (
        isinstance(values.get("date_from"), dt.date)
        and isinstance(values.get("date_to"), dt.date)
        and values["date_from"] > values["date_to"]
    ):
        values["date_from"], values["date_to"] = values["date_to"], values["date_from"]
    if area_problem(session):  # said beside its field
        values.pop("area", None)
    return Filters(**values)


def area_problem(session: Session) -> str:
    """What is wrong with the typed area, '' where nothing is."""
    try:
        Filters(area=session.get(WIDGETS["area"]) or "")
    except FilterError as err:
        return str(err)
    return ""


def put_filters(session: Session, filters: Filters) -> None:
    """Set the widgets to the filters; call before the widgets are drawn."""
    for field, key in WIDGETS.items():
        value = getattr(filters, field)
        if field in _LISTS:
            session[key] = list(value)
        elif field == "area":
            session[key] = value
        elif field == "min_precision":
            session[key] = value or "any"
        elif field == "min_sources":
            session[key] = int(value or 1)
        elif field in ("counting", "ranges"):
            session[key] = value
        else:
            session[key] = value if field.startswith(("date", "keep", "no_")) else value or ""


def keep(session: Session) -> None:
    """Hold on to the filters on a screen that does not draw them: what is not drawn is forgotten otherwise."""
    for key in WIDGETS.values():
        if key in session:
            session[key] = session[key]


def clear(session: Session) -> None:
    """All filters off."""
    put_filters(session, Filters())


def clear_one(session: Session, field: str) -> None:
    """One filter off; both ends of the dates count as one."""
    empty = Filters()
    for name in ("date_from", "date_to") if field == "date" else (field,):
        session[WIDGETS[name]] = list(getattr(empty, name)) if name in _LISTS else _blank(name)


def put_dates(session: Session, first: dt.date | None, last: dt.date | None) -> None:
    """Set both ends of the dates."""
    session[WIDGETS["date_from"]], session[WIDGETS["date_to"]] = first, last


def put_area(session: Session, area: str) -> None:
    """Set the drawn area."""
    session[WIDGETS["area"]] = area


def _told(session: Session, clicked: dict[str, Any] | None, what: str) -> str | None:
    """What a tool of the map tells after "what:", None where the click was something else or is known."""
    number, told = (clicked or {}).get("last_object_clicked_count"), (clicked or {}).get("last_object_clicked_tooltip")
    if not number or number == session.get("last_click") or not str(told or "").startswith(f"{what}:"):
        return None
    session["last_click"] = number
    return str(told).removeprefix(f"{what}:")


def drawn_area(session: Session, clicked: dict[str, Any] | None) -> str | None:
    """The corners of an area that was just drawn on the map, None where the click was something else."""
    return _told(session, clicked, "draw")


def kept_frame(session: Session, clicked: dict[str, Any] | None) -> bool:
    """Whether the click kept the map's view for pictures; it is W,S,E,N in degrees in the session's "frame"."""
    frame = _told(session, clicked, "frame")
    session["frame"] = frame or session.get("frame", "")
    return frame is not None


def _blank(name: str) -> Any:
    usual = {"min_precision": "any", "min_sources": 1, "text": "", "area": "", "counting": "events", "ranges": False}
    return False if name.startswith(("keep", "no_")) else usual.get(name)


def as_query(session: Session, filters: Filters) -> Query:
    """What the address bar holds: filters, selection, and layers where they are not the usual ones."""
    query: Query = dict(filters.to_query())
    if session.get("selection"):
        query["show"] = session["selection"]
    for name, (key, usual) in LAYERS.items():
        if (value := session.get(name, usual)) != usual:
            query[key] = str(int(value)) if isinstance(value, bool) else str(value)
    if session.get("reviewer") and session.get("last_page") == "review":  # a link to another screen signs for nobody
        query["by"] = session["reviewer"]
    return query


def load_query(session: Session, query: Query, page: str) -> str | None:
    """Set the widgets from the address when the person (not the app) changed it: a pasted link, back, forward.

    Changing the page empties the address; the filters are kept then.  Gives a one-line message where the address
    cannot be read, else None.
    """
    query = {k: v for k, v in query.items() if k != "at"}
    turned = page != session.get("last_page") and session.get("last_query") is not None
    session["last_page"] = page
    if turned or query == session.get("last_query"):
        return None
    session["last_query"] = query
    try:
        filters = Filters.from_query({k: v for k, v in query.items() if k not in _OWN})
    except FilterError as err:
        put_filters(session, Filters())
        return f"The address holds a filter that cannot be read ({err}). All filters are off."
    put_filters(session, filters)
    session["selection"] = _first(query.get("show"))
    session["reviewer"] = _first(query.get("by"))[:60] or session.get("reviewer", "")
    for name, (key, usual) in LAYERS.items():
        given = _first(query.get(key))
        session[name] = (given == "1" if isinstance(usual, bool) else given) if given else usual
    try:
        map_options(session)
    except ValueError as err:
        session.update({name: usual for name, (_, usual) in LAYERS.items()})
        return f"The address names a layer that does not exist ({err}). The usual ones are shown."
    return None


def map_options(session: Session) -> MapOptions:
    """What the map shows, as the menu of layers stands.

    Raises
    ------
    ValueError : a layer is not known.
    """
    at = {name: session.get(name, usual) for name, (_, usual) in LAYERS.items()}
    return MapOptions(
        shade_by=at["shade_by"],
        size_by=at["size_by"],
        routes=bool(at["show_routes"]),
        marks=bool(at["show_marks"]),
        supposed=bool(at["show_supposed"]),
        heat=bool(at["show_heat"]),
        nations=bool(at["show_nations"]),
        level=at["shade_level"],
        rate=at["shade_rate"],
        scheme=at["shade_scheme"],
    )


def _first(value: str | list[str] | None) -> str:
    return (value[0] if value else "") if isinstance(value, list) else value or ""


def select(session: Session, clicked: dict[str, Any] | None) -> bool:
    """Take a click on the map; True where it changed the selection.  Every click comes with a growing number."""
    number, what = (clicked or {}).get("last_object_clicked_count"), (clicked or {}).get("last_object_clicked_tooltip")
    if not number or number == session.get("last_click") or str(what or "").startswith(("draw:", "frame:")):
        return False
    session["last_click"] = number
    changed: bool = session.get("selection") != (what or "")
    session["selection"] = what or ""
    return changed


#: What can be selected; the rest after the colon is one key, or for lists and lines ids joined by '|'.
_KINDS = ("event", "list", "legs", "area", "coarse", "country", "province", "month", "nationality", "group")


def selection(session: Session) -> tuple[str, list[str]]:
    """(one of _KINDS or '', ids or key)."""
    kind, _, rest = str(session.get("selection") or "").partition(":")
    if kind not in _KINDS or not rest:
        return "", []
    return kind, rest.split("|") if kind in ("list", "legs") else [rest]
