"""The store as four frames, exactly as geodata/schema.py describes them: what the dashboard and exports read.

Takes an open store; gives a `Snapshot`.  One query per table, no work per row where pandas can do it; a large store is
read so once per state of it, and then from its `snapshot_file`.  EVENTS has two more columns that filters use:
`publishers` (of all its documents, joined by '|') and `search` (all that is said of it); CLAIMS has one more, `said`:
the payload with the values that a person corrected ('' where none was); DOCUMENTS one, `outlets`: who else printed the
very same text (a JSON list of publisher, url, published, path, name, seen; or '').
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import pandas as pd

from geodata import snapshot_file
from geodata.effects import edited_payload, effects_of
from geodata.errors import SchemaError
from geodata.outlets import all_outlets
from geodata.parts import parts_across
from geodata.remerge import decided
from geodata.rows import claim_columns
from geodata.schema import FRAMES, Column, empty
from geodata.store import Store
from geodata.store_datasets import dataset_frame
from geodata.store_reviews import anchors_of, reviews_by_seq

__all__ = ["Snapshot", "check", "load_snapshot"]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The state of a store at one moment; `version` rises with every change, so it is a key for caches."""

    events: pd.DataFrame
    stops: pd.DataFrame
    claims: pd.DataFrame
    documents: pd.DataFrame
    version: str
    datasets: pd.DataFrame = field(default_factory=lambda: empty("datasets"))


def check(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """The frame itself, if it has the columns, dtypes and nulls of geodata/schema.py; further columns are allowed.

    Raises
    ------
    SchemaError : a column is missing, of another dtype, or null where it may not be (all of them named).
    """
    wrong = []
    for column, spec in FRAMES[name].items():
        if column not in frame.columns:
            wrong.append(f"{column} is missing")
        elif frame[column].dtype != pd.Series([], dtype=spec.dtype).dtype:
            wrong.append(f"{column} is {frame[column].dtype}, not {spec.dtype}")
        elif not spec.null and frame[column].isna().any():
            wrong.append(f"{column} is null in {int(frame[column].isna().sum())} rows")
    if wrong:
        raise SchemaError(f"{name}: {'; '.join(wrong)}")
    return frame


def _typed(values: pd.Series, spec: Column) -> pd.Series:
    if spec.dtype.startswith("datetime"):
        return pd.to_datetime(values, format="ISO8601").astype(spec.dtype)
    if spec.dtype == "str":
        return values.astype(object).where(values.notna(), None).astype("str")
    if spec.dtype == "Int64":
        return pd.to_numeric(values).astype("Int64")
    return values.astype(spec.dtype)


def _shaped(raw: pd.DataFrame, name: str, extra: tuple[str, ...] = ()) -> pd.DataFrame:
    """The columns of the schema in its order and dtypes, then `extra` as text."""
    if raw.empty:
        return empty(name).assign(**{c: pd.Series([], dtype="str") for c in extra})
    out = {c: _typed(raw[c], spec) for c, spec in FRAMES[name].items()}
    return check(pd.DataFrame(out | {c: raw[c].astype("str") for c in extra}), name)


def _joined(frame: pd.DataFrame, column: str, by: str, separator: str) -> pd.Series:
    known = frame[frame[column].notna() & (frame[column] != "")].drop_duplicates([by, column])
    texts: dict[str, list[str]] = {}
    for key, text in zip(known[by], known[column], strict=True):
        texts.setdefault(key, []).append(text)
    return pd.Series({key: separator.join(some) for key, some in texts.items()}, dtype="str")


def _said(ids: pd.Series, told: pd.DataFrame, column: str, separator: str) -> pd.Series:
    """What the claims of each event say in one column, joined; '' where they say nothing."""
    return ids.map(_joined(told, column, "event_id", separator)).astype("str").fillna("")


def _claims(store: Store) -> pd.DataFrame:
    """Claims with their event and what was decided on them; the rejected ones have no event ('')."""
    raw = store.frame("claims").merge(store.frame("event_claims"), on="claim_id", how="left", validate="1:1")
    effects = effects_of(decided(reviews_by_seq(store), anchors_of(store)))
    raw["rejected"] = raw["claim_id"].isin(effects.rejected)
    raw = raw[raw["event_id"].notna() | raw["rejected"]].fillna({"event_id": "", "reason": "", "source": 0})
    raw["edited"], raw["said"] = "", ""
    for row in raw.index[raw["claim_id"].isin(set(effects.edits))]:
        edits = effects.edits[raw.at[row, "claim_id"]]
        said = edited_payload(json.loads(raw.at[row, "payload"]), edits)
        marks = {"edited": "|".join(edits), "said": json.dumps(said, ensure_ascii=False)}
        for column, value in (claim_columns(said) | marks).items():
            raw.at[row, column] = value
    return raw.sort_values(["doc_id", "seq"], kind="stable").reset_index(drop=True)


def _documents(store: Store) -> pd.DataFrame:
    """Documents with their further outlets as a JSON list, '' where there is none."""
    outlets = {d: json.dumps(o, ensure_ascii=False) for d, o in all_outlets(store).items()}
    raw = store.frame("documents")
    return raw.assign(outlets=[outlets.get(d, "") for d in raw["doc_id"]])


def _wholes(claims: pd.DataFrame) -> pd.Series:
    """event_id -> event_id of the whole it is a part of; an event is no part of itself."""
    parts = claims[claims["part_of"].notna()]
    of = claims.set_index("claim_id")["event_id"]
    whole = pd.Series(parts["part_of"].map(of).to_numpy(), index=parts["event_id"].to_numpy(), dtype=object)
    whole = whole[whole.notna() & (whole != "") & (whole.index != "") & (whole != whole.index)]
    return whole[~whole.index.duplicated()]


def _also(outlets: str) -> list[str]:
    return [o["publisher"] for o in json.loads(outlets or "[]")]


def _events(store: Store, claims: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    raw = store.frame("events")
    if raw.empty:
        return _shaped(raw, "events", ("publishers", "search"))
    told = claims.assign(publisher=claims["doc_id"].map(documents.set_index("doc_id")["publisher"]))
    said = _wholes(claims).to_dict()
    raw["part_of"] = raw["event_id"].map(said)
    raw["part_of"] = raw["event_id"].map(parts_across(raw) | said)
    also = documents.set_index("doc_id")["outlets"].map(_also)
    printed = pd.concat([told, told.assign(publisher=told["doc_id"].map(also)).explode("publisher")])
    raw["publishers"] = _said(raw["event_id"], printed, "publisher", "|")
    raw["search"] = _said(raw["event_id"], told, "quote", " ") + " " + _said(raw["event_id"], told, "place", " ")
    raw = raw.sort_values(["date_start", "date_end", "event_id"], na_position="last", kind="stable")
    return _shaped(raw.reset_index(drop=True), "events", ("publishers", "search"))


def load_snapshot(store: Store) -> Snapshot:
    """Everything the screens show, read in one consistent state of the store.

    Returns
    -------
    Snapshot of EVENTS (by date, undated last), STOPS (by event and order), CLAIMS and DOCUMENTS (by document), and
    DATASETS.

    Raises
    ------
    StoreError : the store cannot be read.   SchemaError : it holds what the schema does not allow.
    """
    own = store.idle  # inside a transaction, what is read may never come to be
    with store.reading():
        version, datasets = str(store.data_version), _shaped(dataset_frame(store), "datasets")
        key = snapshot_file.key_of(store)
        frames = _kept(store) if own else None
        known = frames is not None
        frames = frames or _read(store)
    if own and not known:
        snapshot_file.keep(store, frames, key)
    return Snapshot(**frames, version=version, datasets=datasets)


def _kept(store: Store) -> dict[str, pd.DataFrame] | None:
    """The frames as they were kept for this state of the store, if they were."""
    frames = snapshot_file.read(store)
    try:
        return None if frames is None else {name: check(frame, name) for name, frame in frames.items()}
    except SchemaError:
        return None


def _read(store: Store) -> dict[str, pd.DataFrame]:
    """EVENTS, STOPS, CLAIMS and DOCUMENTS from the tables."""
    claims, documents, stops = _claims(store), _documents(store), store.frame("stops")
    events = _events(store, claims, documents)
    documents["n_claims"] = documents["doc_id"].map(claims["doc_id"].value_counts()).fillna(0)
    stops = stops.sort_values(["event_id", "seq"], kind="stable").reset_index(drop=True)
    return {
        "events": events,
        "stops": _shaped(stops, "stops"),
        "claims": _shaped(claims, "claims", ("said",)),
        "documents": _shaped(documents, "documents", ("outlets",)),
    }
