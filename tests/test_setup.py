"""Set-up: what the code imports is what the requirements name, pinned and explained; make offers what it says."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OWN = {"extract", "geodata", "dashboard", "tests", "benchmarks", "docs"}
#: Pinned although nothing imports them: name → reason.
NOT_IMPORTED = {
    "lxml-html-clean": "imported by a dependency of trafilatura",
    "pyarrow": "geopandas and pandas read Parquet with it",
    "pytest": "run as a command",
    "ruff": "run as a command",
    "uv": "run as a command",
    "mypy": "run as a command",
    "psycopg": "SQLAlchemy opens PostgreSQL with it",
    "psycopg-binary": "psycopg uses it where it is there",
    "brotli": "fontTools reads and writes web fonts with it",
}
#: Imported only by scripts that are run by hand; they may use what requirements-dev.txt names.
BY_HAND = re.compile(r"(?:extract|geodata)/training/|^tests/|^benchmarks/|^docs/")
#: A package that is not imported, but whose data files are read.
DATA_OF = re.compile(r"""(?:_package|find_spec)\(["'](\w+)["']\)""")
LINE = re.compile(r"(?P<name>[A-Za-z0-9_.-]+)==(?P<version>[\w.]+)\s+#\s(?P<reason>\S.*)")


def pins(file: str) -> dict[str, tuple[str, str]]:
    found = {}
    for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            m = LINE.fullmatch(line)
            assert m, f"{file}: '{line}' is not name==version  # reason"
            found[normal(m["name"])] = (m["version"], m["reason"])
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those that are tried and may fail with an ImportError: such a package is a welcome extra."""
    for node in ast.iter_child_nodes(tree):
        caught = {n.id for h in getattr(node, "handlers", ()) for n in ast.walk(h.type or h) if isinstance(n, ast.Name)}
        if not (isinstance(node, ast.Try) and caught & {"ImportError", "ModuleNotFoundError"}):
            yield node
            yield from needed(node)


@cache
def imported() -> dict[str, set[str]]:
    """Distributions that the code imports, or whose data files it reads → files that do so."""
    owners = packages_distributions()
    found: dict[str, set[str]] = {}
    for path in (p for top in sorted(OWN) for p in (ROOT / top).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        names = set(DATA_OF.findall(text)) if path.name != "test_setup.py" else set()
        for node in needed(ast.parse(text)):
            if isinstance(node, ast.Import):
                names |= {a.name for a in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module)
        for top in {n.split(".")[0] for n in names} - OWN - set(sys.stdlib_module_names):
            for owner in owners.get(top, (top,) if top in DATA_OF.findall(text) else ()):
                found.setdefault(normal(owner), set()).add(path.relative_to(ROOT).as_posix())
    return found


def test_every_requirement_is_pinned_with_its_reason() -> None:
    assert len(pins("requirements.txt")) >= 10
    assert not set(pins("requirements.txt")) & set(pins("requirements-dev.txt"))
    for name in ("streamlit", "geopandas", "folium", "streamlit-folium", "geopy"):
        assert name in pins("requirements.txt")
    assert "pytest" in pins("requirements-dev.txt")


def test_what_the_program_imports_is_required() -> None:
    runtime = {name for name, files in imported().items() if any(not BY_HAND.search(f) for f in files)}
    assert sorted(runtime - set(pins("requirements.txt"))) == []


def test_what_tests_and_scripts_import_is_required() -> None:
    everything = set(pins("requirements.txt")) | set(pins("requirements-dev.txt"))
    assert not {name: files for name, files in imported().items() if name not in everything}


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_what_is_required_is_used(file: str) -> None:
    assert sorted(set(pins(file)) - set(imported()) - set(NOT_IMPORTED)) == []


def test_the_environment_holds_the_pinned_versions() -> None:
    wrong = []
    for name, (pinned, _) in (pins("requirements.txt") | pins("requirements-dev.txt")).items():
        try:
            if version(name) != pinned:
                wrong.append(f"{name}: {version(name)} instead of {pinned}")
        except PackageNotFoundError:
            wrong.append(f"{name}: not installed")
    assert not wrong


def test_browser_files_are_locked_without_naming_a_host() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    for name, wanted in (package.get("dependencies", {}) | package.get("devDependencies", {})).items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", wanted), f"{name} is not pinned"
        assert lock["packages"][f"node_modules/{name}"]["version"] == wanted
        assert lock["packages"][f"node_modules/{name}"]["integrity"]
    assert not [key for key, entry in lock["packages"].items() if "resolved" in entry]


def make(*args: str, **env: str) -> str:
    done = subprocess.run(
        ["make", *args],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={k: v for k, v in os.environ.items() if not k.startswith("MAKE")} | env,
    )
    return done.stdout


@pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")
def test_make_alone_tells_what_there_is() -> None:
    shown = make()
    for target in ("run", "test", "setup", "lint", "eval", "bench"):
        assert f"make {target} " in shown


@pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")
def test_run_sets_up_then_reads_articles_then_serves() -> None:
    steps = make("-n", "run")
    words = ("geodata.gazetteer_build", ".ci/first-articles", "streamlit run dashboard/app.py")
    order = [steps.index(word) for word in words]
    assert order == sorted(order)


def test_scripts_are_executable_and_stop_at_the_first_error() -> None:
    for path in (ROOT / ".ci").iterdir():
        assert os.access(path, os.X_OK), path.name
        text = path.read_text(encoding="utf-8")
        assert text.startswith("#!/usr/bin/env bash\n") and "set -euo pipefail" in text, path.name
        subprocess.run(["bash", "-n", str(path)], check=True)
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_a_python_that_is_too_old_is_refused_in_one_line(tmp_path: Path) -> None:
    old = tmp_path / "python-old"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = subprocess.run(
        [str(ROOT / ".ci" / "make-venv"), str(tmp_path / "venv")],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHON": str(old)},
        check=False,
    )
    assert done.returncode == 1 and "3.11 or later" in done.stderr and not (tmp_path / "venv").exists()


def test_the_lock_holds_every_requirement_with_its_hashes_and_names_no_host() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.findall(r"^([A-Za-z0-9_.-]+)==([\w.]+)[^\n]*((?:\n    --hash=sha256:[0-9a-f]{64}[ \\]*)+)", text, re.M)
    locked = {(normal(name), version) for name, version, _ in entries}
    wanted = {(name, version) for name, (version, _) in pins("requirements.txt").items()}
    assert wanted <= locked, "run `make lock`"
    assert len(entries) == len(re.findall(r"^[A-Za-z0-9]", text, re.M))
    assert not re.search(r"https?:|file:|--index|--find-links", text)


def test_every_package_of_the_lock_has_its_licence_on_the_page() -> None:
    from docs import licences

    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    missing = [name for name in licences.locked() if licences.licence(name) and f"| {name} |" not in page]
    assert not missing, "run python docs/licences.py"
