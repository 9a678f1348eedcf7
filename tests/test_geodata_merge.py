"""Merging: what is one event becomes one, what is not stays apart, whatever the order of reading."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.merge import Merged, blocks, merge
from geodata.merge_score import compare
from geodata.prints import print_of
from geodata.sources import independent_sources, sources_of
from geodata.summary import event_rows, read_counts, title_of
from geodata.told import Spot, Told, distinctive, family
from tests.claims_factory import claim, on, told


def groups(*claims: Told) -> list[list[str]]:
    """Ids of the claims of each event, sorted."""
    return sorted(sorted(t.claim_id for t in e.members) for e in merge(claims))


def attack(claim_id: str, doc: str, at: str, date: str, **rest: Any) -> Told:
    quote, published = rest.pop("quote", ""), rest.pop("published", None)
    return told(claim_id, claim(doc, at=(at,), date=on(date), **rest), quote=quote, published=published)


CROCUS = (
    attack(
        "c1",
        "d1",
        "Moscow",
        "2024-03-22",
        counts={"killed": 137},
        groups=("ISIS",),
        nationalities=("TJK",),
        published="2024-03-25",
    ),
    attack("c2", "d2", "Moscow", "2024-03", counts={"killed": 145}, groups=("ISIS-K",), published="2024-06-18"),
    attack("c3", "d3", "Crocus", "2024-03-22", quote="after the Crocus attack on March 22", published="2024-07-10"),
    attack(
        "c4",
        "d4",
        "Crocus",
        "2024-03-16",
        counts={"killed": (150, 150, None)},
        quote="The assault on Crocus City Hall on 16 March",
        published="2025-01-01",
    ),
)


def test_one_attack_told_four_times_with_other_tolls_and_another_day_is_one_event() -> None:
    assert groups(*CROCUS) == [["c1", "c2", "c3", "c4"]]


def test_its_figures_are_those_of_its_sources_and_never_a_mean_or_a_sum() -> None:
    row = event_rows(merge(CROCUS))["events"][0]
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == (137, 145, None)
    assert row["conflicts"].split("|") == ["date", "killed"]
    assert (row["date_start"], row["date_precision"]) == ("2024-03-22", "day")  # two say so, one the 16th
    assert (row["n_claims"], row["n_sources"], row["iso3"]) == (4, 4, "RUS")


def test_every_claim_that_joined_says_why_and_the_first_says_nothing() -> None:
    event = merge(CROCUS)[0]
    assert event.reasons[0] == "" and all(event.reasons[1:])
    assert "137" in event.reasons[1] and "same place" in event.reasons[1]


def test_church_attacks_of_two_years_in_one_town_stay_apart() -> None:
    assert groups(attack("a", "d1", "Istanbul", "2017-01-01"), attack("b", "d2", "Istanbul", "2024-01-28")) == [
        ["a"],
        ["b"],
    ]


def test_attacks_in_two_towns_of_one_country_on_one_day_stay_apart() -> None:
    assert groups(attack("a", "d1", "Istanbul", "2024-01-28"), attack("b", "d2", "Ankara", "2024-01-28")) == [
        ["a"],
        ["b"],
    ]


def test_tolls_far_apart_keep_two_attacks_apart() -> None:
    one, two = (attack(i, i, "Kerman", "2024-01", counts={"killed": n}) for i, n in (("a", 3), ("b", 90)))
    assert groups(one, two) == [["a"], ["b"]]


def test_an_attack_and_the_plot_and_the_arrest_after_it_are_three() -> None:
    base: dict[str, Any] = {"at": ("Istanbul",), "date": on("2024-01-28")}
    assert (
        len(
            groups(
                told("a", claim("d1", **base)),
                told("b", claim("d2", subkind="plot", certainty="foiled", **base)),
                told("c", claim("d3", "arrest", "arrest", **base)),
            )
        )
        == 3
    )


def raid(claim_id: str, doc: str, month: str, n: int, at: str = "Turkey") -> Told:
    return told(claim_id, claim(doc, "arrest", "raid", at=(at,), date=on(month), counts={"arrested": n}))


def test_monthly_operations_in_one_country_stay_apart_even_with_equal_numbers() -> None:
    assert (
        len(groups(raid("a", "d1", "2024-01", 30), raid("b", "d1", "2024-02", 30), raid("c", "d2", "2024-03", 30))) == 3
    )


def test_arrests_of_other_numbers_in_one_month_stay_apart_and_equal_numbers_join() -> None:
    eight = {"counts": {"arrested": 8}, "nationalities": ("TJK",), "date": on("2024-06")}
    one, two = (told(i, claim(i, "arrest", "arrest", at=(at,), **eight)) for i, at in (("a", "USA"), ("b", "New York")))
    assert groups(one, two, raid("c", "d3", "2024-06", 5, "USA")) == [["a", "b"], ["c"]]


def test_a_coarse_report_joins_the_only_attack_that_fits() -> None:
    quarter = {"date": ("2024-01-01", "2024-03-31", "month"), "groups": ("ISIS-K",), "nationalities": ("TJK",)}
    iran, turkey = (told(i, claim("d1", at=(at,), **quarter)) for i, at in (("i", "Iran"), ("t", "Turkey")))
    kerman = attack("k", "d2", "Kerman", "2024-01-03", groups=("ISIS",), nationalities=("TJK",))
    assert groups(iran, turkey, kerman) == [["i", "k"], ["t"]]


def test_a_coarse_report_that_fits_two_attacks_joins_neither() -> None:
    coarse = told("c", claim("d1", at=("Turkey",), date=("2024-01-01", "2024-03-31", "month"), groups=("ISIS",)))
    one, two = (
        attack("x", "d2", "Istanbul", "2024-01-28", groups=("ISIS",)),
        attack("y", "d3", "Ankara", "2024-02-10", groups=("ISIS",)),
    )
    assert groups(coarse, one, two) == [["c"], ["x"], ["y"]]


def test_a_summary_of_a_year_is_no_event_to_join() -> None:
    year = told("y", claim("d1", at=("Turkey",), date=("2024-01-01", "2024-12-31", "year"), groups=("ISIS",)))
    assert groups(year, attack("x", "d2", "Istanbul", "2024-01-28", groups=("ISIS",))) == [["x"], ["y"]]


def test_a_part_never_joins_its_whole_nor_the_other_parts() -> None:
    whole = told("w", claim("d1", "arrest", "arrest", at=("Tajikistan",), date=on("2024-03"), counts={"arrested": 27}))
    part = told(
        "p", claim("d1", "arrest", "arrest", at=("Vanj",), date=on("2024-03"), counts={"arrested": 27}), part_of="w"
    )
    assert groups(whole, part) == [["p"], ["w"]]


def test_one_document_tells_an_event_twice_only_with_the_same_day_and_town() -> None:
    assert groups(attack("a", "d", "Istanbul", "2024-01-28"), attack("b", "d", "Istanbul", "2024-01-28")) == [
        ["a", "b"]
    ]
    assert groups(attack("a", "d", "Istanbul", "2024-01-28"), attack("b", "d", "Istanbul", "2024-01")) == [["a"], ["b"]]


def flow(claim_id: str, origin: str, goal: str, **rest: Any) -> Told:
    return told(
        claim_id,
        claim(
            claim_id,
            "route",
            rest.pop("subkind", "labour_migration"),
            way=(("origin", origin), ("destination", goal)),
            **rest,
        ),
    )


def test_a_standing_flow_told_twice_is_one_and_a_region_is_not_its_country() -> None:
    tajik = flow("a", "Tajikistan", "Russia", counts={"people": (1_000_000, 1_000_000, None)}, nationalities=("TJK",))
    assert groups(
        tajik, flow("b", "Tajikistan", "Russia", nationalities=("TJK",)), flow("c", "Central Asia", "Russia")
    ) == [["a", "b"], ["c"]]


def test_routes_of_other_directions_or_other_numbers_stay_apart() -> None:
    kwargs: dict[str, Any] = {"date": on("2024-05"), "subkind": "border_crossing"}
    there, back = (
        flow("a", "Tajikistan", "USA", counts={"people": 8}, **kwargs),
        flow("b", "USA", "Tajikistan", counts={"people": 8}, **kwargs),
    )
    assert groups(there, back, flow("c", "Tajikistan", "USA", counts={"people": 500}, **kwargs)) == [
        ["a"],
        ["b"],
        ["c"],
    ]


def test_a_hypothetical_attack_is_not_the_one_that_happened() -> None:
    assert (
        len(
            groups(
                attack("a", "d1", "Istanbul", "2024-01-28"),
                attack("b", "d2", "Istanbul", "2024-01-28", certainty="hypothetical"),
            )
        )
        == 2
    )


POOL = [
    *CROCUS,
    attack("k1", "d5", "Kerman", "2024-01-03", counts={"killed": 100}),
    attack("k2", "d6", "Iran", "2024-01", counts={"killed": 95}),
    attack("i1", "d1", "Istanbul", "2024-01-28"),
    attack("i2", "d6", "Turkey", "2024-01"),
    attack("i3", "d2", "Istanbul", "2017-01-01"),
    raid("r1", "d1", "2024-01", 30),
    raid("r2", "d2", "2024-01", 30),
    flow("f1", "Tajikistan", "Russia"),
    flow("f2", "Tajikistan", "Russia"),
    told("n", claim("d9")),
]


def as_values(events: list[Merged]) -> list[Any]:
    return [(e.event_id, [t.claim_id for t in e.members], e.reasons) for e in events]


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from(range(len(POOL)))), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_events_with_the_same_ids(which: set[int], rng: random.Random) -> None:
    claims = [POOL[i] for i in sorted(which)]
    mixed = claims[:]
    rng.shuffle(mixed)
    assert as_values(merge(claims)) == as_values(merge(mixed))
    assert sorted(t.claim_id for e in merge(mixed) for t in e.members) == sorted(t.claim_id for t in claims)


def test_a_later_report_leaves_the_events_id_as_it_is() -> None:
    assert merge(CROCUS[:2])[0].event_id == merge(CROCUS)[0].event_id


def test_comparing_is_symmetric_and_pairs_that_score_share_a_block() -> None:
    for a in POOL:
        for b in POOL:
            if a is not b:
                assert (compare(a, b) or (0,))[0] == (compare(b, a) or (0,))[0]
    assert blocks(CROCUS[0]) & blocks(CROCUS[1]) and not blocks(POOL[-1]) & blocks(CROCUS[0])


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([(137, 137, 137), (145, 145, 145), (145, 145, 145)], (137, 145, 145)),
        ([(150, 150, None)], (150, 150, None)),
        ([(None, None, None)], (None, None, None)),
        ([(100, 100, None), (137, 137, 137)], (100, 137, 137)),
        ([(0, 0, 0), (1, 1, 1)], (0, 1, 1)),
        ([(None, 40, 40)], (None, 40, 40)),  # "up to 40" says nothing of the least
    ],
)
def test_ranges_over_sources(counts: list[Any], expected: tuple[Any, ...]) -> None:
    members = [Told(str(i), str(i), "incident", "attack", counts={"killed": c}) for i, c in enumerate(counts)]
    assert read_counts(members, "killed") == expected


def test_what_nobody_counted_is_unknown_and_not_zero() -> None:
    assert read_counts([Told("a", "a", "incident", "attack")], "killed") == (None, None, None)


def test_outlets_that_repeat_one_agency_are_one_source() -> None:
    def says(doc: str, **rest: Any) -> Told:
        return Told(doc, doc, "incident", "attack", **rest)

    assert independent_sources([says("a"), says("b")]) == 2
    assert independent_sources([says("a", origin="TASS"), says("b", origin="Tass"), says("c")]) == 2
    assert independent_sources([says("a", publisher="TASS"), says("b", origin="TASS")]) == 1
    sentence = "Two armed men entered the building on Sunday and opened fire."
    assert independent_sources([says("a", quote=sentence), says("b", quote=sentence), says("c", quote="Attack.")]) == 2


ALARM = "Two armed men entered the old customs house by the river on Sunday evening, officials of the port said. "
MORE = "The harbour master closed both quays for a day and asked the owners of small boats to wait upstream instead. "
OTHER = (
    "Gunmen stormed a disused building at the waterfront; neighbours heard shots for about an hour, then it was still. "
)


def test_a_reprint_that_is_shortened_or_has_a_paragraph_more_is_no_source_of_its_own() -> None:
    texts = {"a": ALARM + MORE, "b": ALARM + MORE + OTHER, "c": OTHER * 2, "d": ""}
    same = [Told(d, d, "incident", "attack", print=print_of(x)) for d, x in texts.items() if d != "c"]
    assert sources_of(same) == {"a": 1, "b": 1, "d": 2}
    two = [Told(d, d, "incident", "attack", print=print_of(texts[d])) for d in ("a", "c")]
    assert sources_of(two) == {"a": 1, "c": 2}


def test_an_agency_is_the_same_under_its_longer_name() -> None:
    one = Told("x", "x", "incident", "attack", origin="the TASS news agency")
    assert independent_sources([one, Told("y", "y", "incident", "attack", publisher="TASS")]) == 1
    assert independent_sources([one, Told("y", "y", "incident", "attack", publisher="Agency of Ports")]) == 2


def test_titles_read_like_titles() -> None:
    assert title_of([flow("a", "Tajikistan", "Russia")], None) == "Labour migration, Tajikistan → Russia"
    assert (
        title_of([CROCUS[0]], CROCUS[0].spots[0]) == "Attack, Moscow"
        and title_of([told("n", claim())], None) == "Attack, place not stated"
    )


def test_an_event_is_placed_at_its_finest_place_and_a_route_keeps_its_way() -> None:
    rows = event_rows(merge([POOL[4], POOL[5], flow("f", "Tajikistan", "Russia")]))
    kerman, way = sorted(rows["events"], key=lambda r: str(r["kind"]))
    assert (kerman["place"], kerman["country"], kerman["admin1_id"], kerman["countries"]) == (
        "Kerman",
        "Iran",
        "IRN:kerman",
        "IRN",
    )
    assert way["place"] == "Russia" and way["countries"] == "RUS|TJK"
    assert [(s["seq"], s["role"], s["place"]) for s in rows["stops"]] == [
        (0, "origin", "Tajikistan"),
        (1, "destination", "Russia"),
    ]


def test_distinctive_words_are_names_of_sites_and_not_of_countries_months_or_offices() -> None:
    quote = "On March 22 the Russian Interior Ministry said gunmen stormed Crocus in Moscow"
    assert distinctive(quote, CROCUS[0].spots) == {"crocus"}


def test_subkinds_of_one_sort_are_one_family() -> None:
    assert family("clash") == family("attack") != family("plot") and family("never seen") == "never seen"


@pytest.mark.shared
def test_the_gold_standards_events_are_merged_as_well_as_promised() -> None:
    from tests.eval import merge_eval

    if not (merge_eval.SHARED / "gold/events.jsonl").is_file():
        pytest.skip("../shared/gold is not here: merging is not measured")
    rows = [r for r in merge_eval.gold_records() if r["doc"].isdigit()]
    precision, recall, _, _ = merge_eval.score(rows)
    assert precision >= 0.95 and recall >= 0.85


def test_a_days_attack_told_again_without_its_town_is_a_restatement_unless_two_towns_fit() -> None:
    town = attack("a", "d", "Istanbul", "2024-01-28", counts={"killed": 3})
    again = attack("b", "d", "Turkey", "2024-01-28", counts={"injured": 9})
    assert groups(town, again) == [["a", "b"]]
    assert groups(town, again, attack("c", "d", "Ankara", "2024-01-28")) == [["a"], ["b"], ["c"]]
    assert groups(town, attack("b", "d", "Turkey", "2024-01-28", counts={"killed": 5})) == [["a"], ["b"]]


def test_a_title_says_where_one_statement_names_several_towns() -> None:
    def spot(name: str, lat: float, precision: str = "city") -> Spot:
        return Spot("location", name, name, lat, 30.0, "TUR", None, precision, "settlement", False)

    def held(*spots: Spot) -> Told:
        return Told("x", "x", "arrest", "arrest", spots=spots)

    one, two, three = spot("Istanbul", 41.0), spot("Ankara", 40.0), spot("Izmir", 38.4)
    assert title_of([held(one, two, three)], one) == "Arrest, Istanbul and 2 other places"
    assert title_of([held(one, two)], one) == "Arrest, Istanbul and 1 other place"
    assert title_of([held(one, spot("Stamboul", 41.01))], one) == "Arrest, Istanbul"  # the same place by another name
    assert title_of([held(one, spot("Turkey", 39.0, "country"))], one) == "Arrest, Istanbul"
    assert title_of([held(one), held(two)], one) == "Arrest, Istanbul"  # two sources that differ are no two places


@pytest.mark.parametrize("names", [("a1", "b1", "c1"), ("b1", "a1", "c1"), ("c1", "b1", "a1"), ("b1", "c1", "a1")])
def test_a_report_of_the_month_joins_the_days_attack_also_after_a_summary_joined_it(names: tuple[str, ...]) -> None:
    season, month, one_day = names
    quarter = ("2024-01-01", "2024-03-31", "month")
    summary = told(season, claim("d1", at=("Iran",), date=quarter, groups=("ISIS-K",)))
    report = attack(month, "d2", "Iran", "2024-01", counts={"killed": 100}, groups=("ISIS-K",))
    exact = attack(one_day, "d3", "Kerman", "2024-01-03", groups=("ISIS",))
    assert groups(summary, report, exact) == [sorted(names)]
    elsewhere = attack("z1", "d4", "Moscow", "2024-01-03", groups=("ISIS",))  # another country: stays apart
    later = attack("z2", "d5", "Kerman", "2024-02-03", groups=("ISIS",), counts={"killed": 7})  # another month and toll
    assert groups(report, exact, elsewhere, later) == sorted([sorted([month, one_day]), ["z1"], ["z2"]])
