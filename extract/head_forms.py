"""Patterns of the lines in which documents print their day of issue: data for `extract.head_date`.

Each is about one line, as `extract.print_dates` and `extract.foreign_months` have put it.  Nothing here decides.
"""

from __future__ import annotations

import re

from extract.print_dates import FULL_DATE, TIME

__all__ = [
    "ABOUT_DATA",
    "BYLINE",
    "DATELINE",
    "DATE_LINE",
    "FOOT",
    "ISSUE_LINE",
    "LABELLED",
    "LEGAL",
    "MONTH_LINE",
    "PERIOD",
    "PLACE_AND_DATE",
    "SHORT_LABELLED",
    "YEAR",
    "YEARLESS",
]

_SEP = r"\s*(?:[—–|·•/]|\s-\s)\s*"
_UPDATED = r"(?:[,;|·•—–(\s-]*\b(?:last\s+)?(?:updated|modified|edited|revised)\b.{0,60})?"
_LABEL = (
    r"(?:dated?(?: of (?:issue|publication|release)| posted| issued| published)?|"
    r"(?:publication|release|issue|publishing|posting) date|publication|compiled on|"
    r"(?:submitted|written|posted|published|issued|released|reported|filed) (?:by|in|at) [^\d,|]{2,50}?,? on|"
    r"(?:(?:first |originally )?published(?: online)?|posted|issued|released|filed|date ?line|"
    r"(?:last )?(?:updated|modified|edited|revised|reviewed))(?: on| at)?)"
)
LABELLED = re.compile(
    rf"(?:^|[|—–·•(.,;:]\s*|\bfor the |\s-\s)(?P<label>{_LABEL})\s*:?\s+(?:{TIME},?\s+)?(?P<date>{FULL_DATE}){TIME}"
    rf"(?=\s*(?:$|[|—–·•)]|\.(?:\s|$)|\s-\s|[,;]?\s+(?:last\s+)?(?:updated|last|modified|edited|by)\b|\s{{2,}}))",
    re.I,
)
SHORT_LABELLED = re.compile(
    r"(?:^|\(|\s)(?:compiled|issued|published|released)(?: on)? (?P<d>\d{1,2}) (?P<m>[A-Z][a-z]+)\)?\.?$"
)
#: "Situation report no. 4 (5 March 2024)", "Press briefing notes on Sudan, 5 March 2024".
ISSUE_LINE = re.compile(
    rf"[(\[]?.{{4,100}}?(?:,|\(|[—–|·•]|\s-|\bas (?:of|at)|\bof)\s*(?P<date>{FULL_DATE}){TIME}[)\]]?\.?{_UPDATED}", re.I
)
#: Figures have a day of their own: "Data as of 8 October 2024".
ABOUT_DATA = re.compile(
    r"\b(?:data|figures?|numbers?|statistics|totals?|status|situation|prices?|rates?|accessed|retrieved|valid|in force|"
    r"correct|information|cut-?off|as it stood)\b[^|·•]*\b(?:as (?:of|at)|up to|until|on|to|at|date|:)\s*[^|·•]*$",
    re.I,
)
#: What has a date that is not the document's: "Report on Law No. 5 of 3 May 2021", "Review of the attack, 3 May 2021".
LEGAL = re.compile(
    r"\b(?:law|decree|act|directive|resolution|constitution|order|ordinance|regulation|agreement|treaty|convention|"
    r"protocol|attacks?|bombings?|massacre|shootings?|killings?|explosions?|raids?|fire|crash|coup|elections?)\b",
    re.I,
)
DATE_LINE = re.compile(
    rf"[\[(]?(?:(?P<before>[^|—–·•]{{2,80}}?)(?<!day)(?P<sep>{_SEP}|,\s+))?(?P<date>{FULL_DATE}){TIME}[\])]?\.?"
    rf"(?:{_UPDATED}|(?:{_SEP}|,\s+(?=[A-Z]{{2,4}}$)).{{2,60}})",
    re.I,
)
_PLACE = r"(?P<place>[A-ZÀ-Þ][\w.’'-]+(?:[ ,/]+(?:of |the |de |al-|el-)?[A-ZÀ-Þ][\w.’'-]*){0,6})"
_AGENCY = r"(?:\((?P<agency>[^()\d]{2,40})\)\s*)?"
#: "KABUL, Oct. 18, 2023 —", "GENEVA (5 March 2024) –".
DATELINE = re.compile(rf"{_PLACE},?\s+(?:[—–-]\s*|\()?(?P<date>(?i:{FULL_DATE}))\)?,?\s*{_AGENCY}(?:[—–]|--|-\s)\s*\S")
#: "Berlin, 7 March 2025. The court …", "(Berlin, 7 March 2025) The court …", "BERLIN, 7 March 2025 (Agency). …".
PLACE_AND_DATE = re.compile(
    rf"(?:{_PLACE},\s+(?P<date>(?i:{FULL_DATE})),?\s*{_AGENCY}[.:|/]|"
    rf"[(\[]{_PLACE.replace('place', 'inner')},\s+(?P<day>(?i:{FULL_DATE}))(?:[,/]\s*(?P<wire>[^()\d\]]{{2,40}}))?[)\]]\s*[.:—–-]?)"
    r"\s+[\"“‘'(]?[A-ZÀ-Þ0-9]"
)
_MONTH = (
    r"(?P<m>(?i:january|february|march|april|may|june|july|august|september|october|november|december|[a-z]{3,4}\.?))"
)
#: "NIAMEY, June 17 (Agency) -": the year stands elsewhere or nowhere.
YEARLESS = re.compile(rf"{_PLACE},?\s+{_MONTH}\s+(?P<d>\d{{1,2}}),?\s*{_AGENCY}(?:[—–]|--|-\s)\s*\S")
FOOT = re.compile(
    r"[(\[]?(?:this (?:article|story|report|text|piece|page|statement) (?:was|has been) )?"
    r"(?:first |originally |last )?(?P<label>published|posted|issued|updated)"
    rf"(?: (?:by|in|at) .{{2,60}}?)?(?: on|:|,)?\s+(?P<date>{FULL_DATE}){TIME}[)\]]?\.?",
    re.I,
)
_RANGE_DAY = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?|[A-Z][a-z]+\.? \d{1,2}|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+\.?)(?:,? (?:19|20)\d\d)?"
)
#: "Week of 27 May to 2 June 2024", "Weekly review (3–9 June 2024)", "for the week ending 14 June 2024".
PERIOD = re.compile(
    rf"\b[Ww]eek(?:ly)?\b.{{0,60}}?(?:(?P<first>{_RANGE_DAY})\s*(?:to|[-–—]|until|through)\s*|\bending(?: on)?:?\s+)"
    rf"(?P<last>(?i:{FULL_DATE})|\d{{1,2}},? (?:19|20)\d\d)\)?\.?",
)
#: "Issue 12 / March 2024", "Published: June 2024", "March 2024".
MONTH_LINE = re.compile(
    r"(?:(?:(?:issue|volume|vol|no|number|edition|bulletin|newsletter|issued|published|posted|released|date)\b"
    rf".{{0,40}}?)[\s/:,(|—–·-]+)?{_MONTH},? (?P<y>(?:19|20)\d\d)\)?\.?",
    re.I,
)
BYLINE = re.compile(r"(?:by|from|with|text)\b", re.I)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
