"""Playback as a moving picture: its steps, what appears when, one window throughout, the stamp inside."""

from __future__ import annotations

import datetime as dt
import io

import numpy as np
import pandas as pd
import pytest
from PIL import Image, ImageChops, ImageSequence

from dashboard.exports import Page, export
from dashboard.exports.animation import MOST_STEPS, steps_of
from tests.exported import nothing, only


def days(*texts: str) -> pd.Series:
    return pd.Series(pd.to_datetime(list(texts)))


@pytest.mark.parametrize(
    ("starts", "asked", "first", "last", "n"),
    [
        (days("2024-03-01", "2024-03-10"), (None, None), "2024-03-01", "2024-03-10", 10),
        (days("2024-01-05", "2024-06-30"), (None, None), "2024-01", "2024-06", 6),
        (days("2024-01-05", "2024-06-30"), (dt.date(2024, 3, 1), None), "2024-03", "2024-06", 4),
        (days("2024-01-05", "2024-06-30"), (None, dt.date(2024, 4, 30)), "2024-01", "2024-04", 4),
        (days("1960-01-01", "2024-06-30"), (None, None), "1989", "2024", MOST_STEPS),
    ],
)
def test_steps_are_as_fine_as_their_number_allows(
    starts: pd.Series, asked: tuple[dt.date | None, dt.date | None], first: str, last: str, n: int
) -> None:
    steps = steps_of(starts, asked)
    assert (str(steps[0]), str(steps[-1]), len(steps)) == (first, last, n)


def test_one_span_that_began_long_ago_does_not_make_every_step_a_year() -> None:
    starts = days("2009-01-01", *[f"2024-{m:02}-15" for m in range(1, 11)] * 2)
    assert str(steps_of(starts)[0]) == "2024-01"


def test_events_appear_one_after_the_other_and_nothing_else_moves() -> None:
    body = export(only("e01", "e02", "e10"), "gif", Page(size="720p"))
    frames = [f.convert("RGB") for f in ImageSequence.Iterator(Image.open(io.BytesIO(body)))]
    assert len(frames) > 1 and {f.size for f in frames} == {(1280, 720)}
    moved = np.asarray(ImageChops.difference(frames[0], frames[-1])).max(axis=(1, 2)) > 60
    assert moved.any()
    assert not moved[:70].any()  # title and subtitle stand still


def test_the_same_playback_twice_gives_the_same_bytes_and_says_how_far_it_is() -> None:
    said: list[str] = []
    view = only("e01", "e02")
    first = export(view, "gif", Page(size="720p"), lambda share, text: said.append(f"{share:.2f} {text}"))
    assert first == export(view, "gif", Page(size="720p"))
    assert said[-1].startswith("1.00 Step ") and len(said) == int(said[-1].split()[-1])


def test_without_a_date_it_is_one_still_picture() -> None:
    for view in (nothing(), only("e08")):
        assert Image.open(io.BytesIO(export(view, "gif", Page(size="720p")))).n_frames == 1
