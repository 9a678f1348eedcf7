"""The patterns of date expressions, most specific first: data for `dates.find_dates`.

Each pattern has a name, by which `date_values` knows how to resolve it, and a hint: a cheap test that a sentence must pass
before the pattern is tried at all.
"""

from __future__ import annotations

import re

_M = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_D = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_Y = r"(?:19[5-9]\d|20[0-4]\d)"
_W = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_N = r"(?:\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|a few|a couple of)"
_DASH = r"\s*(?:-|–|—|to|and|until|through|till)\s*"
_Q = "['’]"


_HINTS = {
    "month": re.compile(rf"\b{_M}(?![a-z])", re.I),
    "digit": re.compile(r"\d"),
    "weekday": re.compile(_W, re.I),
    "unit": re.compile(
        r"\b(?:two thousand|nineteen|twenty|days?|nights?|weeks?|months?|years?|mornings?|evenings?|afternoons?|weekends?|quarter|half|period|spring|summer|autumn|fall|winter|yesterday|today|tonight|overnight|halloween|n[ao][wv]ruz|christmas|eve|first|second|third)\b|[HQ]\d|\d(?:st|nd|rd|th)\b",
        re.I,
    ),
}
_HINT_OF = {
    "iso": "digit",
    "dotted": "digit",
    "slashed": "digit",
    "dotted_range": "digit",
    "dotted_short": "digit",
    "sept11": "digit",
    "slashed_short": "digit",
    "day_range": "month",
    "day_range_us": "month",
    "dmy_range": "month",
    "mdy_range": "month",
    "month_range": "month",
    "year_range": "digit",
    "year_dash": "digit",
    "fiscal": "digit",
    "dmy": "month",
    "mdy": "month",
    "part_month": "month",
    "part_year": "digit",
    "before_start": "digit",
    "month_rel": "month",
    "month_year": "month",
    "month_this_year": "month",
    "month_prep": "month",
    "month_attr": "month",
    "month_comma": "month",
    "week_of": "month",
    "weekday": "weekday",
    "year_attr": "digit",
    "year_when": "digit",
    "year_prep": "digit",
    "season": "digit",
}


class Rules:
    """The patterns, most specific first; each returns a DateMention's span or None (not resolvable)."""

    def __init__(self) -> None:
        self.rules: list[tuple[re.Pattern[str], str]] = []
        add = self.add
        add("iso", rf"\b(?P<y>{_Y})-(?P<mo>\d\d)-(?P<d>\d\d)\b")
        add("dotted", rf"\b(?P<d>\d\d?)\.(?P<mo>\d\d?)\.(?P<y>{_Y})\b")
        add("slashed", rf"\b(?P<a>\d\d?)/(?P<b>\d\d?)/(?P<y>{_Y}|\d\d)\b")
        add("dotted_range", r"^(?P<d>\d\d?)\s*[-–]\s*(?P<e>\d\d?)\.(?P<mo>0[1-9]|1[0-2])\b(?!\.?\d)")
        add("dotted_short", r"^(?P<d>\d\d?)\.(?P<mo>0[1-9]|1[0-2])\b(?!\.?\d)")
        add("sept11", r"\b9/11\b")
        add("slashed_short", r"\b(?P<a>1[0-2]|0?[1-9])/(?P<b>[12]\d|3[01]|0?[1-9])\b(?!/)")
        add(
            "day_range",
            rf"\b(?:between |from )?(?:the )?(?P<d>{_D}){_DASH}(?:the )?(?P<e>{_D}) (?:of )?(?P<mo>{_M})(?:,? (?:of )?(?P<y>{_Y}))?\b",
        )
        add("day_range_us", rf"\b(?:between |from )?(?P<mo>{_M}) (?P<d>{_D}){_DASH}(?P<e>{_D})\b(?:,? (?P<y>{_Y}))?")
        add(
            "dmy_range",
            rf"\b(?:between |from )(?P<d>{_D}) (?P<mo>{_M})(?:,? (?P<y>{_Y}))?{_DASH}(?P<e>{_D}) (?P<mo2>{_M})(?:,? (?P<y2>{_Y}))?",
        )
        add(
            "dmy_range",
            rf"\b(?P<d>{_D}) (?P<mo>{_M})(?:,? (?P<y>{_Y}))?\s*(?:-|–|—|to|until|through|till)\s*(?P<e>{_D}) (?P<mo2>{_M})(?:,? (?P<y2>{_Y}))?",
        )
        add(
            "days_of",
            rf"\b(?:the )?(?P<p>first|last) (?:(?P<n>{_N}) (?P<u>days|weeks) of|(?P<one>day) of|(?P<half>half) of) (?:(?P<mo>{_M})(?: (?P<y>{_Y}))?(?: (?P<rel>this|last) year)?|(?:the|that|this|last) (?P<month>month))(?![\w])",
        )
        add("days_of", r"\b(?:the )?(?P<p>second|latter) (?P<half>half) of (?:the|that|this) (?P<month>month)\b")
        add(
            "nths",
            r"\b(?:between |from )the (?P<d>\d\d?)(?:st|nd|rd|th) (?:and|to|until) (?:the )?(?P<e>\d\d?)(?:st|nd|rd|th)\b(?! of)",
        )
        add(
            "mdy_range",
            rf"\b(?:between |from )(?P<mo>{_M}) (?P<d>{_D})(?:,? (?P<y>{_Y}))?{_DASH}(?P<mo2>{_M}) (?P<e>{_D})\b(?:,? (?P<y2>{_Y}))?",
        )
        add(
            "month_range",
            rf"\b(?:between |from )?(?:early |late |mid-?)?(?P<mo>{_M}),?(?: (?:of )?(?P<y>{_Y}))?{_DASH}(?:early |late |mid-?)?(?P<mo2>{_M}),?(?: (?:of )?(?P<y2>{_Y})| of (?P<rel>this|last) year)?(?![\w])",
        )
        add("year_range", rf"\b(?:between |from )(?P<y>{_Y}){_DASH}(?P<y2>{_Y})\b")
        add("year_dash", rf"\b(?P<y>{_Y})\s?[-–]\s?(?P<y2>{_Y}|\d\d)\b")
        add("fiscal", rf"\b(?:fiscal year|FY) ?(?P<y>{_Y})\b")
        add("months_of", rf"\b(?:the )?first (?P<n>{_N}) months(?: of (?:(?P<y>{_Y})|(?P<rel>this|last|the) year))?\b")
        add(
            "half_of",
            rf"\b(?:the )?(?P<h>first|second|latter) half(?: of (?:(?P<y>{_Y})|(?P<rel>this|last|the) year|(?P<mo>{_M})(?: (?P<y3>{_Y}))?)| (?P<y2>{_Y}))?\b",
        )
        add("half_code", rf"\bH(?P<h>[12])(?:[ /]?(?P<y>{_Y}))?\b")
        add(
            "quarter",
            rf"\b(?:the )?(?P<q>first|second|third|fourth|1st|2nd|3rd|4th) quarter(?: of)?(?: (?P<y>{_Y}))?\b",
        )
        add("quarter_code", rf"\bQ(?P<qn>[1-4])(?:[ /]?(?P<y>{_Y}))?\b")
        add(
            "the_period",
            r"\b(?:over|in|during|throughout|for) (?:the|that|this) (?:whole |entire |three |six |reporting )?(?:quarter|period|months|reporting period|review period|six months|three months|month)\b(?! of| (?:before|after|earlier|later))",
        )
        add(
            "same_quarter",
            rf"\bthe same (?:quarter|period|time|(?:two |three |four |six |nine )?months?) (?:in |of )?(?:(?P<y>{_Y})|(?P<rel>last|the previous) year|(?:a|the) year (?:before|earlier))\b",
        )
        add("week_of", rf"\b(?:the )?(?P<wk>first|second|third|fourth|last) week of (?P<mo>{_M})(?: (?P<y>{_Y}))?\b")
        add(
            "year_words",
            r"\b(?:(?P<ym>january|february|march|april|may|june|july|august|september|october|november|december) (?:of )?)?(?P<yw>(?:nineteen|twenty) (?:oh |(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)|two thousand(?: and)?(?: (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:[ -](?:one|two|three|four|five|six))?))?)\b(?! (?:people|men|women|persons|migrants|refugees|soldiers|villagers|others|more|thousand|hundred|years|kilomet))",
        )
        add(
            "dmy",
            rf"\b(?P<d>{_D}) (?:of )?(?P<mo>{_M})(?:,? (?:of )?(?P<y>{_Y})|,? (?:of )?(?P<rel>this|last|that|the previous|the following) year)?\b",
        )
        add(
            "mdy",
            rf"\b(?P<mo>{_M}) (?P<d>{_D})\b(?!,\d{{3}}(?!\d))(?!\s+(?:\w+\s+)?(?:people|persons|men|women|children|boys|girls|migrants|citizens|nationals|suspects|militants|soldiers|officers|refugees|civilians|others|individuals|foreigners)\b)(?!\s*[a-z]+s\b were)(?:,? (?P<y>{_Y}))?",
        )
        add(
            "feast",
            rf"\b(?P<f>new year{_Q}s (?:eve|day)|christmas (?:eve|day)|halloween|nowruz|navruz)(?: (?:of )?(?P<y>{_Y}))?\b",
        )
        add(
            "part_month",
            rf"\b(?P<p>early|mid|late|the (?:start|beginning|end|middle) of|the beginning of)[ -](?:in )?(?P<mo>{_M})(?: (?:of )?(?P<y>{_Y}))?(?![\w])",
        )
        add("end_that", r"\b(?:the )?(?P<p>start|beginning|end|middle) of (?:that|the|this) (?P<u>month|year)\b")
        add("part_year", rf"\b(?P<p>early|mid|late|the (?:start|beginning|end) of)[ -](?:in )?(?P<y>{_Y})\b")
        add(
            "season",
            rf"\b(?:(?P<rel>this|last|that|the following|next|early|late) )?(?P<s>spring|summer|autumn|fall|winter)(?: of)? (?P<y>{_Y})\b",
        )
        add("season_rel", r"\b(?P<rel>this|last|that|the following|next) (?P<s>spring|summer|autumn|fall|winter)\b")
        add("season_in", r"\b(?:in|during) (?:the )?(?P<s>spring|summer|autumn|winter)\b")
        add("before_start", rf"\bbefore the (?:start|beginning) of (?P<y>{_Y})\b")
        add("month_rel", rf"\b(?P<rel>this|last|that|next) (?P<mo>{_M})(?![\w])")
        add("month_year", rf"\b(?P<mo>{_M}),? (?:of )?(?P<y>{_Y})\b")
        add("month_this_year", rf"\b(?P<mo>{_M}),? (?:of )?(?P<rel>this|last|that|the previous|the following) year\b")
        add(
            "month_prep",
            rf"(?=[adfjmnos])(?:(?<=\bin )|(?<=\bsince )|(?<=\bby )|(?<=\bduring )|(?<=\buntil )|(?<=\bfrom )|(?<=\bof )|(?<=\bback in )|(?<=\bthroughout )|(?<=\bfor )|(?<=\bafter )|(?<=\bbefore )|(?<=\bas in ))(?P<mo>{_M})(?![\w'’])(?!\s+{_D}\b(?!,\d{{3}}|\s+(?:people|persons|men|women|migrants|refugees|soldiers|others|civilians|suspects)\b))",
        )
        add(
            "month_attr",
            rf"\b(?:the |a )(?P<mo>{_M}) (?=(?:\d+ )?(?:attack|bombing|assault|raid|shooting|crocus|operation|flight|massacre|blast|strike|incident))",
        )
        add("month_comma", rf"\b(?P<mo>{_M})(?=, (?:when|and|the|a|after|which)\b| when\b)")
        add(
            "rel_days",
            rf"\b(?:(?P<n>{_N}|exactly {_N}|about {_N}|around {_N}|some {_N})) (?P<u>day|night|week|month|year)s? (?P<dir>later|earlier|after|before|ago|previously)(?: today)?\b",
        )
        add("week_or_so", r"\b(?:only |about )?(?:a|one) (?P<u>week|month|year) or (?:so|two) ago\b")
        add("weeks_before", r"\b(?:only |just )?(?P<u>days|weeks|months) (?P<dir>before|earlier|later|ago|after)\b")
        add(
            "nth_of",
            r"\bthe (?:(?P<d>\d\d?)(?:st|nd|rd|th)|(?P<o>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?= of (?:that|this|the same) month))(?: of (?:that|the|this|the same) month)?\b(?! (?:century|anniversary|time|man|person|woman|infantry|day|of (?!that|the|this)))",
        )
        add(
            "next_unit",
            r"\b(?:the|on the|the very) (?P<rel>next|following|same|previous) (?P<u>day|morning|evening|night|afternoon|week|month|year|weekend)\b",
        )
        add("next_unit", r"\b(?:the|a) (?P<u>day|week|month|year) (?P<rel>before|earlier|after|later)\b")
        add(
            "that_unit",
            r"\b(?P<rel>that|the same) (?P<u>day|morning|evening|night|afternoon|week|month|year|weekend)\b",
        )
        add("earlier_this", r"\b(?P<p>earlier|later|late|early) (?P<rel>this|last|that) (?P<u>week|month|year)\b")
        add("this_unit", r"\b(?P<rel>this|last|past|previous) (?P<u>week|month|year|weekend)\b(?! or)")
        add(
            "past_n",
            rf"\b(?:over|in|during|for) (?:just )?the (?:past|last|previous) (?P<n>{_N})? ?(?P<u>day|week|month|year)s?\b(?! of)",
        )
        add(
            "deictic",
            r"\b(?P<w>yesterday|today|tonight|last night|last evening|this morning|this afternoon|this evening|overnight)\b",
        )
        add("weekend", r"\b(?:over|at|during) the (?:past |last )?weekend\b(?! of)")
        add("weekday", rf"\b(?:(?P<rel>last|this|next|the following|the previous) )?(?P<w>{_W})(?:{_Q}s)?\b")
        add(
            "year_attr",
            rf"\b(?P<y>{_Y})(?=(?:{_Q}s)? (?:[A-Za-z-]+ ){{0,3}}(?:kidnapping|abduction|stabbing|hijacking|hostage-taking|explosion|shipwreck|attack|attacks|bombing|assault|plot|shooting|massacre|war|offensive|incident|amnest|election|blast|raid|siege|riots?|unrest|clashes|coup|invasion|earthquake|killing))",
        )
        add("year_when", rf"\b(?P<y>{_Y})(?=, when\b)")
        add(
            "year_prep",  # the look-ahead is only for speed: few places start like a year, all would be looked back from
            rf"(?=[12]\d)(?:(?<=\bin )|(?<=\bIn )|(?<=\bsince )|(?<=\bSince )|(?<=\bof )|(?<=\bduring )|(?<=\bDuring )|(?<=\bby )|(?<=\bBy )|(?<=\buntil )|(?<=\bthroughout )|(?<=\bThroughout )|(?<=\bfrom )|(?<=\bfor )|(?<=\byear )|(?<=\bafter )|(?<=\bbefore )|(?<=\band )|(?<=\bfollowing )|(?<=\()|(?<=^))(?P<y>{_Y})(?![\d/]|-\w|\.\d|,\d|%)(?! (?:people|persons|migrants|men|euros|dollars|km|kilomet))",
        )

    def add(self, name: str, pattern: str) -> None:
        self.rules.append((re.compile(pattern, re.IGNORECASE | re.MULTILINE), name))

    def for_sentence(self, segment: str) -> list[tuple[re.Pattern[str], str]]:
        """The patterns worth trying on a sentence."""
        passed = {name for name, hint in _HINTS.items() if hint.search(segment)}
        if not passed:
            return []
        return [(p, name) for p, name in self.rules if _HINT_OF.get(name, "unit") in passed]


RULES = Rules()

__all__ = ["RULES", "Rules"]
