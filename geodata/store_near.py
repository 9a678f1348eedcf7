"""Which claims of the store could be one event with a given claim: looked for by block, day and town.

Takes a `Told`; gives ids.  Leaves out only what `merge_score.compare` would refuse anyway: days that are too far
apart, towns that are too far apart.  So that a new document costs about the same in a store of a thousand documents
and in one of a hundred thousand, this is asked of columns and indexes, before any claim is read whole.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, literal, or_, select

from geodata import tables as t
from geodata.merge_score import DATE_SLIP_DAYS, NEAR_KM, distance_km
from geodata.names import fold
from geodata.store import Store
from geodata.told import FINE, Spot, Told

__all__ = ["claims_near"]


@cache
def _query(reviewed: bool) -> Select[Any]:
    """Claims of the blocks whose days may fit, once for each of their towns (without a town once, with nulls)."""
    block, claim, place = t.claim_blocks.c, t.claims.c, t.claim_places.c
    fit = and_(
        or_(claim.date_end.is_(None), claim.date_end >= bindparam("first")),
        or_(claim.date_start.is_(None), claim.date_start <= bindparam("last")),
    )
    # what a person changed of a claim stands in the log: there the columns do not tell
    by_hand = claim.claim_id.in_(select(t.review_claims.c.claim_id)) if reviewed else literal(False)
    town = and_(place.claim_id == block.claim_id, place.precision.in_(FINE), place.lat.is_not(None))
    tables = t.claim_blocks.join(t.claims, claim.claim_id == block.claim_id).outerjoin(t.claim_places, town)
    columns = (block.claim_id, place.place, place.lat, place.lon, place.iso3, by_hand.label("by_hand"))
    return (
        select(*columns)
        .distinct()
        .select_from(tables)
        .where(block.block.in_(bindparam("blocks", expanding=True)), or_(fit, by_hand))
    )


def _days(told: Told) -> tuple[str, str]:
    """The days between which another claim must lie, as text; of an open end the furthest there is."""
    slip = dt.timedelta(DATE_SLIP_DAYS)
    first = (told.first - slip).isoformat() if told.first and told.first > dt.date.min + slip else ""
    last = (told.last + slip).isoformat() if told.last and told.last < dt.date.max - slip else "9999-99"
    return first, last


def _near(a: Spot, b: Spot) -> bool:
    return distance_km(a, b) <= NEAR_KM or (a.iso3 == b.iso3 and fold(a.name) == fold(b.name))


def claims_near(store: Store, told: Told) -> set[str]:
    """Ids of the claims that share a block with this one and that neither day nor town keeps apart from it."""
    first, last = _days(told)
    values = {"blocks": sorted(told.blocks), "first": first, "last": last}
    towns = told.fine if told.kind != "route" else ()
    found: set[str] = set()
    known: dict[tuple[Any, ...], bool] = {}
    with store.reading() as conn:
        for claim_id, *town, by_hand in conn.execute(_query(store.has("review_claims")), values):
            if not towns or town[1] is None or by_hand:
                found.add(str(claim_id))
                continue
            key = tuple(town)
            if key not in known:
                spot = Spot("location", town[0], town[0], town[1], town[2], town[3], None, "city", "settlement", False)
                known[key] = any(_near(spot, own) for own in towns)
            if known[key]:
                found.add(str(claim_id))
    return found
