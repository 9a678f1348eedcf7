"""`python -m geodata COMMAND`: ingest, toponyms, claims, explain, events, gazetteer add.

Parses the command line and turns every error into one line on standard error and an exit status (1: nothing done or not
possible, 2: wrong call).  The work is in `commands`.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys

from extract.errors import ExtractError
from geodata import commands, commands_datasets, commands_store, review_commands
from geodata.errors import FilterError, GeodataError
from geodata.filters import Filters
from geodata.store import DEFAULT_PATH

__all__ = ["main", "parser"]

_INPUT = (
    "files (.txt .html .mhtml .pdf .docx .eml .csv .jsonl .rss .zip) or folders of articles; a documents.csv in a"
    " folder gives what they do not say themselves; with DATELINE_FETCH=on also addresses (https://…)"
)
_JSONL = 'a file with one {"id", "text", "published"?, "title"?, "url"?} a line'


def _reads(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="*", metavar="PATH", help=_INPUT)
    command.add_argument("--jsonl", action="append", metavar="FILE", help=_JSONL)


def _stores(command: argparse.ArgumentParser) -> None:
    said = f"path or database URL (default: environment variable DATELINE_STORE, else {DEFAULT_PATH})"
    command.add_argument("--store", metavar="URL", help=said)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"a number of processes from 1 to 256, not {text!r}")
    return int(text)


def _dataset(command: argparse.ArgumentParser) -> None:
    said = "which dataset it is: acled, ged, gtd, gdelt, iom or csv (default: told from its columns)"
    command.add_argument("--as", dest="as_", metavar="NAME", help=said)
    command.add_argument("--map", metavar="FILE", help="of any other table: which column is what (TOML)")


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(prog="python -m geodata", description="From articles to placed, merged events.")
    top.add_argument("--debug", action="store_true", help="show where an error came from")
    sub = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    command = sub.add_parser("ingest", help="read articles into the store")
    _reads(command)
    _stores(command)
    command.add_argument("--quiet", action="store_true", help="no progress bar")
    command.add_argument("--report", metavar="FILE", help="write what became of each file as a CSV table")
    many = command.add_mutually_exclusive_group()
    many.add_argument("--workers", type=_count, metavar="N", help="read with N processes of this machine")
    many.add_argument("--scheduler", metavar="URL", help="read with the workers of a Dask scheduler, tcp://host:8786")
    command.set_defaults(run=commands.ingest)

    command = sub.add_parser("watch", help="read what arrives in a folder, once and only once, until Ctrl-C")
    command.add_argument("folder", metavar="FOLDER", help="the folder; those below it are watched too")
    _stores(command)
    command.set_defaults(run=commands.watch)

    command = sub.add_parser("document", help="show a document of the store, or correct what is known of it")
    command.add_argument("document", metavar="ID", help="its id, the beginning of one, or its name")
    for name, said in (("title", "title"), ("publisher", "publisher"), ("published", "day of issue, YYYY-MM-DD")):
        command.add_argument(f"--{name}", metavar="TEXT", help=f"{said}; '' where it is not known")
    command.add_argument("--url", metavar="URL", help="address; '' where it is not known")
    command.add_argument("--who", metavar="NAME", help="who corrects it (default: the name of the user)")
    _stores(command)
    command.set_defaults(run=commands.document)

    command = sub.add_parser("toponyms", help="place names found and placed, a JSON line per document")
    _reads(command)
    said = "an installed spaCy pipeline (name or folder) whose entities join the evidence, such as en_core_web_trf"
    command.add_argument("--spacy", metavar="PIPELINE", help=said)
    command.set_defaults(run=commands.toponyms)

    command = sub.add_parser(
        "claims", help="incidents, arrests and routes as each document tells them, a JSON line each"
    )
    _reads(command)
    command.set_defaults(run=commands.claims)

    said = "each sentence with what was found in it and why, for whoever improves the rules"
    command = sub.add_parser("explain", help=said)
    _reads(command)
    command.set_defaults(run=commands.explain)

    command = sub.add_parser("events", help="merged events of a store with their claims, a JSON line each")
    _stores(command)
    Filters.add_arguments(command)
    command.set_defaults(run=commands.events)

    command = sub.add_parser("import", help="read another project's dataset into the store, beside what articles say")
    command.add_argument(
        "file", metavar="FILE", help="ACLED, UCDP GED, GTD, GDELT 2.0, IOM Missing Migrants, or a table"
    )
    _dataset(command)
    _stores(command)
    command.add_argument("--quiet", action="store_true", help="no progress bar")
    command.set_defaults(run=commands_datasets.import_)

    command = sub.add_parser("datasets", help="the datasets of a store: rows, when they were imported, whose they are")
    _stores(command)
    command.set_defaults(run=commands_datasets.datasets)

    command = sub.add_parser("compare", help="our events beside a dataset: what both have, only we, only they")
    command.add_argument(
        "--with",
        dest="reference",
        required=True,
        metavar="FILE",
        help="an ACLED, GED, GTD … file, or the name of an imported dataset",
    )
    _dataset(command)
    _stores(command)
    command.add_argument("--out", metavar="CSV", help="write every pair and what only one side has, with the reason")
    Filters.add_arguments(command)
    command.set_defaults(run=commands_datasets.compare)

    review_commands.add_to(sub, _stores)

    command = sub.add_parser("backup", help="copy a store into a file, while it is in use; PostgreSQL as well")
    command.add_argument("file", metavar="FILE", help="the new file: a store of its own, in SQLite")
    _stores(command)
    command.set_defaults(run=commands_store.backup_command)

    command = sub.add_parser("restore", help="put a backup, or any store in SQLite, in the place of a store's content")
    command.add_argument("file", metavar="FILE", help="the backup")
    _stores(command)
    command.add_argument("--replace", action="store_true", help="although the store holds documents; they are copied")
    command.set_defaults(run=commands_store.restore_command)

    command = sub.add_parser("gazetteer", help="add own places to the gazetteer")
    actions = command.add_subparsers(dest="action", required=True, metavar="ACTION")
    command = actions.add_parser(
        "add", help="add the places of a file (GeoNames dump, or CSV name,lat,lon,country,kind)"
    )
    command.add_argument("file", metavar="FILE", help="a GeoNames dump (.txt, .zip) or a CSV file")
    command.set_defaults(run=commands.gazetteer_add)
    return top


def main(argv: list[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    top = parser()
    args = top.parse_args(argv)
    if hasattr(args, "paths") and not args.paths and not args.jsonl:
        top.error(f"{args.command}: give a file, a folder or --jsonl FILE")
    logging.basicConfig(level=logging.DEBUG if args.debug else logging.ERROR, format="%(message)s")
    try:
        return int(args.run(args))
    except BrokenPipeError:
        # Whoever read our lines has seen enough; what is left in the buffer must not raise at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _ended("stopped; what was read until now is kept", 130)
    except FilterError as err:
        return _ended(str(err), 2, args.debug)
    except (GeodataError, ExtractError, OSError) as err:
        return _ended(str(err), 1, args.debug)


def _ended(line: str, status: int, debug: bool = False) -> int:
    if debug:
        logging.getLogger(__name__).debug(line, exc_info=True)
    sys.stderr.write(" ".join(line.split()) + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
