"""geopy's face on the gazetteer: `geocode` a name, `reverse` a point, without any network.

Takes a name or a point; gives geopy `Location`s whose `raw` is the gazetteer's place.  For names inside a text use
`resolve`, which looks at their surroundings.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from extract.mention_tokens import name_key
from extract.schema import Place
from geodata.gazetteer import Gazetteer
from geodata.gazetteer_sources import ADMIN1, ADMIN2, COUNTRY, PRIMARY, SETTLEMENT

__all__ = ["OfflineGeocoder"]

_FAR_KM = 100.0


class OfflineGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Geocoder over the compiled gazetteer.

    >>> OfflineGeocoder().geocode("Paris, Texas").latitude   # doctest: +SKIP
    33.66094
    """

    def __init__(
        self, gazetteer: Gazetteer | None = None, *, timeout: Any = DEFAULT_SENTINEL, user_agent: str | None = None
    ) -> None:
        super().__init__(timeout=timeout, user_agent=user_agent or "dateline")
        self.gazetteer = gazetteer or Gazetteer.open()

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        country: str | None = None,
        limit: int = 10,
    ) -> Location | list[Location] | None:
        """Places of a name; "X, Y" asks for an X inside Y.

        country : ISO 3166-1 alpha-3 code that the place must lie in.   limit : how many when `exactly_one` is False.
        Returns None where nothing of that name is known (never a guess).  `timeout` is there for geopy and not used.
        """
        rows = self._rows([part.strip() for part in query.split(",") if part.strip()])
        places = [
            p
            for p in map(self.gazetteer.place, rows)
            if p.lat is not None and (country is None or p.iso3 == country.upper())
        ]
        found = [self._location(p) for p in places[: 1 if exactly_one else limit]]
        return (found[0] if found else None) if exactly_one else (found or None)

    def reverse(
        self, query: Any, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL, limit: int = 5
    ) -> Location | list[Location] | None:
        """The nearest towns to a point, at most 100 km away; None at sea or in a desert.

        query : anything geopy takes as a point, (latitude, longitude) in degrees.
        """
        point = Point(query)
        tree, rows = _town_tree(self.gazetteer)
        distance, at = tree.query(_unit(np.array([point.latitude]), np.array([point.longitude]))[0], k=limit)
        near = [
            int(rows[i])
            for d, i in zip(np.atleast_1d(distance), np.atleast_1d(at), strict=True)
            if 2 * np.arcsin(min(1.0, d / 2)) * 6371.0 <= _FAR_KM
        ]
        found = [self._location(self.gazetteer.place(row)) for row in near]
        return (found[0] if found else None) if exactly_one else (found or None)

    def choices(self, query: str, *, limit: int = 10) -> list[tuple[Place, int | None]]:
        """Places of a name with their population (None where it is not known), the most prominent first.

        "X, Y" asks for an X inside Y.  For a person to choose from: nothing is decided by context.
        """
        g = self.gazetteer
        rows = self._rows([part.strip() for part in query.split(",") if part.strip()])[:limit]
        return [(g.place(row), int(g.population[row]) or None) for row in rows]

    def nearest(self, lat: float, lon: float, *, limit: int = 4) -> list[tuple[Place, int | None, float]]:
        """The nearest towns to a point in degrees, with population and distance in km, at most 100 km away."""
        g, (tree, rows) = self.gazetteer, _town_tree(self.gazetteer)
        distance, at = tree.query(_unit(np.array([lat]), np.array([lon]))[0], k=limit)
        found = [
            (int(rows[i]), float(2 * np.arcsin(min(1.0, d / 2)) * 6371.0))
            for d, i in zip(np.atleast_1d(distance), np.atleast_1d(at), strict=True)
        ]
        return [(g.place(row), int(g.population[row]) or None, km) for row, km in found if km <= _FAR_KM]

    def _rows(self, parts: list[str]) -> list[int]:
        if not parts:
            return []
        g = self.gazetteer
        key = name_key(parts[0])
        rows, flags = g.rows(key)
        if not len(rows) and (k := g.sounding(key)) >= 0:
            rows, flags = g.rows_of(k)
        order = sorted(
            zip(rows.tolist(), flags.tolist(), strict=True), key=lambda it: _prominence(g, it[0], it[1]), reverse=True
        )
        found = [row for row, _ in order]
        for part in parts[1:]:
            areas, _ = g.rows(name_key(part))
            found = [row for row in found if any(self._inside(row, int(area)) for area in areas)]
        return found

    def _inside(self, row: int, area: int) -> bool:
        g = self.gazetteer
        if g.kind[area] == COUNTRY:
            return bool(g.iso[row] == g.iso[area]) and row != area
        return g.kind[area] in (ADMIN1, ADMIN2) and area in (g.admin1[row], g.admin2[row])

    @staticmethod
    def _location(p: Place) -> Location:
        address = ", ".join(dict.fromkeys(x for x in (p.name, p.admin1, p.iso3) if x))
        return Location(address, Point(p.lat, p.lon), asdict(p))


def _prominence(g: Gazetteer, row: int, flag: int) -> tuple[bool, float]:
    """Countries first; then by population, with a bonus for the main name and a town before the area named after it."""
    size = float(np.log10(g.population[row] + 10.0)) + (1.0 if flag & PRIMARY else 0.0)
    if g.kind[row] == SETTLEMENT:  # "New York" is the city, unless the state is asked for
        size += 2.0 if g.population[row] >= 1_000_000 else 0.6
    return bool(g.kind[row] == COUNTRY), size + (1.0 if g.capital[row] else 0.0) + (
        4.0 if g.kind[row] > SETTLEMENT else 0.0
    )


def _unit(lat: npt.NDArray[Any], lon: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    a, b = np.radians(lat.astype(float)), np.radians(lon.astype(float))
    return np.stack([np.cos(a) * np.cos(b), np.cos(a) * np.sin(b), np.sin(a)], axis=1)


@lru_cache(maxsize=1)
def _town_tree(g: Gazetteer) -> tuple[Any, npt.NDArray[np.int64]]:
    from scipy.spatial import cKDTree

    rows = np.flatnonzero(g.kind == SETTLEMENT)
    return cKDTree(_unit(g.lat[rows], g.lon[rows])), rows
