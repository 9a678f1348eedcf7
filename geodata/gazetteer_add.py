"""Add a user's own gazetteer: GeoNames dumps or a table.

Takes a file: allCountries.txt or one country's .txt/.zip, alternateNamesV2.txt/.zip (in GeoNames' tab-separated form),
or a CSV with columns
name, lat, lon, country, kind; gives an index that holds these places as well.  What cannot be read is refused with its
reason, never guessed.
"""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from geodata.errors import GazetteerFileError
from geodata.gazetteer_build import compile_rows, default_path, fingerprint
from geodata.gazetteer_sources import (
    ADMIN1,
    ADMIN2,
    ALTERNATE,
    COUNTRY,
    KINDS,
    PRIMARY,
    SETTLEMENT,
    SITE,
    WATER,
    Row,
    all_rows,
    country_rows,
)

__all__ = ["Added", "add", "added_folder", "extend", "rows_with_added"]

#: GeoNames feature classes and codes that are places of news; others (streets' bends, single trees) are left out
_CLASS = {"P": SETTLEMENT, "S": SITE, "H": WATER, "T": SITE, "L": SITE, "V": SITE, "U": WATER}
_CODE = {
    "ADM1": ADMIN1,
    "ADM2": ADMIN2,
    "ADM3": ADMIN2,
    "ADM4": ADMIN2,
    "ADMD": ADMIN2,
    "ISL": KINDS.index("island"),
    "ISLS": KINDS.index("island"),
    "RGN": KINDS.index("region"),
    "MTS": KINDS.index("region"),
    "PCLI": COUNTRY,
}
_LANGUAGES_OUT = frozenset(("link", "post", "iata", "icao", "faac", "wkdt", "unlc", "phon", "piny", "tcid", "abbr"))


@dataclass(slots=True)
class Added:
    """What was taken from a file, and what was refused with its reason (the first hundred)."""

    places: int = 0
    names: int = 0
    refused: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """One line for a person."""
        said = f"added {self.places:,} places, {self.names:,} names"
        return (
            f"{said}; not taken: {'; '.join(self.refused[:5])}" + (" …" if len(self.refused) > 5 else "")
            if self.refused
            else said
        )

    def refuse(self, where: str, reason: str) -> None:
        """Note a line that was not taken."""
        if len(self.refused) < 100:
            self.refused.append(f"{where}: {reason}")


def added_folder(index: Path | None = None) -> Path:
    """Where added files are kept, so that a rebuilt index has them too."""
    return (index or default_path()).parent / "gazetteer-added"


def _lines(path: Path) -> Iterator[str]:
    """Lines of a text file or of the one table in a zip."""
    try:
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as z:
                inner = next((n for n in z.namelist() if n.endswith(".txt") and "readme" not in n.lower()), None)
                if inner is None:
                    raise GazetteerFileError(f"{path.name}: no .txt table in the zip")
                with z.open(inner) as raw:
                    yield from io.TextIOWrapper(raw, encoding="utf-8")
        else:
            with path.open(encoding="utf-8", newline="") as f:
                yield from f
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile) as err:
        raise GazetteerFileError(f"{path.name}: cannot be read ({err})") from err


def _point(lat: str, lon: str) -> tuple[float, float]:
    a, b = float(lat), float(lon)
    if not (-90 <= a <= 90 and -180 <= b <= 180):
        raise ValueError(f"coordinates out of range: {lat}, {lon}")
    return a, b


def _dump_row(col: list[str], iso: dict[str, str], areas: dict[str, int]) -> Row | None:
    """A line of allCountries.txt as a row; None for features that are not wanted or are countries."""
    kind = _CODE.get(col[7], _CLASS.get(col[6]))
    if kind is None or kind == COUNTRY:
        return None
    lat, lon = _point(col[4], col[5])
    first, second = areas.get(f"{col[8]}.{col[10]}", -1), areas.get(f"{col[8]}.{col[10]}.{col[11]}", -1)
    prefix = {ADMIN1: f"admin1:{col[8]}.{col[10]}", ADMIN2: f"admin2:{col[8]}.{col[10]}.{col[11] or col[0]}"}.get(
        kind, f"geonames:{col[0]}"
    )
    row = Row(prefix, kind, col[1], lat, lon, iso.get(col[8], ""), first, second, int(col[14] or 0))
    row.add(col[1], PRIMARY)
    for name in [col[2], *col[3].split(",")]:
        if len(name) > 2 and not name.islower():
            row.add(name, ALTERNATE)
    return row


def _csv_row(r: dict[str, str], number: int, stem: str, iso: dict[str, str]) -> Row:
    name = (r.get("name") or "").strip()
    if not name:
        raise ValueError("no name")
    kind = (r.get("kind") or "settlement").strip().lower()
    if kind not in KINDS or kind == "country":
        raise ValueError(f"kind {kind!r} is none of {', '.join(KINDS[1:])}")
    country = (r.get("country") or "").strip().upper()
    iso3 = iso.get(country, country)
    if iso3 and iso3 not in iso.values():
        raise ValueError(f"country {country!r} is no ISO 3166-1 code")
    lat, lon = _point(r.get("lat") or "", r.get("lon") or "")
    row = Row(
        r.get("id") or f"own:{stem}-{number}",
        KINDS.index(kind),
        name,
        lat,
        lon,
        iso3,
        population=int(r.get("population") or 0),
    )
    row.add(name, PRIMARY)
    for alias in (r.get("aliases") or "").split("|"):
        row.add(alias, ALTERNATE)
    return row


def extend(rows: list[Row], path: Path) -> Added:
    """Append the places or names of a file to `rows` (changed in place: it is the builder's own list).

    Raises
    ------
    GazetteerFileError : the file cannot be read or has none of the known forms.
    """
    done = Added()
    if path.suffix == ".csv":
        _extend_csv(rows, path, done)
    else:
        lines = _lines(path)
        head = next((line for line in lines if line.strip()), "")
        columns = head.count("\t") + 1
        body = _chain(head, lines)
        if columns == 19:
            _extend_dump(rows, body, done)
        elif 4 <= columns <= 10 and head.split("\t")[0].strip().isdigit() and head.split("\t")[1].strip().isdigit():
            _extend_names(rows, body, done)
        else:
            raise GazetteerFileError(
                f"{path.name}: expected a GeoNames table (19 columns), alternateNamesV2 (10) or a .csv "
                f"with name, lat, lon, country, kind"
            )
    return done


def _chain(head: str, rest: Iterable[str]) -> Iterator[str]:
    yield head
    yield from rest


def _iso2() -> dict[str, str]:
    return country_rows()[1]


def _extend_dump(rows: list[Row], lines: Iterable[str], done: Added) -> None:
    known = {r.id: i for i, r in enumerate(rows)}
    areas = {i.split(":", 1)[1]: n for i, n in known.items() if i.startswith(("admin1:", "admin2:"))}
    iso = _iso2()
    for number, line in enumerate(lines, 1):
        col = line.rstrip("\r\n").split("\t")
        if len(col) != 19:
            done.refuse(f"line {number}", f"{len(col)} columns instead of 19")
            continue
        try:
            row = _dump_row(col, iso, areas)
        except ValueError as err:
            done.refuse(f"line {number}", str(err))
            continue
        if row is None:
            continue
        if row.id in known:
            for name, flag in row.names.items():
                done.names += name not in rows[known[row.id]].names
                rows[known[row.id]].add(name, flag)
        else:
            known[row.id] = len(rows)
            rows.append(row)
            done.places += 1
            done.names += len(row.names)


def _extend_names(rows: list[Row], lines: Iterable[str], done: Added) -> None:
    by_id = {r.id.split(":")[1]: r for r in rows if r.id.startswith("geonames:")}
    for number, line in enumerate(lines, 1):
        col = line.rstrip("\r\n").split("\t")
        if len(col) < 4:
            done.refuse(f"line {number}", f"{len(col)} columns instead of 10")
            continue
        row = by_id.get(col[1])
        if row is not None and col[2] not in _LANGUAGES_OUT and len(col[3]) > 2 and col[3] not in row.names:
            row.add(col[3], ALTERNATE)
            done.names += 1


def _extend_csv(rows: list[Row], path: Path, done: Added) -> None:
    iso = _iso2()
    reader = csv.DictReader(line for line in _lines(path) if not line.startswith("#"))
    missing = {"name", "lat", "lon"} - set(reader.fieldnames or ())
    if missing:
        raise GazetteerFileError(
            f"{path.name}: column {', '.join(sorted(missing))} is missing (needs name, lat, lon; may "
            f"have country, kind, population, aliases)"
        )
    for number, r in enumerate(reader, 1):
        try:
            row = _csv_row(r, number, path.stem, iso)
        except ValueError as err:
            done.refuse(f"row {number}", str(err))
            continue
        rows.append(row)
        done.places += 1
        done.names += len(row.names)


def rows_with_added(folder: Path, base: Iterable[Row] | None = None, *, without: str = "") -> list[Row]:
    """The standard rows and those of every file kept in `folder` (but the one named `without`)."""
    rows = list(all_rows() if base is None else base)
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.name != without:
            extend(rows, path)
    return rows


def add(file: Path | str, index: Path | None = None, *, base: Iterable[Row] | None = None) -> Added:
    """Add a file to the gazetteer at `index` (default: this installation's) and compile it anew.

    The file is copied beside the index, so that later builds have it too.  base : the rows to add to (tests).

    Raises
    ------
    GazetteerFileError : the file is missing, unreadable or of an unknown form; the index stays as it was.
    """
    source = Path(file)
    if not source.is_file():
        raise GazetteerFileError(f"{source}: no such file")
    where = index or default_path()
    folder = added_folder(where)
    rows = rows_with_added(folder, base, without=source.name)
    done = extend(rows, source)
    if not done.places and not done.names:
        raise GazetteerFileError(
            f"{source.name}: nothing in it could be used" + (f" ({done.refused[0]})" if done.refused else "")
        )
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / source.name)
    compile_rows(rows, where, fingerprint(folder))
    return done
