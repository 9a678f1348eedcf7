"""Views of the hand-made snapshot for the tests of exports: all of it, parts of it, many, none."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from dashboard.view import View, view_of
from geodata.filters import Filters
from tests.frames import snapshot


@cache
def whole() -> View:
    """All 16 events."""
    return view_of(snapshot(), Filters())


def only(*ids: str) -> View:
    """A store that holds only these events."""
    all_of_it = snapshot()
    return view_of(replace(all_of_it, events=all_of_it.events[all_of_it.events["event_id"].isin(ids)]), Filters())


def nothing() -> View:
    """An empty store."""
    return view_of(snapshot(full=False), Filters())


def changed(event_id: str, **values: Any) -> View:
    """All events, one of them with other values."""
    all_of_it = snapshot()
    events = all_of_it.events.copy()
    for name, value in values.items():
        events.loc[events["event_id"] == event_id, name] = value
    return view_of(replace(all_of_it, events=events), Filters())


def many(n: int) -> View:
    """So many events in towns between 40 W and 140 E, within 500 days."""
    all_of_it, rng = snapshot(), np.random.default_rng(1)
    events = all_of_it.events.iloc[rng.integers(0, 5, n)].reset_index(drop=True).copy()
    days = (pd.Timestamp("2023-01-01") + pd.to_timedelta(rng.integers(0, 500, n), unit="D")).astype("datetime64[s]")
    events = events.assign(
        event_id=[f"m{i:05d}" for i in range(n)],
        lat=np.clip(rng.normal(38, 9, n), -50, 70),
        lon=np.clip(rng.normal(50, 30, n), -40, 140),
        precision="city",
        place=[f"Town {i % 400}" for i in range(n)],
        kind=rng.choice(["incident", "arrest", "route"], n),
        date_start=days,
        date_end=days,
    ).astype({c: all_of_it.events[c].dtype for c in all_of_it.events})
    return view_of(replace(all_of_it, events=events), Filters())
