"""`python -m dashboard export` and `open`: parses, reads the store, writes the file; every error is one line.

Takes a command line; gives the exit status (0 done, 1 not possible, 2 wrong call).
"""

from __future__ import annotations

import argparse
import logging
import os
import subprocess
import sys
import tempfile
import webbrowser
from dataclasses import replace
from pathlib import Path
from typing import Any

from tqdm import tqdm  # type: ignore[import-untyped]

from dashboard.exports.errors import ExportError
from dashboard.exports.formats import FORMATS, export, format_of
from dashboard.exports.page import PICTURES, SIZES, Page, parse_extent
from dashboard.exports.reopen import query_of
from dashboard.exports.stamp import filters_from, stamp_of
from geodata.errors import FilterError
from geodata.filters import Filters

__all__ = ["build_parser", "main"]

_SHADES = ("events", "killed", "arrested", "people", "nothing")
_MARK_SIZES = ("same", "killed", "injured", "arrested", "people")


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(prog="python -m dashboard", description="From placed events to screens and files.")
    sub = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    text = "the view that the filters leave, as a file with its stamp"
    command = sub.add_parser("export", help=text, description=f"Write {text}.")
    known = ", ".join(FORMATS)
    command.add_argument("--format", metavar="F", help=f"one of {known}; default: by the file's ending")
    command.add_argument("--store", metavar="URL", help="path or database URL (default: as the app)")
    command.add_argument("--title", default="", help="title (default: the filters in words)")
    command.add_argument("--subtitle", default="", help="subtitle (default: what there is of which time)")
    command.add_argument("--size", default="1080p", choices=list(SIZES), help="size of a picture")
    command.add_argument("--picture", default="map", choices=PICTURES, help="what a picture shows")
    command.add_argument("--extent", metavar="W,S,E,N", help="part of the world in degrees (default: by the data)")
    command.add_argument("--dark", action="store_true", help="dark ground")
    command.add_argument("--shade-by", default="events", choices=_SHADES, help="what countries are shaded by")
    command.add_argument("--size-by", default="same", choices=_MARK_SIZES, help="what the size of marks stands for")
    command.add_argument("--template", metavar="PPTX", help="own .pptx whose looks the slides take")
    command.add_argument(
        "--changed-since",
        metavar="STATE",
        help="slides: what changed since a mark ('last briefing') or a day (YYYY-MM-DD)",
    )
    command.add_argument("--per-country", action="store_true", help="slides: one more per country")
    Filters.add_arguments(command)
    command.add_argument("out", metavar="OUT", help="file to write; - for standard output")
    command.set_defaults(run=_export)
    text = "open the app at the view that a file was exported from"
    command = sub.add_parser("open", help=text, description=f"{text[:1].upper()}{text[1:]}.")
    command.add_argument("file", metavar="FILE", help="a file that Dateline exported (CSV only with events)")
    command.add_argument("--port", type=int, default=8501, help="port of the app")
    command.add_argument("--print", dest="only_print", action="store_true", help="print the address, start nothing")
    command.set_defaults(run=_open)
    return top


def _page(args: argparse.Namespace) -> Page:
    template = None
    if args.template:
        try:
            template = Path(args.template).read_bytes()
        except OSError as err:
            raise ExportError(f"the template {args.template} cannot be read: {err.strerror}") from err
    return Page(
        title=args.title,
        subtitle=args.subtitle,
        size=args.size,
        dark=args.dark,
        picture=args.picture,
        extent=parse_extent(args.extent) if args.extent else None,
        shade_by=args.shade_by,
        size_by=args.size_by,
        per_country=args.per_country,
        template=template,
    )


def _format(args: argparse.Namespace) -> str:
    """The format asked for, else that of the file's ending."""
    name = args.format or ("deck.pdf" if args.out.endswith(".deck.pdf") else Path(args.out).suffix.lstrip("."))
    if not name:
        raise ExportError(f"give --format: one of {', '.join(FORMATS)}")
    format_of(name)
    return str(name)


def _export(args: argparse.Namespace) -> int:
    from dashboard.data import read_snapshot, store_path
    from dashboard.view import view_of

    filters, page, name = Filters.from_args(args), _page(args), _format(args)
    view = view_of(read_snapshot(args.store or store_path()), filters)
    if args.changed_since:
        page = replace(page, changed=_compared(args.store or store_path(), args.changed_since, view.base.version))
    with tqdm(total=100, unit="%", leave=False, disable=None, bar_format="{desc} {bar} {n:.0f} %") as bar:
        body = export(view, name, page, lambda share, text: _advance(bar, share, text))
    if args.out == "-":
        sys.stdout.buffer.write(body)
    else:
        _write(Path(args.out), body)
    stamp = stamp_of(view)
    where = "standard output" if args.out == "-" else args.out
    sys.stderr.write(f"{where}: {stamp.filters} · {stamp.counts} ({len(body) / 1000:,.0f} kB)\n")
    return 0


def _compared(store: str, since: str, version: str) -> Any:
    from dashboard.comparison import compare

    found = compare(store, since, None, version)
    if isinstance(found, str):
        raise ExportError(found)
    return found


def _advance(bar: Any, share: float, text: str) -> None:
    bar.set_description_str(text, refresh=False)
    bar.update(100 * share - bar.n)


def _write(path: Path, body: bytes) -> None:
    """All or nothing: a half-written file never stands in the place of a good one."""
    if not path.parent.is_dir() or path.is_dir():
        raise ExportError(f"{path} cannot be written: {'it is a folder' if path.is_dir() else 'no such folder'}")
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def _open(args: argparse.Namespace) -> int:
    query = query_of(Path(args.file))
    filters_from(query)  # an address that the app could not read is told here
    address = f"http://localhost:{args.port}/" + (f"?{query}" if query else "")
    sys.stdout.write(address + "\n")
    if args.only_print:
        return 0
    app = Path(__file__).resolve().parent.parent / "app.py"
    options = ["--server.port", str(args.port), "--server.headless", "true"]
    with subprocess.Popen([sys.executable, "-m", "streamlit", "run", str(app), *options]) as server:
        try:
            webbrowser.open(address)
            return server.wait()
        except KeyboardInterrupt:
            server.terminate()
            return 0


def main(argv: list[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    from dashboard.errors import DashboardError

    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    args = build_parser().parse_args(argv)
    try:
        return int(args.run(args))
    except FilterError as err:
        return _ended(str(err), 2)
    except OSError as err:
        if isinstance(err, DashboardError):
            return _ended(str(err), 1)
        return _ended(f"{err.filename or 'the file'}: {err.strerror or err}", 1)
    except DashboardError as err:
        return _ended(str(err), 2 if isinstance(err, ExportError) else 1)


def _ended(line: str, status: int) -> int:
    sys.stderr.write(" ".join(line.split()) + "\n")
    return status
