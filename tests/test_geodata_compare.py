"""Comparing with another dataset: what may match, what must not, one to one, and the shares, all worked out by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from geodata.compare import COMPARED, compare, summary, table

#: Town -> lat, lon, province, country.  Gaziantep–Kilis is some 45 km, Gaziantep–Nizip 46 km, Gaziantep–Izmir 900 km.
TOWNS = {
    "Gaziantep": (37.0662, 37.3833, "TUR-1", "TUR"),
    "Sahinbey": (37.02, 37.37, "TUR-1", "TUR"),  # 5 km south of Gaziantep
    "Kilis": (36.7184, 37.1212, "TUR-2", "TUR"),
    "Izmir": (38.4127, 27.1384, "TUR-3", "TUR"),
    "Aleppo": (36.2021, 37.1343, "SYR-1", "SYR"),
}


def event(name: str, day: str | None = "2024-03-12", town: str = "Gaziantep", **more: Any) -> dict[str, Any]:
    lat, lon, area, iso3 = TOWNS[town]
    row: dict[str, Any] = dict.fromkeys(COMPARED)
    row |= {"event_id": name, "kind": "incident", "subkind": "attack", "title": f"Attack, {town}", "place": town}
    row |= {"lat": lat, "lon": lon, "precision": "city", "place_kind": "settlement", "admin1_id": area, "iso3": iso3}
    row |= {"countries": iso3, "country": iso3, "text": "Fictional.", "date_start": day, "date_end": day}
    return row | more


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    out = pd.DataFrame(rows, columns=list(COMPARED))
    for end in ("date_start", "date_end"):
        out[end] = pd.to_datetime(out[end])
    return out.astype({c: "Int64" for c in COMPARED if c.endswith(("_low", "_best", "_high"))})


def pairs(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> list[tuple[str, str]]:
    found = compare(frame(*ours), frame(*theirs)).matched
    return list(zip(found["our_id"], found["their_id"], strict=True))


@pytest.mark.parametrize(
    "theirs",
    [
        event("t"),
        event("t", "2024-03-13"),  # a report names the day after
        event("t", town="Sahinbey"),  # 5 km
        event("t", "2024-03-10", date_end="2024-03-16"),  # within that week
        event("t", "2024-03-01", date_end="2024-03-31", precision="admin1", place_kind="admin1", lat=36.9, lon=37.6),
        event("t", precision="country", place_kind="country", lat=39.0, lon=35.0, admin1_id=None),
        event("t", town="Kilis", place_kind="admin2", admin1_id=None),  # 45 km: a district (50) and a town (15)
        event("t", subkind="clash"),  # a battle to one coder, an attack to another
    ],
)
def test_windows_widen_with_precision(theirs: dict[str, Any]) -> None:
    assert pairs([event("o")], [theirs]) == [("o", "t")]


@pytest.mark.parametrize(
    "theirs",
    [
        event("t", "2024-03-14"),  # two days between exact days
        event("t", town="Kilis"),  # 45 km between exact towns
        event("t", kind="arrest", subkind="arrest"),  # same town, same day, another sort
        event("t", "2024-04-01", date_end="2024-04-30"),  # the month after
        event("t", town="Kilis", precision="admin1", place_kind="admin1"),  # the province beside it
        event("t", town="Aleppo", precision="country", place_kind="country"),  # another country
        event("t", None),  # no date: nothing to compare
        event("t", "2024-01-01", date_end="2024-12-31", precision="country", place_kind="country"),  # says too little
    ],
)
def test_what_must_not_match(theirs: dict[str, Any]) -> None:
    result = compare(frame(event("o")), frame(theirs))
    assert result.matched.empty
    assert list(result.only_ours["event_id"]) == ["o"] and list(result.only_theirs["event_id"]) == ["t"]


def test_an_equal_figure_speaks_for_a_coarse_record_and_null_is_no_figure() -> None:
    coarse = event("t", "2024-01-01", date_end="2024-12-31", precision="country", place_kind="country")
    toll = {"killed_low": 17, "killed_best": 17, "killed_high": 17}
    assert pairs([event("o", **toll)], [coarse | toll]) == [("o", "t")]  # 0.6 + 0.5 - 0.25 = 0.85
    assert pairs([event("o", **toll)], [coarse]) == []  # 1.1


def test_figures_that_exclude_each_other_are_told_and_decide_between_two() -> None:
    ours = [event("o", killed_low=12, killed_best=12, killed_high=12)]
    twelve = event("t2", killed_low=12, killed_best=12)  # ACLED's lowest figure: no upper bound
    three = event("t1", killed_low=3, killed_best=3, killed_high=3)
    assert pairs(ours, [three, twelve]) == [("o", "t2")]
    alone = compare(frame(*ours), frame(three)).matched.iloc[0]
    assert "killed: 12 here, 3 there" in alone["why"]


def test_each_is_matched_once_and_the_whole_fits_best() -> None:
    """A greedy choice would take o1–t2 (same day) and leave t1 to nobody; together o1–t1 and o2–t2 fit."""
    ours = [event("o1", "2024-03-12"), event("o2", "2024-03-13")]
    theirs = [event("t1", "2024-03-11"), event("t2", "2024-03-12")]
    assert pairs(ours, theirs) == [("o1", "t1"), ("o2", "t2")]


def test_the_order_of_rows_changes_nothing() -> None:
    ours = [event(f"o{n}", f"2024-03-{10 + n}") for n in range(5)]
    theirs = [event(f"t{n}", f"2024-03-{10 + n}", town="Sahinbey") for n in range(5)]
    assert pairs(ours, theirs) == pairs(ours[::-1], theirs[::-1]) == [(f"o{n}", f"t{n}") for n in range(5)]


def test_days_and_km_apart_are_told() -> None:
    row = compare(frame(event("o")), frame(event("t", "2024-03-13", town="Sahinbey"))).matched.iloc[0]
    assert (row["days_apart"], row["km_apart"]) == (1, 5.3)
    assert row["why"] == "a day apart; 5 km apart"


def test_shares_by_country_month_and_kind() -> None:
    ours = [event("o1"), event("o2", town="Izmir"), event("o3", "2024-04-02", town="Aleppo")]
    theirs = [event("t1"), event("t2", "2024-04-20"), event("t3", "2024-04-25", town="Izmir")]
    result = compare(frame(*ours), frame(*theirs))
    whole = summary(result).loc["all"]
    assert (whole["ours"], whole["ours_matched"], whole["theirs"], whole["theirs_matched"]) == (3, 1, 3, 1)
    assert whole["theirs_share"] == pytest.approx(1 / 3, abs=1e-4)
    land = summary(result, "country")
    assert land.loc["TUR"].to_dict() == {
        "ours": 2, "ours_matched": 1, "ours_share": 0.5, "theirs": 3, "theirs_matched": 1, "theirs_share": 0.3333,
    }  # fmt: skip
    assert pd.isna(land.loc["SYR", "theirs_share"])  # they have none: no share, not 0
    assert list(summary(result, "month").index) == ["2024-03", "2024-04"]
    assert list(summary(result, "kind").index) == ["attack"]


def test_three_groups_add_up_in_one_table() -> None:
    result = compare(frame(event("o1"), event("o2", None)), frame(event("t1"), event("t2", town="Izmir")))
    rows = table(result)
    assert list(rows["group"]) == ["matched", "only ours", "only theirs"]
    assert list(rows["why"]) == [
        "same day; same place",
        "without a date: cannot be compared",
        "nothing of its kind near it in place and time",
    ]
    assert rows["their_from"].tolist()[2] == "2024-03-12" and pd.isna(rows["our_id"][2])


def test_nothing_to_compare_is_an_empty_comparison() -> None:
    result = compare(frame(), frame())
    assert len(table(result)) == 0 and summary(result).loc["all", "ours"] == 0
    assert list(compare(frame(event("o")), frame()).only_ours["event_id"]) == ["o"]
