"""Texts made to hurt: patterns that must not blow up, cells that spreadsheets would run."""

from __future__ import annotations

import csv
import random
import time
from pathlib import Path

import openpyxl
import pytest

from dashboard.exports.commands import main as export
from extract.head import read_head
from extract.mention_tokens import tokenize
from extract.numbers import find_numbers
from extract.print_dates import parse_full_date
from extract.schema import Document
from geodata.chain import Chain
from geodata.store import Store
from tests.hostile import FORMULAS, fill

#: Pieces that date, number and claim patterns are made of: rows of them are where patterns go astray.
PIECES = (
    "1", "12", "2024", "31", "1,000", "3.5", "May", "January", "Sept.", "Monday", "of", "the", "and", "to", "from",
    "between", "more than", "at least", "up to", "hundred", "thousand", "twenty-", "one", "-", "–", "/", ".", ",", ":",
    "last", "next", "early", "mid-", "late", "week", "month", "years", "ago", "killed", "arrested", "injured", "people",
    "migrants", "said", "police", "in", "on", "(", ")", "\"", "'", "\n", "\n\n", "\t", "  ", "\u200b", "\u202e", "é",
    "Published:", "KABUL", "Oct", "st", "th", "%", "$", "million", "dozens", "nor", "not", "Tajik", "Istanbul",
)  # fmt: skip
#: Seconds in which 400 pieces are read on any machine, many times over; a pattern that blows up takes minutes.
BOUND = 10.0


def texts(n: int, seed: int, pieces: int) -> list[str]:
    """Random rows of pieces; every third one repeats a few of them, which is what patterns fear."""
    rng = random.Random(seed)
    made = []
    for i in range(n):
        few = rng.sample(PIECES, 3) if i % 3 == 0 else PIECES
        made.append(rng.choice(("", " ")).join(rng.choice(few) for _ in range(pieces)))
    return made


def slowest(read: object, many: list[str]) -> tuple[float, str]:
    """The longest time one of the texts took, and the text."""
    worst = (0.0, "")
    for text in many:
        start = time.process_time()
        read(text)  # type: ignore[operator]
        worst = max(worst, (time.process_time() - start, text))
    return worst


@pytest.mark.parametrize("read", [
    parse_full_date, read_head, tokenize, lambda text: find_numbers(text, 0, len(text))],
    ids=["full date", "head", "words", "numbers"])  # fmt: skip
def test_no_pattern_of_dates_heads_and_numbers_blows_up(read: object) -> None:
    took, text = slowest(read, texts(1500, 1, 60) + texts(60, 2, 400))
    assert took < BOUND, text


def test_no_text_makes_the_whole_chain_blow_up_or_fail() -> None:
    chain = Chain()
    took, text = slowest(lambda t: chain.analyse(Document(t, name="x")), texts(60, 3, 60) + texts(12, 4, 400))
    assert took < BOUND, text


@pytest.mark.parametrize("text", ["a" * 20_000, "1" * 20_000, "1, " * 7_000, "of the " * 3_000, "(" * 20_000,
                                  "A. " * 7_000, "Jan " * 5_000, "\u200b" * 20_000,
                                  "twenty-" * 3_000, "\n" * 20_000])  # fmt: skip
def test_one_sign_over_and_over_is_read_in_time(text: str) -> None:
    took, _ = slowest(lambda t: (read_head(t), tokenize(t), find_numbers(t, 0, len(t)), parse_full_date(t)), [text])
    assert took < BOUND


def test_no_cell_of_a_table_is_a_formula(tmp_path: Path) -> None:
    with Store(tmp_path / "s.sqlite") as store:
        fill(store, FORMULAS)
    for name in ("out.csv", "out.xlsx"):
        assert export(["export", "--store", str(tmp_path / "s.sqlite"), str(tmp_path / name)]) == 0
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [c for c in cells if c.lstrip()[:1] in "=+@＝＋＠" and c.strip()]
    assert not [c for c in cells if c[:1] == "-" and not c[1:].replace(".", "").isdigit()]
    words = set()
    for sheet in openpyxl.load_workbook(tmp_path / "out.xlsx"):  # a cell that is typed as text is never run
        for row in sheet.iter_rows():
            assert not [c.coordinate for c in row if c.data_type == "f" or c.hyperlink]
            words |= {c.value for c in row if c.data_type == "s"}
    assert FORMULAS[0] in words
