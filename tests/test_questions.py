"""Thirty questions an analyst asks of the five shared articles, answered through the filters of `events`.

A question that the filters cannot answer in full stands in PARTLY or NOT_ANSWERED with the reason; the questions
themselves are in ../shared/gold/questions.jsonl, here only their numbers and what is looked for, in our words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from extract.reading import read_paths
from geodata.chain import Chain
from geodata.commands import event_records
from geodata.filters import Filters
from geodata.frames import Snapshot, load_snapshot
from geodata.ingest import ingest
from geodata.store import Store

SHARED = Path(__file__).resolve().parents[2] / "shared"
CENTRAL_ASIA = "KAZ,KGZ,TJK,TKM,UZB"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not (SHARED / "gold" / "questions.jsonl").exists(),
        reason="!!! THE THIRTY QUESTIONS ARE NOT ASKED: ../shared is not on this machine",
    ),
]

#: Answered by the tests below, but for this.
PARTLY = {
    "Q01": "the Turkish case lacks its nationality; the 44 arrested abroad stand in Tajikistan",
    "Q12": "the plots of Khatlon carry the day of the Tashkent arrests told before, not the first half of 2024",
    "Q14": "the two regional figures are not marked as parts of the national one",
    "Q20": "of the threats those to New York and Germany are found, the one to Paris is not",
    "Q23": "the sanctions are found; the figure of more than 400 migrants is not bound to the network",
    "Q28": "the fifteen of Bishkek are found; the five of July are only implied by the text",
    "Q29": "the attacks are found in order; a nationality is bound to two of the five only",
}
#: Not answered through `events` filters.
NOT_ANSWERED = {
    "Q13": "a general sentence about attacks in Tajikistan is read as an attack, so that the layer is not empty",
    "Q27": "the 44 arrests abroad are placed in Tajikistan, as the text names no other country",
    "Q30": "which dates are inferred stands in each claim's date_span, for which there is no filter",
}


class Asker:
    """Asks a store through the filters of the command line."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.names = dict(zip(snapshot.documents["doc_id"], snapshot.documents["name"], strict=True))

    def __call__(self, **query: str) -> list[dict[str, Any]]:
        """Events that fit, as `python -m geodata events` prints them."""
        given = {k.replace("_", "-"): v for k, v in query.items()}
        return list(event_records(self.snapshot, Filters.from_query(given)))

    def told_by(self, event: dict[str, Any]) -> set[str]:
        """Names of the documents that tell an event."""
        return {self.names[c["doc_id"]] for c in event["claims"]}

    def figures(self, event: dict[str, Any], key: str) -> dict[str, int]:
        """What each document says of a figure."""
        return {self.names[c["doc_id"]]: c["counts"][key]["best"] for c in event["claims"] if key in c["counts"]}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    with Store(tmp_path_factory.mktemp("questions") / "store.sqlite") as store:
        report = ingest(store, read_paths([SHARED / "articles"]), Chain())
        assert report.read == 5
        yield Asker(load_snapshot(store))


def best(event: dict[str, Any], key: str) -> int | None:
    value = event["counts"].get(key)
    return value["best"] if value else None


def places(event: dict[str, Any]) -> set[str]:
    return {s["place"] for s in event["stops"]} | ({event["place"]["name"]} if event["place"] else set())


def with_count(events: list[dict[str, Any]], key: str, value: int) -> dict[str, Any]:
    """The one event with this figure."""
    (event,) = [e for e in events if best(e, key) == value]
    return event


def crocus(ask: Asker) -> dict[str, Any]:
    (event,) = [
        e
        for e in ask(kind="incident", text="Crocus", **{"from": "2024-03", "to": "2024-03"})
        if "killed" in e["counts"]
    ]
    return event


def in_2024(ask: Asker, **query: str) -> list[dict[str, Any]]:
    return ask(**{"from": "2024", "to": "2024"}, **query)


def q01(ask: Asker) -> None:
    events = in_2024(ask, kind="arrest", nationality="Tajik")
    eight = with_count(events, "arrested", 8)
    assert {"New York", "Los Angeles", "Philadelphia"} <= places(eight)
    assert {"USA", "RUS", "ITA", "TJK"} <= {c for e in events for c in e["countries"]}
    assert sum(best(e, "arrested") == 8 for e in events) == 1


def q02(ask: Asker) -> None:
    event = crocus(ask)
    assert ask.figures(event, "killed") == {"000": 145, "001": 137, "004": 150}
    assert "killed" in event["conflicts"]
    assert (event["counts"]["killed"]["low"], event["counts"]["killed"]["high"]) == (137, None)


def q03(ask: Asker) -> None:
    event = crocus(ask)
    days = {ask.names[c["doc_id"]]: (c["date"]["start"], c["date"]["precision"]) for c in event["claims"]}
    assert "date" in event["conflicts"]
    assert (days["003"], days["004"]) == (("2024-03-22", "day"), ("2024-03-16", "day"))
    assert days["000"][1] == "month"


def q04(ask: Asker) -> None:
    routes = ask(kind="route", country="AFG", nationality="TJK")
    chains = [[s["place"] for s in e["stops"]] for e in routes]
    assert ["Tajikistan", "Turkey", "Afghanistan"] in chains
    assert ["Afghanistan", "Iran"] in chains
    assert not any(c.index("Afghanistan") < c.index("Turkey") for c in chains if {"Afghanistan", "Turkey"} <= set(c))


def q05(ask: Asker) -> None:
    events = ask(kind="incident", country="IRN", **{"from": "2024-01", "to": "2024-01"})
    told = [ask.figures(e, "killed") for e in events if "killed" in e["counts"]]
    assert told == [{"001": 100}]


def q06(ask: Asker) -> None:
    events = ask(kind="route", country="USA", nationality="TJK")
    whole, part = with_count(events, "people", 1500), with_count(events, "people", 500)
    before = with_count(events, "people", 26)
    assert part["part_of"] == whole["event_id"]
    assert whole["counts"]["people"]["high"] is None
    assert before["date"]["start"] < whole["date"]["start"] == "2020-10-01" and whole["date"]["end"] == "2024-05-31"


def q07(ask: Asker) -> None:
    event = with_count(ask(kind="arrest", country="USA"), "arrested", 8)
    assert ask.told_by(event) == {"000", "003", "004"} and event["n_sources"] == 3
    assert event["date"]["start"] <= "2024-06-15" and event["date"]["end"] >= "2024-06-01"


def q08(ask: Asker) -> None:
    event = with_count(ask(kind="route", country="USA", nationality="TJK"), "people", 8)
    assert [s["place"] for s in event["stops"] if s["role"] == "transit"] == ["Southern border of the United States"]
    assert ask.told_by(event) == {"003", "004"}


def q09(ask: Asker) -> None:
    events = in_2024(ask, kind="arrest", country="KAZ")
    assert sorted(n for e in events if (n := best(e, "arrested"))) == [5, 6, 9, 23]


def q10(ask: Asker) -> None:
    (event,) = ask(kind="arrest", country="KAZ", subkind="entry_denial")
    assert best(event, "people") == 151 and "arrested" not in event["counts"]


def q11(ask: Asker) -> None:
    events = ask(kind="arrest", country="TUR", **{"from": "2024-01", "to": "2024-04"})
    assert {best(e, "arrested") for e in events} >= {150, 200}
    assert all(e["counts"]["arrested"]["high"] is None for e in events if best(e, "arrested") in (150, 200))


def q12(ask: Asker) -> None:
    events = ask(kind="incident", certainty="foiled", country=CENTRAL_ASIA, with_undated="1")
    found = {p for e in events for p in places(e)}
    assert {"Bishkek", "Jalal-Abad", "Kyrgyzstan"} <= found
    assert any("Khatlon" in p for p in found) and any("Badakhshan" in p for p in found)


def q14(ask: Asker) -> None:
    events = in_2024(ask, kind="arrest", country="TJK")
    assert "226" in str(with_count(events, "arrested", 226)["counts"])
    assert places(with_count(events, "arrested", 27)) >= {"Vanj"}
    assert places(with_count(events, "arrested", 130)) >= {"Sughd"}
    assert not any(best(e, "arrested") == 383 for e in events)


def q15(ask: Asker) -> None:
    claims = [(ask.names[c["doc_id"]], c) for e in ask(kind="route", subkind="repatriation") for c in e["claims"]]
    returned = {(d, c["counts"]["returned"]["best"]) for d, c in claims if "returned" in c["counts"]}
    assert returned >= {("003", 2000), ("004", 300)}


def q16(ask: Asker) -> None:
    (event,) = ask(kind="route", country="USA", text="Latin America")
    stops = [(s["role"], s["place"]) for s in event["stops"]]
    assert stops[0] == ("origin", "Russia") and ("transit", "Latin America") in stops
    assert stops[-1] == ("destination", "United States") and "Ukraine" not in places(event)


def q17(ask: Asker) -> None:
    events = in_2024(ask, kind="incident", country="AFG", min_precision="admin1")
    assert [(e["date"]["start"], e["place"]["name"], e["nationalities"]) for e in events] == [
        ("2024-01-14", "Nimroz", ["TJK"]),
        ("2024-03-21", "Kandahar", ["UZB"]),
    ]


def q18(ask: Asker) -> None:
    events = ask(kind="incident", nationality="Uzbek")
    assert [(e["date"]["start"], e["place"]["name"]) for e in events] == [
        ("2017-10-31", "Manhattan"),
        ("2024-03-21", "Kandahar"),
    ]
    assert best(events[0], "killed") == 8


def q19(ask: Asker) -> None:
    events = ask(kind="incident", country="TUR", min_precision="city")
    assert [e["date"]["start"] for e in events] == ["2017-01-01", "2024-01-28"]
    assert best(events[1], "killed") == 1


def q20(ask: Asker) -> None:
    threats = ask(kind="incident", subkind="threat")
    assert {"USA", "DEU"} <= {c for e in threats for c in e["countries"]}
    arrests = ask(kind="arrest", country="DEU", **{"from": "2024-06", "to": "2024-06"})
    assert [best(e, "arrested") for e in arrests] == [1]


def q21(ask: Asker) -> None:
    events = ask(kind="incident", subkind="plot", country="DEU,AUT,NLD", with_undated="1")
    assert {c for e in events if "003" in ask.told_by(e) for c in e["countries"]} == {"DEU", "AUT", "NLD"}
    assert any(e["date"]["start"] == "2020-01-01" and "002" in ask.told_by(e) for e in events)


def q22(ask: Asker) -> None:
    at_home = with_count(in_2024(ask, kind="arrest", country="UZB"), "arrested", 50)
    assert at_home["date"]["start"] == "2024-04-07" and places(at_home) == {"Tashkent"}
    abroad = in_2024(ask, kind="arrest", country="USA", nationality="UZB")
    assert [best(e, "arrested") for e in abroad] == [1]


def q23(ask: Asker) -> None:
    (event,) = ask(kind="arrest", subkind="sanction")
    assert best(event, "people") == 4 and {"Central Asia", "Turkey"} <= places(event)
    assert "GEO" not in event["countries"]


def q24(ask: Asker) -> None:
    events = ask(kind="arrest", country="RUS", **{"from": "2024-03", "to": "2024-03"})
    figures = [best(e, "arrested") for e in events if "arrested" in e["counts"]]
    assert sorted(f for f in figures if f) == [4, 18]


def q25(ask: Asker) -> None:
    raids = in_2024(ask, kind="arrest", country="RUS", subkind="raid")
    assert raids and {"TJK", "XCA"} & {n for e in raids for n in e["nationalities"]}
    assert "Khabarovsk" not in {p for e in ask(country="RUS") for p in places(e)}


def q26(ask: Asker) -> None:
    events = ask(kind="route", subkind="labour_migration", country="RUS", nationality="TJK")
    assert [e["counts"]["people"]["low"] for e in events if "people" in e["counts"]] == [1_000_000]


def q28(ask: Asker) -> None:
    events = in_2024(ask, kind="arrest", country="KGZ")
    assert places(with_count(events, "arrested", 15)) == {"Bishkek"}
    assert sum("arrested" not in e["counts"] for e in events) >= 1


def q29(ask: Asker) -> None:
    events = ask(kind="incident", subkind="attack", min_precision="admin1", **{"from": "2024-01", "to": "2024-03"})
    days = [e["date"]["start"] for e in events if e["date"]["precision"] == "day"]
    assert days == ["2024-01-03", "2024-01-14", "2024-01-28", "2024-03-21", "2024-03-22"]


ANSWERS: dict[str, Callable[[Asker], None]] = {
    name.upper(): f for name, f in list(globals().items()) if name[0] == "q" and name[1:].isdigit()
}


@pytest.mark.parametrize("question", ANSWERS)
def test_a_question_is_answered(question: str, ask: Asker) -> None:
    ANSWERS[question](ask)


def test_every_question_is_answered_or_listed_with_the_reason() -> None:
    lines = (SHARED / "gold" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = {json.loads(line)["id"] for line in lines if line.strip()}
    assert ANSWERS.keys() | NOT_ANSWERED.keys() == asked
    assert not ANSWERS.keys() & NOT_ANSWERED.keys() and PARTLY.keys() <= ANSWERS.keys()
    assert all(reason for reason in (*PARTLY.values(), *NOT_ANSWERED.values()))
