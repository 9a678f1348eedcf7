#!/usr/bin/env python3
"""Check the unseen articles: check.py [FOLDER]

Every offset gives the quoted text, every field keeps to the vocabulary of the conventions, every article is in the
split once, and the gold scores 1.0 against itself.  Prints the faults; the exit code is 1 if there are any.
"""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import score_events  # noqa: E402  (beside this folder)

SUBKINDS = {
    "incident": "attack plot clash threat shipwreck drowning deaths_at_border air_strike siege arson abduction".split(),
    "arrest": "arrest raid conviction trial remand detention apprehension document_checks search entry_denial "
    "surrender sanction".split(),
    "route": "travel border_crossing irregular_migration labour_migration smuggling sea_crossing arrivals interception "
    "deportation extradition repatriation return transfer displacement evacuation conscription recruitment "
    "network financing".split(),
}
PRECISIONS = {"day", "month", "season", "half", "year", "unknown"}
ROLES = {"incident": {"location"}, "arrest": {"location"}, "route": {"origin", "transit", "destination"}}
PLACE_PRECISIONS = {"site", "city", "admin1", "country", "region", "water"}
TOPONYM_KINDS = {"site", "city", "admin1", "admin2", "country", "region", "continent", "water"}
COUNTS = set(
    "killed injured arrested people returned missing rescued abducted households attacks searches operations "
    "plots".split()
)
CERTAINTIES = {"reported", "alleged", "foiled", "hypothetical"}
WHY = {"organisation", "metonym", "attributive", "event_name", "topic"}
FORBID = {"record", "record unless hypothetical", "place", "count", "date", "kind"}


def quoted(row, text, key):
    """Faults of one span: the text at its offsets is what the row quotes."""
    here = text[row["start"] : row["end"]]
    return (
        [] if here == row[key] and here.strip() == here else [f"{row['start']}-{row['end']} {row[key]!r} is {here!r}"]
    )


def placed(row):
    """Faults of a position and a country code."""
    faults = []
    if not (-90 <= row["lat"] <= 90 and -180 <= row["lon"] <= 180):
        faults.append(f"position {row}")
    if row["country"] is not None and not (len(row["country"]) == 3 and row["country"].isupper()):
        faults.append(f"country {row}")
    return faults


def in_words(value, words, what):
    return [] if value in words else [f"{what} {value!r}"]


def check_date(when):
    """Faults of a date: ISO days, in order, of a known precision."""
    faults = in_words(when["precision"], PRECISIONS, "date precision")
    start, end = (date.fromisoformat(when[k]) if when[k] else None for k in ("start", "end"))
    if start and end and start > end:
        faults.append(f"date ends before it starts {when}")
    if when["precision"] != "unknown" and not (start and end):
        faults.append(f"date without a day {when}")
    if when["precision"] == "day" and start and end and (end - start).days > 10:
        faults.append(f"day precision over {(end - start).days} days {when}")
    return faults


def check_event(event, text, ids):
    """Faults of one record."""
    faults = quoted(event, text, "quote") + in_words(event["kind"], SUBKINDS, "kind") + check_date(event["date"])
    faults += in_words(event["subkind"], SUBKINDS[event["kind"]], "subkind")
    faults += in_words(event["certainty"], CERTAINTIES, "certainty")
    for kind in event["kind_alt"]:
        faults += in_words(kind, set(SUBKINDS) - {event["kind"]}, "kind_alt")
    for start, end in event["also"]:
        if not 0 <= start < end <= len(text):
            faults.append(f"also {start}-{end}")
    for place in event["places"]:
        faults += quoted(place, text, "mention") + placed(place) + in_words(place["role"], ROLES[event["kind"]], "role")
        faults += in_words(place["precision"], PLACE_PRECISIONS, "place precision")
    for key, count in event["counts"].items():
        faults += in_words(key, COUNTS, "count")
        if count["high"] is not None and count["low"] > count["high"]:
            faults.append(f"count {count}")
    for nation in event["nationalities"]:
        if not (len(nation) == 3 and nation.isupper()):
            faults.append(f"nationality {nation}")
    if event["part_of"] and event["part_of"] not in ids:
        faults.append(f"part_of {event['part_of']}")
    if not event["optional"] and not event["places"]:
        faults.append("core record without a place")
    return faults


def check_document(name, gold, text):
    """Faults of one article, each with where it is."""
    ids = [event["id"] for event in gold["events"]]
    faults = ["ids are not unique"] if len(ids) != len(set(ids)) else []
    faults += [f"{e['id']}: {fault}" for e in gold["events"] for fault in check_event(e, text, ids)]
    for row in gold["negatives"]:
        what, _, value = row["forbid"].partition(":")
        faults += quoted(row, text, "quote") + in_words(what, FORBID, "forbid")
        if (what in ("place", "count", "date", "kind")) != bool(value):
            faults.append(f"forbid {row['forbid']!r}")
    last = 0
    for row in gold["toponyms"]:
        faults += quoted(row, text, "text") + placed(row) + in_words(row["kind"], TOPONYM_KINDS, "toponym kind")
        if row["literal"] == ("why" in row) or row.get("why", "topic") not in WHY:
            faults.append(f"literal/why {row}")
        if row["start"] < last:
            faults.append(f"toponyms overlap at {row['start']}")
        last = row["end"]
    return [f"{name}: {fault}" for fault in faults]


def check_folder(folder):
    """All faults of a folder of articles/, gold/ and split.json."""
    articles = {p.stem: p.read_bytes().decode("utf-8") for p in sorted((folder / "articles").glob("*.txt"))}
    golds = {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in sorted((folder / "gold").glob("*.json"))}
    split = json.loads((folder / "split.json").read_text(encoding="utf-8"))
    faults = [] if set(articles) == set(golds) else [f"without its pair: {set(articles) ^ set(golds)}"]
    if sorted(name for part in split.values() for name in part) != sorted(articles):
        faults.append("split.json does not hold every article once")
    for name in sorted(set(articles) & set(golds)):
        faults += check_document(name, golds[name], articles[name])
    golds = score_events.load_gold(folder / "gold")
    figures, _ = score_events.report(golds, [g for g in golds if not g.optional])
    for part in ("usable", "detection"):
        if figures[part]["overall"]["f1"] != 1.0:
            faults.append(f"gold against itself: {part} {figures[part]['overall']}")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=HERE)
    faults = check_folder(parser.parse_args().folder)
    print("\n".join(faults) or "no faults")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
