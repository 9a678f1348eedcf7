"""What a person may set, and in which form: each value is checked before it goes into the log.

Takes a field's name and a JSON value; gives the value in the one form in which it is kept, or says in one line what is
wrong with it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from extract.schema import CERTAINTIES, DATE_PRECISIONS, KINDS, PRECISIONS
from geodata.errors import ReviewError
from geodata.schema import COUNT_KEYS
from geodata.shapes import country_names

__all__ = ["FIELDS", "checked"]

FIELDS = (
    "date",
    "place",
    *(f"counts.{k}" for k in COUNT_KEYS),
    "nationalities",
    "groups",
    "certainty",
    "subkind",
    "kind",
)
ROLES = ("location", "origin", "transit", "destination")
_WORD = re.compile(r"[a-z][a-z0-9_]{0,40}")
_PLACE_KEYS = ("place_id", "name", "lat", "lon", "iso3", "admin1", "precision", "kind", "role")


def checked(name: str | None, value: Any) -> Any:
    """The value of a field as it is kept.

    Raises
    ------
    ReviewError : there is no such field, or the value is none of it (the message says what is expected).
    """
    if name not in FIELDS:
        raise ReviewError(f"there is no field '{name}' to edit; possible: {', '.join(FIELDS)}")
    if name == "date":
        return _date(value)
    if name == "place":
        return None if value is None else _place(value)
    if name.startswith("counts."):
        return None if value is None else _count(name, value)
    if name in ("nationalities", "groups"):
        return _texts(name, value)
    return _word(name, value)


def _wrong(name: str, value: Any, expected: str) -> ReviewError:
    return ReviewError(f"{name}: {value!r} is not {expected}")


def _day(value: Any, whole: Any) -> dt.date | None:
    if value is None or value == "":
        return None
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError as err:
        raise _wrong("date", whole, "a date: start and end as YYYY-MM-DD or null") from err


def _date(value: Any) -> dict[str, Any]:
    if value is None:
        value = {"start": None, "end": None, "precision": "unknown"}
    if not isinstance(value, Mapping):
        raise _wrong("date", value, "a date with start, end and precision")
    first, last = _day(value.get("start"), value), _day(value.get("end"), value)
    precision = value.get("precision") or ("day" if first and first == last else None)
    if precision not in DATE_PRECISIONS:
        raise _wrong("date", precision, f"a precision: {', '.join(DATE_PRECISIONS)}")
    if first and last and first > last:
        raise _wrong("date", f"{first} to {last}", "an interval: it ends before it begins")
    if (precision == "unknown") and (first or last):
        raise _wrong("date", precision, "the precision of a known date")
    if precision == "day" and (first is None or first != last):
        raise _wrong("date", f"{first} to {last}", "one day")
    if precision != "unknown" and not (first or last):
        raise _wrong("date", value, "a date: it has a precision, but no day")
    iso = [d.isoformat() if d else None for d in (first, last)]
    return {"start": iso[0], "end": iso[1], "precision": precision}


def _place(value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping) or not str(value.get("name") or "").strip():
        raise _wrong("place", value, "a place with a name")
    place = {k: value.get(k) for k in _PLACE_KEYS} | {"name": " ".join(str(value["name"]).split())}
    place["precision"] = place["precision"] or "city"
    place["kind"] = place["kind"] or ("settlement" if place["precision"] == "city" else place["precision"])
    if place["precision"] not in PRECISIONS:
        raise _wrong("place", place["precision"], f"a precision: {', '.join(PRECISIONS)}")
    if place["role"] is not None and place["role"] not in ROLES:
        raise _wrong("place", place["role"], f"a role: {', '.join(ROLES)}")
    if (place["lat"] is None) != (place["lon"] is None):
        raise _wrong("place", value, "a place with both coordinates or none")
    for axis, limit in (("lat", 90), ("lon", 180)):
        at = place[axis]
        if at is not None:
            if isinstance(at, bool) or not isinstance(at, int | float) or not -limit <= at <= limit:
                raise _wrong(f"place, {axis}", at, f"between -{limit} and {limit} degrees")
            place[axis] = float(at)
    if place["iso3"] is not None and place["iso3"] not in country_names():
        raise _wrong("place, country", place["iso3"], "an ISO 3166-1 alpha-3 code")
    return place


def _count(name: str, value: Any) -> dict[str, int | None]:
    if isinstance(value, int) and not isinstance(value, bool):
        value = {"low": value, "best": value, "high": value}
    if not isinstance(value, Mapping):
        raise _wrong(name, value, "a figure with low, best and high")
    low, best, high = (value.get(k) for k in ("low", "best", "high"))
    for v in (low, best, high):
        if v is not None and (isinstance(v, bool) or not isinstance(v, int) or v < 0):
            raise _wrong(name, v, "a whole number from 0 on (null = not stated)")
    if low is None and high is None and best is None:
        raise _wrong(name, value, "a figure: to say that it is not stated, give null")
    known = [v for v in (low, best, high) if v is not None]
    if known != sorted(known):
        raise _wrong(name, f"{low}, {best}, {high}", "low, best, high in rising order")
    return {"low": low, "best": best if best is not None else low if low is not None else high, "high": high}


def _texts(name: str, value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
        raise _wrong(name, value, "a list of texts")
    texts = list(dict.fromkeys(" ".join(v.split()) for v in value if v.strip()))
    for v in texts:
        if name == "nationalities" and v != "XCA" and v not in country_names():
            raise _wrong(name, v, "an ISO 3166-1 alpha-3 code or XCA (Central Asian, state not given)")
        if "|" in v:
            raise _wrong(name, v, "a name without '|'")
    return texts


def _word(name: str, value: Any) -> str:
    allowed: tuple[str, ...] = {"kind": KINDS, "certainty": CERTAINTIES}.get(name, ())
    if not isinstance(value, str) or (allowed and value not in allowed):
        raise _wrong(name, value, f"one of {', '.join(allowed)}" if allowed else "a word such as suicide_attack")
    if not _WORD.fullmatch(value):
        raise _wrong(name, value, "a word such as suicide_attack")
    return value
