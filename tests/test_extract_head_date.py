"""The day of publication at the head of an article: found in the many forms of pages, never in what is told."""

from __future__ import annotations

import datetime as dt

import pytest

from extract.foreign_months import in_english
from extract.head import read_head

BODY = (
    "The council of the valley met again and could not agree on who should mend the bridge, so that the mayor asked "
    "both sides to name an engineer and to come back after the harvest with a plan that all could pay for."
)
MORE = "Nobody was hurt when the old bridge gave way, and the market was held on the other bank as in other years."

FOUND = [
    # datelines
    ("Bonn, 12 September 2023. " + BODY, "2023-09-12", "dateline"),
    ("Nairobi, Kenya, 3 February 2025. " + BODY, "2025-02-03", "dateline"),
    ("VIENNA, Sept. 4, 2022. " + BODY, "2022-09-04", "dateline"),
    ("Osh, 4 April 2024: " + BODY, "2024-04-04", "dateline"),
    ("(Lagos, 21 May 2023) " + BODY, "2023-05-21", "dateline"),
    ("[Geneva, 1 July 2024] – " + BODY, "2024-07-01", "dateline"),
    ("(Accra, 2 March 2023/Harbour News) " + BODY, "2023-03-02", "dateline"),
    ("ROME, May 30, 2024 (Harbour News) -- " + BODY, "2024-05-30", "dateline"),
    ("The Hague, 9 October 2024 - " + BODY, "2024-10-09", "dateline"),
    # bylines and lines of their own
    ("By our own reporter | Monday, 4 November 2024, updated 6.40 p.m.", "2024-11-04", "head"),
    ("By Our Staff | Monday, 4 November 2024 | Updated: 5 November 2024", "2024-11-04", "head"),
    ("From our office in the valley — 18 August 2024", "2024-08-18", "head"),
    ("Text by the Editors / 18 August 2024", "2024-08-18", "head"),
    ("The Valley Post, 18 August 2024, 7 a.m.", "2024-08-18", "head"),
    ("Sunday 18 August 2024 19:03, UK", "2024-08-18", "head"),
    ("18 August 2024 (updated 19 August)", "2024-08-18", "head"),
    ("(working translation, 12 December 2023)", "2023-12-12", "head"),
    ("Unofficial summary of 12 December 2023", "2023-12-12", "head"),
    ("Press release of 12 December 2023", "2023-12-12", "head"),
    ("Transcript (12 December 2023)", "2023-12-12", "head"),
    ("MEDIA RELEASE - 12 December 2023", "2023-12-12", "head"),
    # labels
    ("Posted on December 12, 2023", "2023-12-12", "head"),
    ("Posted at 14:20, 12 December 2023", "2023-12-12", "head"),
    ("Published by the Valley Institute on 12 December 2023", "2023-12-12", "head"),
    ("First published: 12 December 2023 at 10.15", "2023-12-12", "head"),
    ("Publication date: 2023-12-12", "2023-12-12", "head"),
    ("Dated 12 December 2023", "2023-12-12", "head"),
    ("Filed on 12/13/2023", "2023-12-13", "head"),
    ("Last updated: 14 December 2023\nPublished: 12 December 2023", "2023-12-12", "head"),
    ("Last updated: 14 December 2023", "2023-12-14", "updated"),
    ("Last reviewed on 14 December 2023", "2023-12-14", "updated"),
    # numbers and a weekday that decides their order
    ("Published: Friday 03/05/2024", "2024-05-03", "head"),
    ("2024-05-03T08:15:00Z", "2024-05-03", "head"),
    ("Date: 3.5.2024", "2024-05-03", "head"),
    # other languages at the head of a translation
    ("Hamburg, 7. März 2025", "2025-03-07", "head"),
    ("Samstag, 8. März 2025", "2025-03-08", "head"),
    ("Bursa, 7 Mart 2025", "2025-03-07", "head"),
    ("7 мая 2024 г.", "2024-05-07", "head"),
    ("Dakar, le 7 février 2025", "2025-02-07", "head"),
    ("Sevilla, 7 de febrero de 2025", "2025-02-07", "head"),
    # weeklies
    ("Week of 6 to 12 May 2024", "2024-05-12", "week"),
    ("Weekly review, 29 April – 5 May 2024", "2024-05-05", "week"),
    ("Week 19 (May 6-12, 2024)", "2024-05-12", "week"),
    ("Notes for the week ending on 12 May 2024", "2024-05-12", "week"),
    # foot
    (BODY + "\n\nThis article was first published in the Valley Post on 12 May 2024.", "2024-05-12", "head"),
    (BODY + "\n\n(Posted on 12 May 2024)", "2024-05-12", "head"),
    ("KISUMU, May 12 (Harbour News) - " + BODY + "\n\n© 2024 Harbour News", "2024-05-12", "dateline"),
]


@pytest.mark.parametrize(("head", "day", "how"), FOUND)
def test_the_day_of_publication_is_found(head: str, day: str | None, how: str | None) -> None:
    found = read_head(f"The bridge that two villages want\n\n{head}\n\n{BODY}\n\n{MORE}\n")
    assert (found.published.isoformat() if found.published else None, found.published_from) == (day, how)


NOT_FOUND = [
    "On 12 May 2024 the bridge gave way. " + BODY,
    "Data as of 12 May 2024\n\n" + BODY,
    "Update: all figures as of 12 May 2024\n\n" + BODY,
    "Bulletin | Numbers up to 12 May 2024\n\n" + BODY,
    "© 2019–2024 Harbour News\n\n" + BODY,
    "Established 1998\n\n" + BODY,
    "The Valley Post, established on 12 May 1998\n\n" + BODY,
    "Report on Law No. 7 of 12 May 2024\n\n" + BODY,
    "Note on the decree (12 May 2024)\n\n" + BODY,
    "Report on the bombing, 12 May 2024\n\n" + BODY,
    "What happened on 12 May 2024\n\n" + BODY,
    "Accessed on 12 May 2024\n\n" + BODY,
    "Information retrieved on 12 May 2024\n\n" + BODY,
    "Published: 31 June 2024\n\n" + BODY,
    "Published: Monday 12 May 2024\n\n" + BODY,  # a Sunday
    "Published: 05/06/2024\n\n" + BODY,
    "Bonn, 12 May 2024. " + BODY + " It was closed on 3 June 2024 and opened on 9 September 2024.",
    "Bonn, 12 May 2024. " + BODY + "\n\nBonn, 19 May 2024. " + MORE,
    BODY + "\n\nBonn, 12 May 2024. " + MORE,
    "The treaty signed in Bonn, 12 May 2024. " + BODY,
    "Week of 6 May 2024\n\n" + BODY,
    "From 6 to 12 May 2024 the bridge was closed\n\n" + BODY,
    "Next update: 12 May 2024\n\n" + BODY,
    "Hearing on 12 May 2024\n\n" + BODY,
    "KISUMU, May 12 (Harbour News) - " + BODY,
    "KISUMU, May 12 (Harbour News) - " + BODY + "\n\n© 2011–2024 Harbour News",
    "12 Listopad 2024\n\n" + BODY,  # October or November, by the language
    BODY + "\n\nThe bridge was first published about on 12 May 2024, when the mayor came.",
]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_no_day_is_made_out_of_what_is_told(text: str) -> None:
    assert read_head(text).published is None


@pytest.mark.parametrize(
    ("line", "month"),
    [
        ("Issue 12 / March 2024", "month 2024-03"),
        ("Vol. 3, No. 2, March 2024", "month 2024-03"),
        ("Published: March 2024", "month 2024-03"),
        ("March 2024", "month 2024-03"),
        ("Issue 12 / 2024", None),
        ("In March 2024", None),
    ],
)
def test_a_month_is_kept_as_a_month_and_makes_no_day(line: str, month: str | None) -> None:
    head = read_head(f"The bridge that two villages want\n{line}\n\n{BODY}\n")
    assert (head.published, head.published_from) == (None, month)


def test_only_names_that_mean_one_month_are_put_in_english() -> None:
    assert in_english("Berlin, Freitag, 7. März 2025") == "Berlin, Friday, 7 March 2025"
    assert in_english("12 listopad 2024") == "12 listopad 2024"
    assert in_english("12 suspects 2024") == "12 suspects 2024"
    assert read_head(f"Freitag, 8. März 2025\n\n{BODY}").published is None  # it was a Saturday
    assert read_head(f"Samstag, 8. März 2025\n\n{BODY}").published == dt.date(2025, 3, 8)
