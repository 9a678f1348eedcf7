"""The compiled gazetteer: every place and every name, memory-mapped, looked up by name.

Takes the directory that `gazetteer_build` wrote; gives rows by name, and `Place` values.  Opens in milliseconds and
holds no more than what is touched.  Does not choose between places of one name (see `resolve`).
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
import numpy.typing as npt

from extract.mention_tokens import name_key, sound_key
from extract.schema import Place, Precision
from geodata.errors import GazetteerMissing
from geodata.gazetteer_build import FORMAT, default_path
from geodata.gazetteer_sources import ALTERNATE, DEMONYM, KINDS, PRIMARY, SITE

__all__ = ["Gazetteer"]

_PRECISION: dict[str, Precision] = {
    "country": "country",
    "admin1": "admin1",
    "admin2": "city",
    "settlement": "city",
    "site": "site",
    "region": "region",
    "water": "water",
    "island": "region",
}


class Gazetteer:
    """All places; `open` maps the compiled index.

    Arrays, one value per place: lat, lon (degrees), kind (index of KINDS), iso (index of `iso3`), admin1, admin2 (row
    numbers, -1 none), population, capital.
    """

    def __init__(self, path: Path) -> None:
        meta: dict[str, Any] = json.loads((path / "meta.json").read_text(encoding="utf-8"))
        if meta.get("format") != FORMAT:
            raise GazetteerMissing(f"gazetteer at {path} has another format: run `make setup`")
        self.path = path
        self._places: dict[int, Place] = {}
        self.iso3: list[str] = meta["iso"]
        self.members: dict[int, tuple[str, ...]] = {int(k): tuple(v.split("|")) for k, v in meta["members"].items()}

        def load(stem: str) -> npt.NDArray[Any]:
            array: npt.NDArray[Any] = np.load(path / f"{stem}.npy", mmap_mode="r").view(np.ndarray)
            return array

        self.lat, self.lon, self.kind, self.iso = load("lat"), load("lon"), load("kind"), load("iso")
        self.admin1, self.admin2 = load("admin1"), load("admin2")
        self.population, self.capital = load("population"), load("capital")
        self._names = (load("name_at"), load("name_row"), load("name_flag"))
        self._sounds = (load("sound_at"), load("sound_row"), load("sound_flag"))
        self._text = {stem: (load(stem), load(f"{stem}_at")) for stem in ("label", "id")}
        self.trie = marisa_trie.Trie()
        self.trie.mmap(str(path / "names.marisa"))
        self.sounds = marisa_trie.Trie()
        self.sounds.mmap(str(path / "sounds.marisa"))
        self.n_names = len(self.trie)
        self._country = {self.iso3[self.iso[i]]: i for i in range(300) if i < len(self.kind) and self.kind[i] == 0}

    @classmethod
    def open(cls, path: Path | str | None = None) -> Gazetteer:
        """Map the index at `path` (default: where `make setup` puts it).

        Raises
        ------
        GazetteerMissing : nothing was compiled there; the message says how to.
        """
        where = Path(path) if path else default_path()
        try:
            return cls(where)
        except (FileNotFoundError, NotADirectoryError, ValueError, OSError, KeyError) as err:
            raise GazetteerMissing(f"no gazetteer at {where}: run `make setup`") from err

    def __len__(self) -> int:
        return len(self.lat)

    def rows(self, key: str) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
        """Row numbers of a folded name (countries and first-level areas first, then by population) and their name
        flags.
        """
        try:
            k = self.trie[key]
        except KeyError:
            return np.empty(0, np.uint32), np.empty(0, np.uint8)
        return self.rows_of(k)

    def rows_of(self, k: int) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
        """As `rows`, by the number of the name; numbers from `n_names` on are sounds (see `sounding`)."""
        at, row, flag = self._names if k < self.n_names else self._sounds
        k = k if k < self.n_names else k - self.n_names
        a, b = int(at[k]), int(at[k + 1])
        return row[a:b], flag[a:b]

    def sounding(self, key: str) -> int:
        """Number of the names that sound like a folded name that is not itself known; -1 where there is none.

        Only names from scripts that reach English by transliteration ("Hodeidah", "Al Hudaydah").
        """
        sound = sound_key(key)
        return self.n_names + int(self.sounds[sound]) if sound and sound in self.sounds else -1

    def prefixes(self, text: str) -> list[str]:
        """Every name that `text` begins with (folded words joined by spaces), shortest first."""
        return self.trie.prefixes(text)  # type: ignore[no-any-return]

    def _string(self, stem: str, row: int) -> str:
        blob, at = self._text[stem]
        return bytes(blob[int(at[row]) : int(at[row + 1])]).decode("utf-8")

    def name(self, row: int) -> str:
        """The main name of a place."""
        return self._string("label", row)

    def id(self, row: int) -> str:
        """The stable id of a place ("geonames:745044")."""
        return self._string("id", row)

    def place(self, row: int) -> Place:
        """The place of a row as a value."""
        known = self._places.get(row)
        if known is None:
            if len(self._places) >= 1 << 14:  # all at once: on a hit a plain dictionary writes nothing
                self._places.clear()
            known = self._places[row] = _place(self, int(row))
        return known

    def find(self, name: str, *, demonyms: bool = False) -> list[Place]:
        """Places of that name, the most prominent first (no choice by context)."""
        rows, flags = self.rows(name_key(name))
        want = PRIMARY | ALTERNATE | (DEMONYM if demonyms else 0)
        return [self.place(int(r)) for r, f in zip(rows, flags, strict=True) if f & want]

    def country_place(self, iso3: str) -> Place | None:
        """The country of an ISO 3166-1 alpha-3 code; None for an unknown code."""
        row = self._country.get(iso3)
        return None if row is None else self.place(row)

    def region_place(self, slug: str) -> Place | None:
        """A region, sea or site by the last part of its id ("central-asia", "red-sea", "al-hol")."""
        row = self._slugs().get(slug)
        return None if row is None else self.place(row)

    @lru_cache(maxsize=1)  # noqa: B019  (one gazetteer per process)
    def _slugs(self) -> dict[str, int]:
        own = np.flatnonzero(self.kind >= SITE)
        return {self.id(int(i)).split(":", 1)[1]: int(i) for i in own[::-1]}

    def capital_of(self, iso3: str) -> Place | None:
        """The national capital; None where there is none."""
        row = self._capitals().get(iso3)
        return None if row is None else self.place(row)

    @lru_cache(maxsize=1)  # noqa: B019
    def _capitals(self) -> dict[str, int]:
        return {self.iso3[self.iso[i]]: int(i) for i in np.flatnonzero(self.capital)}


def _place(g: Gazetteer, row: int) -> Place:
    kind = KINDS[g.kind[row]]
    area = int(g.admin1[row])
    admin1 = g.name(row) if kind == "admin1" else g.name(area) if area >= 0 else None
    lat, lon = float(g.lat[row]), float(g.lon[row])
    known = lat == lat  # "the West" has no point: unknown is None
    return Place(
        id=g.id(row),
        name=g.name(row),
        lat=round(lat, 5) if known else None,
        lon=round(lon, 5) if known else None,
        iso3=g.iso3[g.iso[row]] or None,
        admin1=admin1,
        precision=_PRECISION[kind],
        kind=kind,
        countries=g.members.get(row, ()),
    )
