"""Other people's datasets as Dateline's own events: ACLED, UCDP GED, GTD, GDELT 2.0, IOM Missing Migrants, any table.

    with read_dataset(Path("acled.csv")) as source:
        for item in source:          # Record, Refusal or Passed, in the order of the file
            ...

One module per dataset, each with the same verb, `read_row(row, number) -> Record`; `IMPORTERS` lists them.  Code maps
and types are data files in `data/`.  Does not write to a store (see `geodata.importing`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from extract.schema import Refusal
from geodata.errors import DatasetError
from geodata.importers import acled, codes, gdelt, ged, gtd, iom, plain
from geodata.importers.record import PassedOver, Record, RowRefused
from geodata.importers.tabular import Table, open_table

__all__ = ["IMPORTERS", "Passed", "Record", "Source", "guess_mapping", "is_plain", "read_dataset", "recognise"]

#: Name on the command line -> reader of a row.  A plain table (csv) has its reader in its mapping.
IMPORTERS: dict[str, Callable[[Mapping[str, str], int], Record]] = {
    "acled": acled.read_row,
    "ged": ged.read_row,
    "gtd": gtd.read_row,
    "gdelt": gdelt.read_row,
    "iom": iom.read_row,
}


@dataclass(frozen=True, slots=True)
class Passed:
    """A sound row that Dateline has no kind for."""

    row: int
    type: str


@dataclass(frozen=True)
class Source:
    """An opened dataset: what it is, and its rows, to be read once."""

    dataset: str
    name: str
    licence: str
    attribution: str
    items: Iterator[Record | Refusal | Passed]
    broken: set[str] = field(default_factory=set)  # ids of rows that were refused: in the file, though not readable

    def __iter__(self) -> Iterator[Record | Refusal | Passed]:
        """Records, refusals and rows passed over, in the order of the file."""
        return self.items


def recognise(columns: tuple[str, ...]) -> str:
    """The dataset whose columns these are; 'csv' for any other table.

    >>> recognise(("id", "type_of_violence", "where_prec", "best")), recognise(("when", "where"))
    ('ged', 'csv')
    """
    known = set(columns)
    for name in IMPORTERS:
        if all({c, *_older(name).get(c, ())} & known for c in codes.about(name)["recognise"]):
            return name
    return "csv"


def _older(name: str) -> dict[str, list[str]]:
    older: dict[str, list[str]] = codes.about(name).get("older", {})
    return older


def _renames(name: str, columns: tuple[str, ...], path: Path) -> dict[str, str]:
    """Column of an older edition -> its present name.

    Raises
    ------
    DatasetError : a column that is needed is there under no name.
    """
    renames = {}
    for ours, others in _older(name).items():
        if ours not in columns and (there := next((o for o in others if o in columns), None)):
            renames[there] = ours
    lacking = [c for c in codes.about(name)["required"] if c not in columns and c not in renames.values()]
    if lacking:
        called = codes.about(name)["name"]
        raise DatasetError(f"{path}: as {called} it lacks the column {', '.join(lacking)}; it has {', '.join(columns)}")
    return renames


@contextmanager
def read_dataset(path: Path, as_: str | None = None, mapping: Path | None = None) -> Iterator[Source]:
    """Open a dataset.

    Parameters
    ----------
    as_ : one of IMPORTERS or 'csv'; by default told from the columns.   mapping : of a plain table (see `plain`)

    Raises
    ------
    DatasetError : missing, no table, a column is missing, or a plain table without a mapping.
    """
    if as_ is not None and as_ not in (*IMPORTERS, "csv"):
        raise DatasetError(f"there is no importer {as_!r}; it is one of {', '.join((*IMPORTERS, 'csv'))}")
    with open_table(path) as table:
        name = as_ or ("csv" if mapping else recognise(table.columns))
        if name == "csv":
            yield _plain(path, table, mapping)
            return
        about, renames = codes.about(name), _renames(name, table.columns, path)
        broken: set[str] = set()
        items = _items(table, path, IMPORTERS[name], renames, tuple(about["id"]), broken)
        yield Source(name, about["name"], about["licence"], about["attribution"], items, broken)


def _plain(path: Path, table: Table, mapping: Path | None) -> Source:
    if mapping is None:
        known = ", ".join(codes.about(name)["name"] for name in IMPORTERS)
        raise DatasetError(
            f"{path} is none of the known datasets ({known}): a table of your own needs a mapping of its columns"
            " (--map FILE), which `python -m geodata import` guesses"
        )
    chosen = plain.read_mapping(mapping, table.columns)
    broken: set[str] = set()
    ids = tuple(filter(None, [chosen.columns.get("id")]))
    items = _items(table, path, chosen.read_row, {}, ids, broken)
    return Source(chosen.key, chosen.name, "not stated", chosen.attribution or chosen.name, items, broken)


def _items(
    table: Table,
    path: Path,
    read_row: Callable[[Mapping[str, str], int], Record],
    renames: dict[str, str],
    ids: tuple[str, ...],
    broken: set[str],
) -> Iterator[Record | Refusal | Passed]:
    seen: dict[str, int] = {}
    for number, row in table.rows:
        given: Mapping[str, str] = {}
        try:
            if isinstance(row, RowRefused):
                raise row
            given = {renames.get(k, k): v for k, v in row.items()} if renames else row
            record = read_row(given, number)
            record = replace(record, native=dict(row)) if renames else record  # verbatim, as the file calls its columns
            if (before := seen.setdefault(record.native_id, number)) != number:
                raise RowRefused(f"the id {record.native_id} stands in row {before} too; the first counts")
            yield record
        except RowRefused as err:
            broken.update(v.strip() for c in ids if (v := given.get(c, "")).strip())
            yield Refusal(f"{path.name}, row {number}", str(err))
        except PassedOver as err:
            yield Passed(number, str(err))


def guess_mapping(path: Path) -> plain.Mapping:
    """The likeliest mapping of a table, for a person to check.

    Raises
    ------
    DatasetError : it is no table, or no column looks like a date.
    """
    with open_table(path) as table:
        sample = [row for _, row in zip(range(1000), table.rows, strict=False)]
        return plain.guess(table.columns, [r for _, r in sample if isinstance(r, dict)], name=path.stem)


def is_plain(path: Path) -> bool:
    """Whether a file is a table of none of the known datasets.

    Raises
    ------
    DatasetError : it is no table.
    """
    with open_table(path) as table:
        return recognise(table.columns) == "csv"
