"""The columns in memory filter and count exactly as the frames do."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from geodata.filters import Filters
from geodata.store_columns import CELL_BITS, Columns
from geodata.totals import Total, totals
from tests.frames import frames, many_frames, no_frames

EVENTS = frames()["events"]
MANY = many_frames(600)["events"].assign(publishers="")
MANY["publishers"] = np.where(np.arange(600) % 3 == 0, "Morning Post", "Night Desk|Evening Wire")
MANY.loc[MANY.index[::5], "part_of"] = MANY["event_id"].to_numpy()[-120:]
D = dt.date

ASKED = [
    Filters(),
    Filters(kind=("arrest",)),
    Filters(kind=("incident", "route"), certainty=("alleged", "foiled")),
    Filters(subkind=("raid",)),
    Filters(subkind=("no such",)),
    Filters(country=("RUS", "TUR")),
    Filters(country=("RUS",), keep_unplaced=True),
    Filters(nationality=("TJK",), group=("is-k",)),
    Filters(source=("night desk",)),
    Filters(date_from=D(2024, 1, 1), date_to=D(2024, 6, 30)),
    Filters(date_from=D(2023, 7, 1), keep_undated=True),
    Filters(date_to=D(2022, 12, 31), kind=("incident",)),
    Filters(min_precision="city"),
    Filters(min_precision="country", keep_unplaced=True, min_sources=2),
    Filters(admin1=("TJK:khatlon",)),
    Filters(area="60,30,80,45"),
    Filters(area="60,30,80,45", text="Attack this", no_parts=True),
    Filters(text="e07"),
    Filters(no_parts=True),
    Filters(counting="corroborated"),
]


@pytest.mark.parametrize("filters", ASKED, ids=lambda f: f.describe())
@pytest.mark.parametrize("events", [EVENTS.assign(publishers=""), MANY], ids=["sixteen", "many"])
def test_the_same_rows_stay_and_the_others_fall_out_for_the_same_reasons(
    filters: Filters, events: pd.DataFrame
) -> None:
    kept, reasons = filters.apply(events)
    selected = Columns(events).select(filters)
    assert list(events["event_id"].iloc[selected.rows()]) == list(kept["event_id"])
    tally = selected.tally()
    assert (tally.total, tally.shown, tally.reasons) == (len(events), len(kept), reasons)
    assert tally.unplaced == int(kept["lat"].isna().sum())
    assert tally.undated == int((kept["date_start"].isna() & kept["date_end"].isna()).sum())


def test_no_events_give_zeros_and_empty_frames_with_columns() -> None:
    none = Columns(no_frames()["events"]).select(Filters(kind=("arrest",), country=("TJK",)))
    assert none.tally() == (0, 0, 0, 0, {})
    assert (len(none.rows()), none.values("kind"), none.totals()) == (0, {}, [])
    assert list(none.cells().columns) == ["x", "y", "kind", "n", "lat", "lon", "i"]
    assert none.areas().empty and none.intervals().empty and none.months().empty


def test_values_are_counted_per_part_and_without_one_condition() -> None:
    selected = Columns(EVENTS).select(Filters(kind=("arrest",)))
    assert selected.values("nationalities") == {"TJK": 2, "UZB": 1, "XCA": 1, "KGZ": 1}
    assert selected.values("kind") == {"arrest": 4}
    assert selected.values("kind", without=("kind",)) == {"incident": 7, "arrest": 4, "route": 5}
    assert selected.at_least("n_sources", without=()) == {1: 3, 3: 1}


@pytest.mark.parametrize("filters", ASKED, ids=lambda f: f.describe())
def test_totals_are_those_of_the_frames(filters: Filters) -> None:
    kept, _ = filters.apply(MANY)
    assert Columns(MANY).select(filters).totals() == totals(kept)


def test_totals_leave_out_parts_and_what_is_not_stated() -> None:
    by_key = {t.key: t for t in Columns(EVENTS).select(Filters()).totals()}
    assert by_key["killed"] == Total("killed", 404, 422, True, 3, 15)  # e05 is a part of e06
    assert by_key["arrested"] == Total("arrested", 376, 376, True, 2, 15)
    (people,) = Columns(EVENTS).select(Filters()).totals(("people",))
    assert people.low == 1_200_000 + 8 + 0 + 231  # "up to 7000" may be none
    alone = Columns(EVENTS).select(Filters(subkind=("arrest",), min_precision="admin1"))
    assert [t.low for t in alone.totals()] == [27]  # its whole is not among the kept ones
    assert Columns(EVENTS).select(Filters()).sums_by("iso3", "arrested") == {"TJK": 226, "KAZ": 150}


def test_cells_and_areas_hold_every_placed_event_once() -> None:
    columns = Columns(MANY, lines=set(MANY.loc[MANY["kind"] == "route", "event_id"]))
    selected = columns.select(Filters())
    rest = MANY[(MANY["kind"] != "route") & MANY["lat"].notna()]
    cells = selected.cells()
    assert int(cells["n"].sum() + selected.areas()["n"].sum()) == len(rest)
    full = cells.sort_values("n").iloc[-1]
    inside = MANY.iloc[selected.in_cell(int(full["x"]), int(full["y"]))]
    same = cells[(cells["x"] == full["x"]) & (cells["y"] == full["y"])]
    assert len(inside) == int(same["n"].sum())
    assert inside["lat"].max() - inside["lat"].min() < 360 / 2**CELL_BITS


def test_a_cell_lies_where_its_events_lie() -> None:
    columns = Columns(EVENTS[EVENTS["event_id"] == "e01"])
    one = columns.select(Filters()).cells().iloc[0]
    assert (round(one["lat"], 2), round(one["lon"], 2), one["kind"], one["n"]) == (31.61, 65.71, "incident", 1)
    assert (one["x"], one["y"]) == (int((65.71 + 180) / 360 * 512), 208)  # web Mercator of 31.61 N: 208.6 of 512
    assert len(columns.select(Filters()).in_cell(0, 0)) == 0


def test_intervals_keep_open_and_missing_ends() -> None:
    got = Columns(EVENTS).select(Filters(kind=("arrest",))).intervals()
    assert int(got["n"].sum()) == 4
    half = got[got["date_precision"] == "half"].iloc[0]
    assert (half["n"], half["date_start"], half["date_end"]) == (
        2,
        pd.Timestamp("2024-01-01"),
        pd.Timestamp("2024-06-30"),
    )
    assert got["date_start"].isna().sum() == 1
