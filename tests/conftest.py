"""What holds for every test."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _own_main() -> Iterator[None]:
    """AppTest leaves the app's script as `__main__`, and a process started later would run it; put the own one back."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
