"""The README's reference, made from the code: commands with their options, filters, and every column of every frame.

`python docs/reference.py` writes it between the two marks in README.md; `--check` only says whether it is current (exit
status 1 where it is not).  tests/test_docs.py runs the check.
"""
from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from geodata.schema import FRAMES, Column  # noqa: E402

__all__ = ["BEGIN", "END", "current", "main", "reference"]

README = ROOT / "README.md"
BEGIN = "<!-- reference: made by docs/reference.py, do not edit -->"
END = "<!-- end of reference -->"
Parser = argparse.ArgumentParser
_ABOUT = {"events": "One row per event: what the claims of one or more documents add up to.",
          "stops": "The places of events in order; a route has its origin, transit and destination here.",
          "claims": "What one document says of one event, with its words and the rule that read them.",
          "documents": "The articles.",
          "datasets": "Other people's datasets that were imported."}
_TYPES = {"str": "text", "float64": "number", "int64": "whole number", "Int64": "whole number", "bool": "yes or no",
          "datetime64[s]": "day"}


def _below(name: str, parser: Parser, about: str) -> Iterator[tuple[str, Parser, str]]:
    """Every command with its parser and what it is for, sub-commands after their command."""
    groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not groups:
        yield name, parser, about
    for group in groups:
        told = {action.dest: action.help or "" for action in group._choices_actions}
        for word, child in group.choices.items():
            yield from _below(f"{name} {word}", child, told.get(word, ""))


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _options(parser: Parser, before: str = "- ") -> Iterator[str]:
    filters = next((g for g in parser._action_groups if g.title == "filters"), None)
    own = {id(a) for a in filters._group_actions} if filters else set()
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction | argparse._SubParsersAction) or id(action) in own:
            continue
        value = f" {action.metavar}" if action.option_strings and action.metavar else ""
        name = ", ".join(f"`{o}{value}`" for o in action.option_strings) or f"`{action.metavar or action.dest}`"
        yield f"{before}{name}: {_cell(action.help or '')}"
    if own:
        yield "- the filters below"


def _commands() -> Iterator[str]:
    from dashboard.exports.commands import build_parser as dashboard_parser
    from geodata.__main__ import parser as geodata_parser

    for program, top in (("python -m geodata", geodata_parser()), ("python -m dashboard", dashboard_parser())):
        for name, parser, about in _below(program, top, ""):
            yield f"**`{name}`** {_cell(about)}".rstrip()
            yield ""
            yield from _options(parser)
            yield ""
        for line in _options(top, f"For all of `{program}`, before the command: "):
            yield line
            yield ""


def _filters() -> Iterator[str]:
    from geodata.filters import Filters
    parser = argparse.ArgumentParser(add_help=False)
    Filters.add_arguments(parser)
    yield "| filter | in the address | meaning |"
    yield "|---|---|---|"
    for action in parser._actions:
        key = action.option_strings[0]
        yield f"| `{key}` | `{key[2:]}` | {_cell(action.help or '')} |"


def _columns(columns: dict[str, Column]) -> Iterator[str]:
    yield "| column | type | may be empty | meaning |"
    yield "|---|---|---|---|"
    for name, column in columns.items():
        yield f"| `{name}` | {_TYPES[column.dtype]} | {'yes' if column.null else 'no'} | {_cell(column.meaning)} |"


def reference() -> str:
    """The whole section, Markdown."""
    parts = ["### Commands", *_commands(), "### Filters",
             "The same on the command line, in the sidebar and in the address of the page.", "", *_filters(), ""]
    for name, columns in FRAMES.items():
        parts += [f"### Columns of {name}", _ABOUT[name], "", *_columns(columns), ""]
    return "\n".join(parts)


def current(text: str) -> str:
    """`text` (the README) with the section as it should be.

    Raises
    ------
    ValueError : one of the two marks is missing.
    """
    if BEGIN not in text or END not in text:
        raise ValueError(f"README.md lacks the line {BEGIN if BEGIN not in text else END}")
    before, rest = text.split(BEGIN, 1)
    return f"{before}{BEGIN}\n{reference()}{END}{rest.split(END, 1)[1]}"


def main(arguments: list[str] | None = None) -> int:
    """Write the section, or with --check say whether it is current."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether it is current")
    check = parser.parse_args(arguments).check
    text = README.read_text(encoding="utf-8")
    wanted = current(text)
    if check:
        state = "current" if wanted == text else "stale: run python docs/reference.py"
        sys.stdout.write(f"README.md is {state}\n")
        return int(wanted != text)
    README.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
