"""Reviews when things go wrong: killed half way, two writers at once; and in any order of reports and decisions."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.schema import Claim
from geodata.check import check_store
from geodata.frames import load_snapshot
from geodata.ingest import ingest
from geodata.reviews import Decision, decide
from geodata.store import Store
from tests.claims_factory import FakeChain, claim, document, on
from tests.test_geodata_reviews import at, claims_at, read, says

ROOT = Path(__file__).resolve().parents[1]
#: Kills itself in the middle of a transaction: old events are gone, new ones written, nothing is closed yet.
KILLED = """
import os, signal, sys
from geodata import ingest, reviews
from geodata.store import Store
from tests.claims_factory import FakeChain, claim, document, on

def dies(step):
    def died(*args, **kwargs):
        step(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
    return died

what, path, event = sys.argv[1:]
with Store(path) as store:
    Store.put_events = dies(Store.put_events)
    if what == "article":
        says = {"z": [claim("z", at=("Istanbul",), date=on("2024-01-28"))]}
        ingest.ingest(store, [document("z")], FakeChain(says))
    reviews.decide(store, reviews.Decision("Ada", "reject", "event", event))
"""
#: Decides twenty times on one event, as a screen that never looks again; prints how many others it was told of.
WRITER = """
import sys
from geodata.reviews import Decision, decide
from geodata.store import Store

path, event, who = sys.argv[1:]
with Store(path) as store:
    sys.stdout.write("ready\\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for i in range(20):
        told = decide(store, Decision(who, "edit", "event", event, field="counts.injured", new=i), seen=0)
        sys.stdout.write(f"{len(told.conflict)}\\n")
"""


def start(code: str, *args: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *args]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("step", ["merging", "article"])
def test_what_is_killed_half_way_leaves_nothing_half(tmp_path: Path, step: str) -> None:
    path = tmp_path / "s.sqlite"
    with Store(path) as store:
        read(store)
        event, version = at(store, "Istanbul")["event_id"], store.data_version
        before = load_snapshot(store)
    child = start(KILLED, step, str(path), event)
    child.communicate()
    assert child.returncode == -signal.SIGKILL
    with Store(path) as store:
        after = load_snapshot(store)
        assert store.data_version == version and store.frame("reviews").empty and check_store(store).faults == []
        assert after.events.equals(before.events) and after.claims.equals(before.claims)
        decide(store, says("reject", {"event_id": event}))
        assert "Istanbul" not in set(load_snapshot(store).events["place"])


def test_two_writers_at_once_lose_nothing_and_each_is_told_of_the_other(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    with Store(path) as store:
        read(store)
        event = at(store, "Istanbul")["event_id"]
    writers = [start(WRITER, str(path), event, who) for who in ("Ada", "Bea")]
    for w in writers:
        assert w.stdout and w.stdout.readline() == "ready\n"
    for w in writers:
        assert w.stdin
        w.stdin.write("go\n")
        w.stdin.flush()
    told = [int(n) for w in writers for n in w.communicate()[0].split()]
    assert [w.returncode for w in writers] == [0, 0]
    assert sorted(told) == list(range(40))  # each saw exactly what was written before it
    with Store(path) as store:
        log = store.frame("reviews")
        assert log["seq"].tolist() == list(range(1, 41)) and set(log["who"]) == {"Ada", "Bea"}
        assert at(store, "Istanbul")["injured_best"] == json.loads(log["new_json"].iloc[-1])["best"]


DAY: dict[str, Any] = {"at": ("Istanbul",), "date": on("2024-01-28")}
SAYS: dict[str, list[Claim]] = {
    "a": [claim("a", **DAY, counts={"killed": 1})],
    "b": [claim("b", **DAY, groups=("ISIS",))],
    "c": [claim("c", at=("Turkey",), date=on("2024-01"))],
    "d": [
        claim("d", at=("Ankara",), date=on("2024-01-28")),
        claim("d", "arrest", "raid", start=12, end=20, at=("Turkey",)),
    ],
    "e": [claim("e", at=("Ankara",), date=on("2024-01-27"), counts={"killed": 1})],
    "f": [claim("f", at=("Kerman",), date=on("2024-01-03"), counts={"killed": 94})],
    "g": [claim("g", at=("Iran",), date=on("2024-01"), counts={"killed": 84})],
}
SKOPJE = {"name": "Skopje", "lat": 41.9965, "lon": 21.4314, "iso3": "MKD", "precision": "city"}
CLAIM = {n: f"{document(n).id}:{said[0].start}-{said[0].end}:i1" for n, said in SAYS.items()}
#: What a person may decide, on claims so that it means the same whatever was read before.
CHOICES = st.one_of(
    st.tuples(st.just("reject"), st.sampled_from("abcdefg")),
    st.tuples(st.just("accept"), st.sampled_from("abcdefg")),
    st.tuples(st.just("place"), st.sampled_from("abcdefg")),
    st.tuples(st.just("day"), st.sampled_from("abcdefg")),
    st.tuples(st.just("merge"), st.sampled_from("abcdefg"), st.sampled_from("abcdefg")),
    st.tuples(st.just("split"), st.sampled_from("abcdefg"), st.sampled_from("abcdefg")),
)


def decision(store: Store, choice: tuple[str, ...]) -> Decision | None:
    """The choice as it can be made in this store; None where it cannot."""
    action, name, *other = choice
    claims = load_snapshot(store).claims.set_index("claim_id")
    if CLAIM[name] not in claims.index or (other and CLAIM[other[0]] not in claims.index):
        return None
    if action in ("reject", "accept"):
        return Decision("Ada", action, "claim", CLAIM[name])
    if action in ("place", "day"):
        day = {"start": "2024-01-28", "end": "2024-01-28", "precision": "day"}
        value, field = (SKOPJE, "place") if action == "place" else (day, "date")
        return Decision("Ada", "edit", "claim", CLAIM[name], field=field, new=value)
    one, two = (str(claims.at[CLAIM[n], "event_id"]) for n in (name, other[0]))
    if action == "merge" and one and two and one != two:
        return Decision("Ada", "merge", "event", one, new=[two])
    together = one and one == two and name != other[0]
    return Decision("Ada", "split", "event", one, new=[CLAIM[name]]) if action == "split" and together else None


def state(store: Store) -> Any:
    snap = load_snapshot(store)
    return [f.to_csv() for f in (snap.events, snap.stops, snap.claims.sort_values("claim_id"))]


def merged_at_once(store: Store) -> None:
    """All claims merged anew in one go, as if nothing had been there before."""
    from geodata.remerge import remerge

    with store.transaction():
        remerge(store, set(store.frame("claims")["claim_id"]))


@settings(max_examples=15, deadline=None)
@given(st.lists(CHOICES, max_size=6), st.randoms(use_true_random=False), st.integers(0, 7))
def test_reports_and_decisions_in_any_order_come_to_what_merging_everything_at_once_does(
    choices: list[tuple[str, ...]], rng: random.Random, first: int
) -> None:
    names = list(SAYS)
    rng.shuffle(names)
    with Store(":memory:") as store:
        chain = FakeChain(SAYS)
        ingest(store, [document(n) for n in names[:first]], chain)
        for choice in choices:
            if (wanted := decision(store, choice)) is not None:
                decide(store, wanted)
        ingest(store, [document(n) for n in names[first:]], chain)
        step_by_step = state(store)
        merged_at_once(store)
        assert state(store) == step_by_step
        assert check_store(store).faults == []
        rejected = load_snapshot(store).claims["rejected"]
        assert len(rejected) == 8 and int((~rejected).sum()) == len(store.frame("event_claims"))


def test_a_decision_waits_for_reports_and_holds_when_they_come_in_any_order() -> None:
    """The same split, then the other reports in two orders."""
    ends = []
    for rest in ("cde", "edc"):
        with Store(":memory:") as store:
            chain = FakeChain(SAYS)
            ingest(store, [document(n) for n in "ab"], chain)
            event = at(store, "Istanbul")
            decide(store, says("split", event, new=claims_at(store, event["event_id"])[1:]))
            ingest(store, [document(n) for n in rest], chain)
            ends.append(state(store))
    assert ends[0] == ends[1]
