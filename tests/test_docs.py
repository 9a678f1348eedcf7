"""The documents keep up with the code: every command, option, filter, column and target stands in the README."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from docs import reference
from geodata.filters import Filters
from geodata.schema import FRAMES

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "extract" / "samples" / "README.md",
    ROOT / "geodata" / "data" / "README.md",
]


def test_the_reference_is_current() -> None:
    assert reference.current(README) == README, "run python docs/reference.py"


@pytest.mark.parametrize("frame", sorted(FRAMES))
def test_every_column_is_explained(frame: str) -> None:
    section = README.split(f"### Columns of {frame}\n", 1)[1].split("\n### ", 1)[0]
    assert [name for name in FRAMES[frame] if f"| `{name}` |" not in section] == []
    assert [name for name, column in FRAMES[frame].items() if not column.meaning.strip()] == []


def test_every_filter_is_explained() -> None:
    parser = argparse.ArgumentParser(add_help=False)
    Filters.add_arguments(parser)
    options = [option for action in parser._actions for option in action.option_strings]
    assert len(options) >= 10
    assert [option for option in options if f"| `{option}` |" not in README] == []


@pytest.mark.parametrize("command", ["ingest", "toponyms", "claims", "events", "gazetteer add"])
def test_every_command_of_the_contract_is_explained(command: str) -> None:
    assert f"**`python -m geodata {command}`**" in README


def test_every_target_of_make_is_named() -> None:
    targets = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert [t for t in targets if t != "help" and not re.search(rf"make {t}\b|`{t}`", README)] == []


def test_every_setting_from_the_environment_is_named() -> None:
    found = {
        name
        for path in [
            *(ROOT / "extract").rglob("*.py"),
            *(ROOT / "geodata").rglob("*.py"),
            *(ROOT / "dashboard").rglob("*.py"),
        ]
        for name in re.findall(r"[\"'](DATELINE_[A-Z_]+)[\"']", path.read_text(encoding="utf-8"))
    }
    assert sorted(name for name in found if name not in README) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_and_pictures_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?://|#)([^)#]+)\)", path.read_text(encoding="utf-8"))
    assert [t for t in targets if not (path.parent / t).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_documents_name_no_machine(path: Path) -> None:
    assert not re.search(r"(?<![\w.])/(?:work|tmp|root|home)/", path.read_text(encoding="utf-8"))


def test_the_changelog_speaks_of_this_version() -> None:
    version = re.search(r'^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)
    assert version and f"## {version[1]}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
