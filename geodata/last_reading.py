"""The report of the last reading, kept in the store's notes: who looks at the store later still sees what was refused.

Takes an open store and a `Report`; gives it back.  One report is kept, the newest.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass

from geodata.ingest import Outcome, Report
from geodata.store import Store
from geodata.store_notes import note, put_notes

__all__ = ["MOST_ROWS", "LastReading", "keep_report", "last_reading"]

_KEY = "last reading"
#: Of a longer report what was not read, what was changed and what was new is kept before what was known already.
MOST_ROWS = 5000
_FIRST = ("refused", "changed", "new", "unchanged")


@dataclass(frozen=True, slots=True)
class LastReading:
    """A report with when it ended (UTC), who read, how many articles were left out, and rows too many to be kept."""

    report: Report
    at: dt.datetime
    who: str
    left_out: int
    more: int


def keep_report(store: Store, report: Report, who: str, *, left_out: int = 0) -> None:
    """Write a report down in a transaction of its own, in place of the one before."""
    rows = report.outcomes
    if len(rows) > MOST_ROWS:
        rows = sorted(rows, key=lambda o: _FIRST.index(o.state))[:MOST_ROWS]
    value = {
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "who": who,
        "counts": [report.new, report.changed, report.unchanged],
        "claims": report.claims,
        "stopped": report.stopped,
        "left_out": left_out,
        "more": len(report.outcomes) - len(rows),
        "rows": [[o.path, o.state, o.claims, o.reason, o.dated] for o in rows],
    }
    with store.transaction():
        put_notes(store, {_KEY: json.dumps(value, ensure_ascii=False)})


def last_reading(store: Store) -> LastReading | None:
    """The report that was kept; None where there is none, or one that cannot be read."""
    try:
        value = json.loads(note(store, _KEY) or "null")
        if value is None:
            return None
        new, changed, unchanged = value["counts"]
        outcomes = [Outcome(p, state, Counter(n), why, *dated) for p, state, n, why, *dated in value["rows"]]
        report = Report(new, changed, unchanged, Counter(value["claims"]), outcomes, bool(value["stopped"]))
        at = dt.datetime.fromisoformat(value["at"])
        return LastReading(report, at, str(value["who"]), int(value["left_out"]), int(value["more"]))
    except (ValueError, KeyError, TypeError):
        return None
