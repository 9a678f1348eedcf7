"""Data flows extract → geodata → dashboard: imports only point back, and each tool stays in its place."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("extract", "geodata", "dashboard")
#: Layers that a layer may import, besides itself.
MAY_IMPORT = {"extract": set(), "geodata": {"extract"}, "dashboard": {"extract", "geodata"}}
STREAMLIT_AT_HOME = re.compile(r"dashboard/(?:app|widgets)\.py|dashboard/screens/\w+\.py")
FOLIUM_AT_HOME = re.compile(r"dashboard/\w*(?:map|layer|mark|leg|legend|choropleth|base|arc)\w*\.py")
SQL = re.compile(
    r"^\s*(?:SELECT\s.+\sFROM|INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|"
    r"CREATE\s+(?:TABLE|INDEX|VIEW)|ALTER\s+TABLE|DROP\s+TABLE|PRAGMA\s)",
    re.I | re.S,
)
#: What talks to a database lives in the store, in the tables it describes and in the steps between their forms.
STORE_AT_HOME = re.compile(r"geodata/(?:store\w*|tables|migrations/.+)\.py")


def sources(*layers: str) -> list[Path]:
    return sorted(path for layer in layers for path in (ROOT / layer).rglob("*.py") if "node_modules" not in path.parts)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(tree: ast.AST) -> Iterator[str]:
    """Dotted names of all imports, also of those inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "." if node.level == 0 else "." * node.level + (node.module or "")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def test_there_is_something_to_walk() -> None:
    assert all(len(sources(layer)) >= 5 for layer in LAYERS)


@pytest.mark.parametrize("layer", LAYERS)
def test_imports_point_back_along_the_flow(layer: str) -> None:
    forward = [
        f"{name(path)}: {module}"
        for path in sources(layer)
        for module in imports(tree(path))
        if module.split(".")[0] in set(LAYERS) - MAY_IMPORT[layer] - {layer}
    ]
    assert not forward


@pytest.mark.parametrize("layer", LAYERS)
def test_packages_do_not_import_tests_or_tools(layer: str) -> None:
    strays = [
        f"{name(path)}: {module}"
        for path in sources(layer)
        for module in imports(tree(path))
        if module.split(".")[0] in ("tests", "benchmarks", "pytest", "hypothesis", "playwright")
    ]
    assert not strays


@pytest.mark.parametrize(
    ("package", "home"),
    [
        ("streamlit", STREAMLIT_AT_HOME),
        ("streamlit_folium", STREAMLIT_AT_HOME),
        ("folium", FOLIUM_AT_HOME),
        ("branca", FOLIUM_AT_HOME),
    ],
)
def test_screens_and_maps_are_drawn_only_where_they_belong(package: str, home: re.Pattern[str]) -> None:
    strays = [
        name(path)
        for path in sources(*LAYERS)
        if not home.fullmatch(name(path)) and package in {module.split(".")[0] for module in imports(tree(path))}
    ]
    assert not strays


def test_sql_is_written_only_in_the_store() -> None:
    strays = [
        f"{name(path)}:{node.lineno}"
        for path in sources(*LAYERS)
        if not STORE_AT_HOME.fullmatch(name(path))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value)
    ]
    assert not strays


def test_only_the_store_imports_a_database() -> None:
    strays = [
        name(path)
        for path in sources(*LAYERS)
        if not STORE_AT_HOME.fullmatch(name(path))
        and {"sqlalchemy", "sqlite3", "duckdb", "psycopg"} & {m.split(".")[0] for m in imports(tree(path))}
    ]
    assert not strays


def test_no_module_of_the_dashboard_hides_one_of_the_standard_library() -> None:
    assert not {path.stem for path in (ROOT / "dashboard").glob("*.py")} & set(sys.stdlib_module_names) - {"__init__"}


def test_every_module_says_what_it_is_for() -> None:
    assert not [name(path) for path in sources(*LAYERS) if path.stat().st_size and not ast.get_docstring(tree(path))]


def test_nothing_is_printed_outside_commands() -> None:
    """`print` is for command lines: modules with a `main`, and training scripts that are run by hand."""
    strays = []
    for path in sources(*LAYERS):
        module = tree(path)
        calls = [
            n
            for n in ast.walk(module)
            if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "print"
        ]
        has_main = any(isinstance(n, ast.FunctionDef) and n.name == "main" for n in module.body)
        is_command = has_main or "command" in path.stem
        if calls and not is_command and "training" not in path.parts:
            strays.append(f"{name(path)}:{calls[0].lineno}")
    assert not strays


def test_no_except_is_bare() -> None:
    assert not [
        f"{name(path)}:{node.lineno}"
        for path in sources(*LAYERS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]
