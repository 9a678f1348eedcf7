"""Commands on what people decided and on what changed: reviews, decide, mark, changes, check, forget.

Each takes parsed arguments and gives the exit status, like those in `commands`; `add_to` adds them to the command line.
"""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from geodata.changes import changes as changed
from geodata.check import check_store
from geodata.forget import forget_document
from geodata.review_log import export_csv, import_csv, log_frame, orphans
from geodata.reviews import ACTIONS, Decision, decide, undo
from geodata.states import kept_at, mark, state_at, states
from geodata.store import Store

__all__ = ["add_to"]

_CHANGE_WORDS = ("event_id", "change", "title", "what", "old", "new", "kind", "place", "lat", "lon", "into")


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


def _lines(frame: pd.DataFrame) -> None:
    """Rows as JSON lines; what is not known is null."""
    for row in frame.astype(object).where(frame.notna(), None).to_dict("records"):
        sys.stdout.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def reviews(args: argparse.Namespace) -> int:
    """The log of decisions: listed, written to a CSV file, or taken in from one."""
    with Store(args.store, create=False) as store:
        if args.export:
            rows = export_csv(store, Path(args.export))
            _say(f"{rows} decision{'s' * (rows != 1)} written to {args.export}")
        elif args.take_in:
            report = import_csv(store, Path(args.take_in))
            for line in report.lines():
                _say(line)
            return 0 if report.new or report.known else 1
        elif args.orphans:
            _lines(orphans(store))
        else:
            _lines(log_frame(store))
    return 0


def _value(text: str | None) -> Any:
    """JSON where it is JSON, else the text itself: --new 12, --new '{"low": 3, …}', --new alleged."""
    try:
        return None if text is None else json.loads(text)
    except ValueError:
        return text


def decide_one(args: argparse.Namespace) -> int:
    """One decision from the command line."""
    who = args.who or getpass.getuser()
    with Store(args.store, create=False) as store:
        if args.action == "undo":
            if not args.target.isdecimal():
                _say(f"undo: give the number of the decision (seq in `reviews --list`), not '{args.target}'")
                return 2
            outcome = undo(store, int(args.target), who=who, note=args.note)
        else:
            kind = "claim" if ":" in args.target else "event"
            new = args.other if args.action in ("merge", "split") else _value(args.new)
            wanted = Decision(who, args.action, kind, args.target, field=args.field, new=new, note=args.note)
            outcome = decide(store, wanted)
    _say(f"decision {outcome.seq}: {args.action} {args.target} by {who}")
    return 0


def mark_state(args: argparse.Namespace) -> int:
    """Keep the present state under a name."""
    with Store(args.store, create=False) as store:
        kept = mark(store, args.name)
    _say(f"kept the state of {kept.n_events} events as '{kept.name}' ({kept.at})")
    return 0


def show_changes(args: argparse.Namespace) -> int:
    """What changed between two states, a JSON line each; the states are told on standard error."""
    with Store(args.store, create=False) as store:
        if args.since is None:
            _lines(pd.DataFrame([{"at": k.at, "name": k.name, "events": k.n_events} for k in states(store)]))
            return 0
        ends = [kept_at(store, ref) for ref in (args.since, args.until)]
        found = changed(state_at(store, args.since), state_at(store, args.until))
    told = ["now" if k is None else f"{k.at}{f' ({k.name})' * bool(k.name)}" for k in ends]
    counts = found["change"].value_counts()
    said = ", ".join(f"{n} {c}" for c, n in counts.items()) or "nothing changed"
    _say(f"from {told[0]} to {told[1]}: {said}")
    _lines(found[list(_CHANGE_WORDS)])
    return 0


def check(args: argparse.Namespace) -> int:
    """Whether the store holds what it should; a line per fault."""
    with Store(args.store, create=False) as store:
        report = check_store(store)
    for line in report.lines():
        _say(line)
    return 1 if report.faults else 0


def forget(args: argparse.Namespace) -> int:
    """A document out of the store, with everything derived from it."""
    with Store(args.store, create=False) as store:
        gone = forget_document(store, args.document)
    _say(str(gone))
    return 0


def add_to(sub: Any, stores: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add these commands to the sub-commands of a parser; `stores` adds the option --store."""
    command = sub.add_parser("reviews", help="the log of what people decided: list, export, import")
    ways = command.add_mutually_exclusive_group()
    ways.add_argument("--list", action="store_true", help="print it, a JSON line each (the default)")
    ways.add_argument("--export", metavar="FILE", help="write it as a CSV table")
    ways.add_argument("--import", dest="take_in", metavar="FILE", help="take in decisions from such a table")
    said = "decisions whose claims are not found any more, a JSON line each"
    ways.add_argument("--orphans", action="store_true", help=said)
    stores(command)
    command.set_defaults(run=reviews)

    command = sub.add_parser("decide", help="decide on a claim or event: " + ", ".join(ACTIONS))
    command.add_argument("action", choices=ACTIONS, metavar="ACTION", help="what to do")
    said = "a claim's or event's id; of undo the number of the decision"
    command.add_argument("target", metavar="ID", help=said)
    said = "of merge: the other events; of split: the claims that leave"
    command.add_argument("other", nargs="*", metavar="OTHER", help=said)
    command.add_argument("--field", metavar="NAME", help="of edit: date, place, counts.killed, nationalities …")
    command.add_argument("--new", metavar="VALUE", help="of edit: the value, as text or JSON; null = not known")
    command.add_argument("--note", metavar="TEXT", default="", help="why")
    command.add_argument("--who", metavar="NAME", help="who decides (default: the name of the user)")
    stores(command)
    command.set_defaults(run=decide_one)

    command = sub.add_parser("mark", help="keep the present state under a name, to see later what changed since")
    command.add_argument("name", metavar="NAME", help="such as 'last briefing'")
    stores(command)
    command.set_defaults(run=mark_state)

    said = (
        "what is new, revised, merged, withdrawn or moved, a JSON line each; without --since the states that are kept"
    )
    command = sub.add_parser("changes", help=said)
    said = "a day (its beginning) or the name of a mark"
    command.add_argument("--since", metavar="DATE|MARK", help=said)
    command.add_argument("--until", metavar="DATE|MARK", help="likewise (default: now)")
    stores(command)
    command.set_defaults(run=show_changes)

    said = "whether texts still have the hash they had when read, and every reference leads somewhere"
    command = sub.add_parser("check", help=said)
    stores(command)
    command.set_defaults(run=check)

    command = sub.add_parser("forget", help="delete a document with everything derived from it; events are put right")
    command.add_argument("document", metavar="DOC", help="its id, the beginning of one, or its name")
    stores(command)
    command.set_defaults(run=forget)
