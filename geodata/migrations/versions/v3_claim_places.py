"""A claim's own place with its coordinates, so that reports can be shown one by one."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"

_MANY = 1000
_ORDER = ("destination", "origin", "transit", "location")


def upgrade() -> None:
    """Seven new columns of claims, filled from what was extracted (`payload`)."""
    for name in ("lat", "lon"):
        op.add_column("claims", sa.Column(name, sa.Float))
    for name in ("admin1", "precision", "place_kind"):
        op.add_column("claims", sa.Column(name, sa.String))
    op.add_column("claims", sa.Column("countries", sa.Text, nullable=False, server_default=""))
    conn = op.get_bind()
    names = ("claim_id", "payload", "lat", "lon", "admin1", "precision", "place_kind", "countries")
    claims = sa.table("claims", *(sa.column(n) for n in names))
    rows = [_filled(*r) for r in conn.execute(sa.select(claims.c.claim_id, claims.c.payload))]
    change = claims.update().where(claims.c.claim_id == sa.bindparam("of"))
    change = change.values({n: sa.bindparam(f"new_{n}") for n in names[2:]})
    for i in range(0, len(rows), _MANY):
        conn.execute(change, rows[i : i + _MANY])


def _filled(claim_id: str, payload: str) -> dict[str, Any]:
    said = json.loads(payload)
    role = [p["role"] for p in said["places"]]
    order = _ORDER if said["kind"] == "route" else ("location",)
    at = sorted(range(len(role)), key=lambda i: order.index(role[i]) if role[i] in order else 9)
    main = said["places"][at[0]] if at else {}
    keys = {"lat": "lat", "lon": "lon", "admin1": "admin1", "precision": "precision", "place_kind": "kind"}
    row = {f"new_{column}": main.get(key) for column, key in keys.items()}
    countries = "|".join(sorted({p["country"] for p in said["places"] if p["country"]}))
    return row | {"of": claim_id, "new_countries": countries}
