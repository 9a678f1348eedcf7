"""Date expressions: every kind the issue names, resolved by hand, and what must stay unknown."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.dates import Context, DateMention, applied, day_first, find_dates
from extract.schema import DATE_PRECISIONS, DateSpan
from tests.claims_world import claims, dates_of

WEDNESDAY = "2023-05-10"  # a Wednesday


def found(text: str, published: str | None = None, *, dmy: bool | None = None) -> list[DateMention]:
    day = dt.date.fromisoformat(published) if published else None
    return find_dates(text, 0, len(text), Context(day), dmy=dmy)


def only(text: str, published: str | None = None, *, dmy: bool | None = None) -> tuple[str | None, str | None, str]:
    """The one date of a text as (start, end, precision)."""
    mentions = found(text, published, dmy=dmy)
    assert len(mentions) == 1, [text[m.start : m.end] for m in mentions]
    d = mentions[0].span.as_json()
    return d["start"], d["end"], str(d["precision"])


def last(text: str, published: str | None = None) -> tuple[str | None, str | None, str]:
    """The last date of a text."""
    d = found(text, published)[-1].span.as_json()
    return d["start"], d["end"], str(d["precision"])


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("It happened on 22 March 2021.", "2021-03-22", "2021-03-22", "day"),
        ("It happened on the 3rd of May 2019.", "2019-05-03", "2019-05-03", "day"),
        ("It happened on March 5, 2018.", "2018-03-05", "2018-03-05", "day"),
        ("It happened on Sept. 9th, 2018.", "2018-09-09", "2018-09-09", "day"),
        ("Report of 2020-02-29.", "2020-02-29", "2020-02-29", "day"),
        ("On 14.11.2022 a post was raided.", "2022-11-14", "2022-11-14", "day"),
        ("It happened in November 2020.", "2020-11-01", "2020-11-30", "month"),
        ("It happened in February 2024.", "2024-02-01", "2024-02-29", "month"),
        ("It happened in 2016.", "2016-01-01", "2016-12-31", "year"),
        ("In the spring of 2019 it began.", "2019-03-01", "2019-05-31", "season"),
        ("It began in summer 2021.", "2021-06-01", "2021-08-31", "season"),
        ("In the winter of 2020 it began.", "2020-12-01", "2021-02-28", "season"),
        ("In the first half of 2022 it rose.", "2022-01-01", "2022-06-30", "half"),
        ("In the second half of 2022 it rose.", "2022-07-01", "2022-12-31", "half"),
        ("In the first six months of 2020 it rose.", "2020-01-01", "2020-06-30", "half"),
        ("In H2 2019 it fell.", "2019-07-01", "2019-12-31", "half"),
        ("In the third quarter of 2021 it fell.", "2021-07-01", "2021-09-30", "month"),
        ("In Q1 2021 it fell.", "2021-01-01", "2021-03-31", "month"),
    ],
)
def test_a_date_with_its_year_is_the_interval_it_names(text: str, start: str, end: str, precision: str) -> None:
    assert only(text) == (start, end, precision)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("between 3 and 9 June 2020", "2020-06-03", "2020-06-09"),
        ("from 28 May to 2 June 2020", "2020-05-28", "2020-06-02"),
        ("from June 3 to June 9, 2020", "2020-06-03", "2020-06-09"),
        ("June 3-9, 2020", "2020-06-03", "2020-06-09"),
        ("between January and March 2020", "2020-01-01", "2020-03-31"),
        ("from October 2019 to April 2020", "2019-10-01", "2020-04-30"),
        ("between 2012 and 2015", "2012-01-01", "2015-12-31"),
    ],
)
def test_a_range_is_one_interval_with_both_ends_in_it(text: str, start: str, end: str) -> None:
    assert only(f"It happened {text}.")[:2] == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("It happened on Friday.", "2023-05-05", "2023-05-05", "day"),
        ("It happened last Friday.", "2023-05-05", "2023-05-05", "day"),
        ("It happened on Tuesday.", "2023-05-09", "2023-05-09", "day"),
        ("It happened yesterday.", "2023-05-09", "2023-05-09", "day"),
        ("It happened today.", "2023-05-10", "2023-05-10", "day"),
        ("It happened three days ago.", "2023-05-07", "2023-05-07", "day"),
        ("It happened on 4 May.", "2023-05-04", "2023-05-04", "day"),
        ("It happened on 30 December.", "2022-12-30", "2022-12-30", "day"),
        ("It happened in April.", "2023-04-01", "2023-04-30", "month"),
        ("It happened in November.", "2022-11-01", "2022-11-30", "month"),
        ("It happened last month.", "2023-04-01", "2023-04-30", "month"),
        ("It happened last year.", "2022-01-01", "2022-12-31", "year"),
        ("It happened this year.", "2023-01-01", "2023-05-10", "year"),
        ("It happened last winter.", "2022-12-01", "2023-02-28", "season"),
        ("It happened on New Year's Eve.", "2022-12-31", "2022-12-31", "day"),
        ("It happened on Christmas Day 2019.", "2019-12-25", "2019-12-25", "day"),
    ],
)
def test_a_relative_date_is_counted_from_the_documents_own(text: str, start: str, end: str, precision: str) -> None:
    assert only(text, WEDNESDAY) == (start, end, precision)


def test_earlier_this_month_ends_no_later_than_the_document() -> None:
    start, end, precision = only("It happened earlier this month.", WEDNESDAY)
    assert (start, precision) == ("2023-05-01", "month") and end is not None and end <= "2023-05-31"


def test_early_and_late_in_a_month_lie_inside_it() -> None:
    start, end, _ = only("It happened in late August 2021.")
    assert start is not None and end is not None and "2021-08-15" < start <= end == "2021-08-31"
    start, end, _ = only("It happened in early August 2021.")
    assert start == "2021-08-01" and end is not None and end < "2021-08-16"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 5 June 2020 it began. Two days earlier it rained.", "2020-06-03"),
        ("On 5 June 2020 it began. Three days later it ended.", "2020-06-08"),
        ("On 5 June 2020 it began. The next day it ended.", "2020-06-06"),
        ("On 30 June 2020 it began. The following day it ended.", "2020-07-01"),
        ("On 5 June 2020 it began. It ended the same day.", "2020-06-05"),
        ("On 5 June 2020 it began. A week later it ended.", "2020-06-12"),
    ],
)
def test_a_date_relative_to_one_named_before_is_counted_from_it(text: str, expected: str) -> None:
    assert last(text) == (expected, expected, "day")


def test_a_month_later_is_the_next_month() -> None:
    start, end, _ = last("On 5 June 2020 it began. A month later it ended.")
    assert start is not None and end is not None and start <= "2020-07-05" <= end


def test_the_month_of_a_named_day_is_meant_by_that_month() -> None:
    assert last("On 5 June 2020 it began. Later that month it ended.")[:1] >= ("2020-06-01",)
    assert last("On 5 June 2020 it began. Later that month it ended.")[1] == "2020-06-30"


@pytest.mark.parametrize("text", ["On Friday it rained.", "Yesterday it rained.", "Last month it rained.", "On 4 May."])
def test_without_a_date_of_its_own_a_document_gives_no_day(text: str) -> None:
    assert all(d.span.start is None for d in found(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("03/22/2024", False),
        ("22/03/2024", True),
        ("3/4/2024", None),
        ("on 3/4/2024 and 25/4/2024", True),
        ("no date", None),
    ],
)
def test_numeric_dates_show_their_order_by_a_day_above_twelve(text: str, expected: bool | None) -> None:
    assert day_first(text) is expected


def test_an_ambiguous_numeric_date_is_read_in_the_documents_order_or_not_at_all() -> None:
    assert only("It happened on 3/4/2024.", dmy=True)[0] == "2024-04-03"
    assert only("It happened on 3/4/2024.", dmy=False)[0] == "2024-03-04"
    assert not [d for d in found("It happened on 3/4/2024.") if d.span.precision == "day"]


@pytest.mark.parametrize(
    "text",
    [
        "The general may speak.",
        "They march through the city.",
        "In all, 2,019 people came.",
        "Flight 2020 was late.",
        "Version 3.5 was sold at $2000.",
        "The Second Army marched.",
        "He scored 8/10.",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert found(text, WEDNESDAY) == []


def test_an_impossible_day_is_never_made_up() -> None:
    assert not [d for d in found("It happened on 31 February 2021.") if d.span.precision == "day"]


def test_since_reaches_to_the_document_and_by_has_no_start() -> None:
    ctx = Context(dt.date(2023, 5, 10))
    since = find_dates("Since 2021 it grew.", 0, 19, ctx)[0]
    assert since.relation == "since"
    assert applied(since, ctx).start == dt.date(2021, 1, 1) and applied(since, ctx).end == dt.date(2023, 5, 10)
    by = find_dates("By 2021 it grew.", 0, 16, ctx)[0]
    assert applied(by, ctx).start is None and applied(by, ctx).precision == "unknown"


def test_the_year_of_a_heading_holds_for_days_without_one() -> None:
    ctx = Context(None, period=DateSpan(dt.date(2019, 1, 1), dt.date(2019, 12, 31), "year"))
    assert find_dates("On 4 May it rained.", 0, 19, ctx)[0].span.start == dt.date(2019, 5, 4)


def test_a_title_gives_its_year_to_the_claims_below_it() -> None:
    text = "Chronicle 2019\n\nOn 4 May police arrested three men in Hamburg.\n"
    assert [dates_of(c) for c in claims(text)] == [("2019-05-04", "2019-05-04", "day")]


def test_the_publication_date_never_stands_in_for_a_missing_one() -> None:
    (claim,) = claims("Police arrested three men in Hamburg.", WEDNESDAY)
    assert claim.date == DateSpan()


def test_offsets_are_those_of_the_whole_text_not_of_the_part_searched() -> None:
    text = "Nothing here. It happened on 22 March 2021."
    (d,) = find_dates(text, 14, len(text), Context(None))
    assert text[d.start : d.end] == "22 March 2021"


_WORDS = """on in the last next this that March May 31 February 2024 2023-02-30 0 99/99 12/31 13/13/2021 Friday
    yesterday two days later earlier month year quarter half of first since by until Q4 H1 FY2020 New Year's Eve winter
    spring 24 29 1st 32nd - to and between from , . \n Sept. week ago weekend 9/11 30.02.2021 31.12 –"""


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from(_WORDS.split()), max_size=14).map(" ".join),
    st.none() | st.dates(dt.date(1951, 1, 1), dt.date(2049, 12, 31)),
    st.none() | st.booleans(),
)
def test_any_row_of_date_words_is_read_without_an_error(text: str, published: dt.date | None, dmy: bool | None) -> None:
    _whole(text, published, dmy)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(max_size=200), st.none() | st.dates(), st.none() | st.booleans())
def test_any_text_is_read_without_an_error(text: str, published: dt.date | None, dmy: bool | None) -> None:
    _whole(text, published, dmy)


def _whole(text: str, published: dt.date | None, dmy: bool | None) -> None:
    end = 0
    for d in find_dates(text, 0, len(text), Context(published), dmy=dmy):
        assert 0 <= end <= d.start < d.end <= len(text)
        end = d.end
        assert d.span.precision in DATE_PRECISIONS
        if d.span.start is not None and d.span.end is not None:
            assert d.span.start <= d.span.end


def test_what_is_told_since_a_month_did_not_begin_after_it_was_told() -> None:
    ctx = Context(dt.date(2025, 5, 22), year=2025)
    later = DateMention(0, 8, DateSpan(dt.date(2025, 12, 1), dt.date(2025, 12, 31), "month"), "since")
    assert applied(later, ctx) == DateSpan(dt.date(2024, 12, 1), dt.date(2025, 5, 22), "month")
    sure = DateMention(0, 13, later.span, "since", explicit_year=True)
    assert applied(sure, ctx) == later.span
