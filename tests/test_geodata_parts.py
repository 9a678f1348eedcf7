"""Parts and wholes across documents: only where everything speaks for it."""

from __future__ import annotations

from typing import Any

import pytest

from extract.schema import Claim
from geodata.frames import load_snapshot
from geodata.ingest import ingest
from geodata.store import Store
from geodata.totals import left_out, totals
from tests.claims_factory import FakeChain, claim, document, on

WHOLE: dict[str, Any] = {
    "at": ("Tajikistan",),
    "date": on("2024-03"),
    "nationalities": ("TJK",),
    "counts": {"arrested": 226},
}
PART: dict[str, Any] = {
    "at": ("Vanj",),
    "date": on("2024-03-10"),
    "nationalities": ("TJK",),
    "counts": {"arrested": 27},
}


def whole_of(part: dict[str, Any], whole: dict[str, Any] = WHOLE, kind: str = "arrest") -> bool:
    says: dict[str, list[Claim]] = {
        "w": [claim("w", "arrest", "arrest", **whole)],
        "p": [claim("p", kind, "arrest", **part)],
    }
    with Store(":memory:") as store:
        ingest(store, [document(n) for n in says], FakeChain(says))
        events = load_snapshot(store).events
    assert len(events) == 2
    found = events["part_of"].notna()
    if found.any():
        assert events.loc[found, "arrested_best"].tolist() == [27]
        assert [t.low for t in totals(events)] == [226] and left_out(events).parts == 1
    return bool(found.any())


def test_a_district_in_one_article_is_part_of_its_country_in_another() -> None:
    assert whole_of(PART)


@pytest.mark.parametrize(
    "other",
    [
        {"nationalities": ("UZB",)},
        {"nationalities": ()},
        {"date": on("2024-04-10")},
        {"at": ("Istanbul",)},
        {"counts": {"arrested": 260}},
        {"counts": {}},
        {"at": ("Tajikistan",)},
    ],
)
def test_what_differs_in_one_thing_is_no_part(other: dict[str, Any]) -> None:
    assert not whole_of(PART | other)


def test_a_day_or_a_small_figure_is_no_whole() -> None:
    assert not whole_of(PART, WHOLE | {"date": on("2024-03-10")})
    assert not whole_of(PART | {"counts": {"arrested": 3}}, WHOLE | {"counts": {"arrested": 9}})
