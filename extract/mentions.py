"""What stands around a possible place name, as numbers: the evidence on which a mention is decided.

Takes tokens and spans; gives one row of features per span (`FEATURES` names them).  Says nothing of which place is
meant and decides nothing; the classifier in geodata weighs the evidence.
"""

from __future__ import annotations

from collections import defaultdict

from extract.mention_lexicon import PlaceWords
from extract.mention_spans import Shape, Span
from extract.mention_tokens import Token

__all__ = ["FEATURES", "Around", "describe"]

FEATURES = (
    "words",
    "all_caps",
    "caps_run",
    "sentence_start",
    "prev_locative",
    "prev_strong_locative",
    "prev_of",
    "prev_the",
    "prev_title",
    "prev_given",
    "prev_capital",
    "prev_area_word_of",
    "prev_lower_noun",
    "next_person_verb",
    "next_metonym_verb",
    "next_capital",
    "next_given",
    "next_org",
    "next_area_word",
    "next_street",
    "next_nature",
    "prev_number",
    "prev_direction",
    "prev_org_of",
    "prev_nature",
    "comma_before",
    "comma_after_name",
    "after_comma_name",
    "possessive",
    "hyphen_before",
    "hyphen_after",
    "common",
    "given",
    "inside_given",
    "repeats",
    "repeat_locative",
    "repeat_person",
    "title_case_around",
    "lowercase_doc",
    "in_list",
    "next_conj",
    "position",
    "next_lower_noun",
    "quote_before",
    "paren_before",
    "line_start",
    "line_dash_after",
    "length",
    "prev_prev_locative",
    "next_common",
    "prev_capital_span",
    "next_span",
    "prev_capital_rare",
    "next_capital_rare",
    "surname",
    "prev_hyphen_capital",
    "acronym_defined",
    "by_sound",
    "prev_initial",
    "next_number",
    "prev_for_by",
)

_END = frozenset('.!?:;\n"“”•*\t')


class Around:
    """Tokens, spans and words of one document, with the questions that features ask."""

    def __init__(
        self, text: str, tokens: list[Token], shape: Shape, spans: list[Span], words: PlaceWords, n_names: int = 1 << 60
    ) -> None:
        self.n_names = n_names  # keys from here on are names found by their sound
        self._defined: dict[str, bool] = {}
        self.text, self.tokens, self.shape, self.spans, self.words = text, tokens, shape, spans, words
        self.starts = {s.i: n for n, s in enumerate(spans)}
        self.stops = {s.j: n for n, s in enumerate(spans)}
        self._after = {s.i: self._comma_after(s) for s in spans}

    def defined(self, acronym: str) -> bool:
        """The document itself gives the acronym a meaning: capitalised words with these initials, then the acronym
        in brackets.
        """
        plain = acronym.replace(".", "")
        known = self._defined.get(plain)
        if known is None:
            known = False
            at = self.text.find(f"({plain})")
            if 2 <= len(plain) <= 5 and at > 0:
                initials = [x[0] for x in self.text[max(0, at - 80) : at].replace("-", " ").split() if x[:1].isupper()]
                known = "".join(initials[-len(plain) :]) == plain and not any(
                    at - 2 <= x.end <= at and x.j - x.i > 1 for x in self.spans
                )
            self._defined[plain] = known
        return known

    def comma_after(self, s: Span) -> int:
        """Number of the span after "X, Y" or "X (Y"; -1 where there is none."""
        return self._after[s.i]

    def _comma_after(self, s: Span) -> int:
        n = self.starts.get(s.j, -1)
        if n >= 0:
            gap = self.text[self.tokens[s.j - 1].end : self.tokens[s.j].start]
            if gap.strip() in (",", "(", ".,", "’s,", "'s,") or (
                gap == " "
                and len(self.tokens[s.j].norm) == 2
                and self.shape.caps is not None
                and self.text[self.spans[n].start : self.spans[n].end].isupper()
            ):
                return n
        return -1

    def comma_before(self, s: Span) -> int:
        """Number of the span before "Y, X"; -1 where there is none."""
        n = self.stops.get(s.i, -1)
        return n if n >= 0 and self.comma_after(self.spans[n]) >= 0 else -1


def describe(around: Around) -> list[list[float]]:
    """One row of FEATURES per span, in order."""
    rows = [_row(around, s) for s in around.spans]
    by_key: dict[int, list[int]] = defaultdict(list)
    for n, s in enumerate(around.spans):
        by_key[s.key].append(n)
    at = {name: k for k, name in enumerate(FEATURES)}
    loc, person = (at["prev_locative"],), (at["prev_title"], at["prev_given"], at["next_person_verb"])
    for members in by_key.values():
        n = len(members)
        locative = sum(any(rows[m][k] for k in loc) for m in members) / n
        personal = sum(any(rows[m][k] for k in person) for m in members) / n
        for m in members:
            rows[m][at["repeats"]] = n
            rows[m][at["repeat_locative"]] = locative
            rows[m][at["repeat_person"]] = personal
    return rows


def _row(around: Around, s: Span) -> list[float]:
    """Evidence of one span; the columns `repeats…` are filled in by `describe`."""
    tokens, upper, w, text = around.tokens, around.shape.upper, around.words, around.text
    n = len(tokens)
    first, last = tokens[s.i], tokens[s.j - 1]
    before = tokens[s.i - 1] if s.i and first.joint else None
    after = tokens[s.j] if s.j < n and tokens[s.j].joint in (1, 2) else None
    prev, nxt = (before.norm if before else ""), (after.norm if after else "")
    prev_up = before is not None and upper[s.i - 1]
    next_up = after is not None and upper[s.j]
    prev2 = tokens[s.i - 2].norm if before is not None and s.i > 1 and before.joint else ""
    gap_before = text[max(0, first.start - 2) : first.start]
    gap_after = text[s.end : s.end + 3]
    surface = text[s.start : s.end]
    single = s.j - s.i == 1
    given = w.given_names
    comma_after = around.comma_after(s) >= 0
    after_comma = around.comma_before(s) >= 0
    around_up = upper[max(0, s.i - 3) : s.i] + upper[s.j : s.j + 3]
    common = w.common.get(first.norm, 0) if single else 0
    hyphen_after = after is not None and after.joint == 2
    return [
        s.j - s.i,
        surface.isupper(),
        around.shape.caps[s.i],
        not first.joint and (s.i == 0 or any(c in _END for c in gap_before)),
        prev in w.locative,
        prev in w.strong_locative,
        prev == "of",
        prev == "the",
        prev in w.titles,
        prev_up and prev in given,
        prev_up,
        prev == "of" and prev2 in w.area_words,
        (
            bool(prev)
            and not prev_up
            and w.common.get(prev, 0) > 0
            and prev not in w.locative
            and prev not in ("of", "the", "and", "or", "a", "an")
        ),
        nxt in w.person_verbs,
        nxt in w.metonym_verbs,
        next_up,
        next_up and nxt in given,
        (nxt in w.org_heads) * (2 if next_up else 1),
        (nxt in w.area_words) * (2 if next_up else 1),
        next_up and nxt in w.street_words,
        (nxt in w.nature_words) * (2 if next_up else 1),
        prev.isdigit(),
        (prev in w.directions) * (2 if prev_up else 1),
        prev == "of" and prev2 in w.org_of,
        prev_up and prev in w.nature_words,
        text[first.start - 2 : first.start] == ", ",
        comma_after,
        after_comma,
        last.possessive,
        first.joint == 2,
        (2.0 if nxt in w.hyphen_participles else 1.0) if hyphen_after else 0.0,
        len(str(common)) if common else 0,
        single and first.norm in given,
        not single and first.norm in given,
        1.0,
        0.0,
        0.0,
        bool(around_up) and all(around_up),
        around.shape.lowercase,
        gap_after[:2] == ", " or gap_before == ", ",
        nxt in ("and", "or"),
        min(1.0, s.start / 2000),
        bool(nxt) and not next_up and w.common.get(nxt, 0) > 0 and nxt not in w.locative,
        bool(gap_before) and gap_before[-1] in "\"“‘'",
        bool(gap_before) and gap_before[-1] == "(",
        "\n" in gap_before or s.start == 0,
        gap_after.lstrip(" (").startswith(("—", "–", "-", ":")) and not hyphen_after,
        len(surface),
        prev2 in w.locative,
        len(str(w.common.get(nxt, 0))),
        s.i in around.stops and first.joint > 0,
        s.j in around.starts and after is not None,
        prev_up and not w.common.get(prev, 0) and s.i not in around.stops,
        next_up and not w.common.get(nxt, 0) and s.j not in around.starts,
        (w.surnames.get(first.norm, 0)) if single else 0.0,
        first.joint == 2 and upper[s.i - 1] and s.i not in around.stops,
        surface.isupper() and around.defined(surface),
        s.key >= around.n_names,
        before is not None and before.end - before.start == 1 and prev_up,
        nxt.isdigit(),
        prev in ("for", "by", "on", "with", "as"),
    ]
