"""docs/structure.md, made from the code: every module with the first sentence of its docstring, in the order of the flow.

`python docs/structure.py` writes it.  tests/test_docs.py runs the check.  The groups below say what belongs together;
a module that no group names stands under "further" until somebody gives it a place.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(__file__).with_name("structure.md")
__all__ = ["TARGET", "main", "structure"]

#: folder -> (heading, patterns of module names), in the order of the flow; the first pattern that fits takes a module
GROUPS: dict[str, list[tuple[str, str]]] = {
    "extract": [
        ("Files to documents", "reading decoding manifest fetch text html pages pdf_worker layout"),
        ("What an article says of itself", "head* print_dates foreign_months language*"),
        ("Names of places", "mention*"),
        ("Dates", "date* dates"),
        ("Numbers and people", "numbers quantities shares compared"),
        ("Triggers to claims", "pipeline claims frames binding attach where whereabouts context view state draft* event_claims repeats"),
        ("Journeys", "route* journey"),
        ("Vocabulary, columns, errors, why", "lexicon schema errors explain*"),
    ],
    "extract/forms": [("One module per form of file", "*")],
    "geodata": [
        ("The way in", "__init__ __main__ *commands* notebook"),
        ("Names to places", "gazetteer* candidates ranker models analysis resolve context_places lone reasons entities peoples toponyms geocoder online"),
        ("Shapes, countries, lines", "shapes* join lines names regions"),
        ("Articles and datasets into the store", "chain ingest parallel watch known reader_version last_reading importing rows outlets*"),
        ("Claims to events", "told merge* prints sources parts summary remerge"),
        ("What people decide", "review* effects anchors hand overrides"),
        ("The store", "store* tables snapshot*"),
        ("Frames out", "schema frames countings totals coverage"),
        ("Filters and questions", "filter* ask"),
        ("States, changes, care", "states changes check forget errors projects* settings*"),
        ("Against another dataset", "compare*"),
    ],
    "geodata/importers": [("One module per dataset", "*")],
    "dashboard": [
        ("The app", "app __main__ data state view errors auth* roles*"),
        ("Words and numbers", "wording summaries tables crosstab coverage_strip charts"),
        ("The map", "map_* base_map marks marked legs arcs flows nations choropleth focus offline typeface"),
        ("Documents and details", "detail documents differ selected"),
        ("Review, changes, comparison, adding", "review* place_choices changed compared comparison adding jobs"),
        ("Streamlit pieces", "widgets"),
    ],
    "dashboard/screens": [("One short script per screen, and the pieces they share", "*")],
    "dashboard/exports": [
        ("The way in", "formats commands page progress errors reopen stamp views"),
        ("Pictures", "pictures sheet headline window ground events_drawn country_flows crowd labels inset legend signs style charts_drawn animation"),
        ("Slides", "story deck_*"),
        ("One file, and data", "one_file packed rows sheets geofiles"),
    ],
}


def _first_sentence(path: Path) -> str:
    told = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").strip().split("\n\n")[0]
    return " ".join(told.split()).replace("|", "\\|")


def _grouped(folder: str) -> Iterator[tuple[str, list[Path]]]:
    left = sorted(p for p in (ROOT / folder).glob("*.py") if p.name != "__init__.py" or p.stat().st_size > 200)
    for heading, patterns in GROUPS[folder]:
        taken = [p for p in left if any(fnmatchcase(p.stem, pattern) for pattern in patterns.split())]
        left = [p for p in left if p not in taken]
        yield heading, taken
    yield "further", left


def structure() -> str:
    """The whole page."""
    parts = [
        "# Where things are",
        "Data flows one way: `extract/` makes rows of text, `geodata/` places, merges and keeps them, `dashboard/` shows and"
        " exports them. Imports point back along the flow only (tests/test_layers.py).  Made by docs/structure.py.",
    ]
    for folder in GROUPS:
        parts.append(f"## {folder}/")
        for heading, modules in _grouped(folder):
            if modules:
                rows = [f"| `{p.stem}` | {_first_sentence(p)} |" for p in modules]
                parts.append(f"### {heading}\n\n| module | what it is |\n|---|---|\n" + "\n".join(rows))
    return "\n\n".join(parts) + "\n"


def main() -> int:
    """Write the page."""
    TARGET.write_text(structure(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
