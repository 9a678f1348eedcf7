"""Claims near a claim: found by columns and indexes, and none is missed that merging would join."""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path
from typing import Any

import pytest

from extract.schema import Claim
from geodata.ingest import add_document
from geodata.merge_score import compare
from geodata.reviews import Decision, decide
from geodata.store import Store
from geodata.store_near import claims_near
from geodata.told import Told
from tests.claims_factory import Found, claim, document, on

DAY = dt.date(2024, 3, 1)


def some_claim(name: str, rng: random.Random) -> Claim:
    """A claim of any form: with a town, a country, several places or none; a day, a month, an open end or nothing."""
    kind, subkind = rng.choice((("incident", "attack"), ("arrest", "arrest"), ("route", "smuggling")))
    first = DAY + dt.timedelta(rng.randrange(60))
    dates: tuple[Any, ...] = (
        on(first.isoformat()), on(f"2024-{rng.randrange(1, 5):02d}"), (None, None, "unknown"),
        (first.isoformat(), None, "unknown"), (None, first.isoformat(), "unknown"))  # fmt: skip
    at = rng.choice(((), ("Istanbul",), ("Istanbul", "Turkey"), ("Ankara",), ("Turkey",), ("Crocus",), ("Moscow",)))
    end = rng.choice(("Russia", "Moscow", "Turkey"))
    way = (("origin", "Tajikistan"), ("destination", end)) if kind == "route" else ()
    counts = {"killed": rng.randrange(1, 9)} if kind == "incident" else {}
    return claim(name, kind, subkind, at=() if way else at, way=way, date=rng.choice(dates), counts=counts)


def stored(store: Store) -> dict[str, Told]:
    rows = store.claims_by_id(store.frame("claims")["claim_id"])
    return {r["claim_id"]: Told.of(r, json.loads(r["payload"])) for r in rows}


@pytest.mark.parametrize("seed", range(4))
def test_no_claim_is_missed_that_could_be_the_same_event(seed: int) -> None:
    rng = random.Random(seed)
    with Store(":memory:") as store:
        for i in range(40):
            add_document(store, Found(document(f"d{i}"), claims=[some_claim(f"d{i}", rng)]))
        told = stored(store)
        wanted = looked_at = 0
        for one in told.values():
            near = claims_near(store, one)
            looked_at += len(near)
            could = {i for i, o in told.items() if o is not one and one.blocks & o.blocks and compare(one, o)}
            wanted += len(could)
            assert could <= near and all(one.blocks & told[i].blocks for i in near)
        assert 0 < wanted <= looked_at < len(told) ** 2 / 2


def test_other_days_and_other_towns_are_left_out() -> None:
    says = {"same": ("Istanbul", "2024-03-04"), "day": ("Istanbul", "2024-03-25"), "town": ("Ankara", "2024-03-04"),
            "coarse": ("Turkey", "2024-03")}  # fmt: skip
    with Store(":memory:") as store:
        for name, (place, day) in says.items():
            add_document(store, Found(document(name), claims=[claim(name, at=(place,), date=on(day))]))
        told = {t.doc_id: t for t in stored(store).values()}
        ids = {document(n).id: n for n in says}
        one = told[document("same").id]
        assert {ids[i.split(":")[0]] for i in claims_near(store, one)} == {"same", "coarse"}


def test_what_a_person_changed_counts_not_what_the_columns_say(tmp_path: Path) -> None:
    with Store(tmp_path / "s.sqlite") as store:
        for name, day in (("a", "2024-03-04"), ("b", "2024-01-20")):
            add_document(store, Found(document(name), claims=[claim(name, at=("Istanbul",), date=on(day))]))
        a, b = (store.claim_ids_of(document(n).id)[0] for n in ("a", "b"))
        new = {"start": "2024-03-04", "end": "2024-03-04", "precision": "day"}
        decide(store, Decision("R", "edit", "claim", b, field="date", new=new))
        assert a in claims_near(store, Told.of(store.claims_by_id([b])[0], payload(store, b) | {"date": new}))
        assert b in claims_near(store, stored(store)[a])
        assert len(store.events_of_claims([a, b])) == 1


def payload(store: Store, claim_id: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(store.claims_by_id([claim_id])[0]["payload"])
    return found
