"""Figures that count people and figures that do not: two tables of phrases."""

from __future__ import annotations

import pytest

from tests.test_extract_quantities import found

PEOPLE = """12 people|twelve people|3 men|30 women|seven children|15 migrants|40 refugees|two soldiers|5 officers
9 suspects|11 militants|four gunmen|6 civilians|20 passengers|three teenagers|13 villagers|8 workers
25 students|two brothers|14 nationals|16 citizens|17 foreigners|19 fighters|21 prisoners|22 detainees
23 defendants|two couples|24 Syrians|26 Uzbek nationals|27 policemen|more than 28 people
at least 29 people|up to 31 people|about 32 people|33 to 35 people|a Syrian national|another suspect
two dozen people|1,500 people|36 armed men""".replace("\n", "|").split("|")
NOBODY = """30 km|30 kilometres|12 miles|5 nautical miles|3 metres|40 per cent|40 percent|40%|12.5 per cent
EUR 14,000|$500|€300|£20|US$ 40|2,000 dollars|300 euros|50 somoni|4,000 roubles|USD 12 million
12 hours|45 minutes|three days|two weeks|six months|ten years|nine and a half years
two and a half months|7 a.m.|7.30 p.m.|5 o'clock|18:30|14 hrs|Feb 30|on February 31|April 31, the day
No. 41|Nos. 3|Title 42|Article 205|note 12|Resolution 2178|paragraph 14|phase 2|chapter 7|Vol. 3
p. 12|[12]|#7|-3 men|aged 24|age 31|30 degrees|minus 12 degrees|12 kg|3 tonnes|70 km/h|9/11|2/3|F-16
A-320|42nd|48 rifles|three vehicles""".replace("\n", "|").split("|")


def counts_people(phrase: str) -> list[int | None]:
    return [q.number.best for q in found(f"They gave {phrase} there.") if q.category in ("person", "bare")]


@pytest.mark.parametrize("phrase", PEOPLE)
def test_these_count_people(phrase: str) -> None:
    assert len(counts_people(phrase)) == 1


@pytest.mark.parametrize("phrase", NOBODY)
def test_these_count_nobody(phrase: str) -> None:
    assert counts_people(phrase) == []
