"""What PostgreSQL has beyond SQLite: one writer at a time by an advisory lock, points for PostGIS, more indexes.

Takes an engine or an open connection.  Everything here adds to the tables that `tables` describes; a store without
PostGIS works the same and lacks only the column `geom`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import UserDefinedType

__all__ = ["LOCK", "OWN_TABLE", "add_geometry", "listen", "with_driver"]

log = logging.getLogger(__name__)

#: Number of the lock that writers of a store wait for; "dateline" in letters of a telephone.
LOCK = 32835463
#: The table that PostGIS itself brings into a database.
OWN_TABLE = "spatial_ref_sys"
#: Seconds until a server that does not answer is given up.
_PATIENCE = 10
_GEOMETRY = (
    "ALTER TABLE events ADD COLUMN IF NOT EXISTS geom geometry(Point, 4326)"
    " GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED",
    "CREATE INDEX IF NOT EXISTS ix_events_geom ON events USING gist (geom)",
)


def with_driver(url: URL) -> URL:
    """The address with the driver that is installed, where it names none."""
    url = url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url
    wanted = {"connect_timeout": str(_PATIENCE), "application_name": "dateline"}
    return url.update_query_dict({k: v for k, v in wanted.items() if k not in url.query})


class _Geometry(UserDefinedType[str]):
    """PostGIS's type, so far as to know it when a store is looked at; we never read it."""

    cache_ok = True

    def __init__(self, *_: object) -> None:
        """Kind of shape and reference system do not matter here."""

    def get_col_spec(self, **_: object) -> str:
        """Its name."""
        return "geometry"


def listen(engine: Engine, writing: Callable[[], bool]) -> None:
    """Writers come one after the other; a reader sees one state of the store from its first to its last query."""
    known = engine.dialect.ischema_names  # type: ignore[attr-defined]
    engine.dialect.ischema_names = {**known, "geometry": _Geometry}  # type: ignore[attr-defined]

    @event.listens_for(engine, "begin")
    def _(conn: Connection) -> None:
        if writing():
            conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK}, hashtext(current_schema()))")
        else:
            conn.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def add_geometry(conn: Connection) -> bool:
    """A point for each event and a spatial index, where PostGIS can be had; whether it could."""
    try:
        with conn.begin_nested():
            conn.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS postgis")
            for statement in _GEOMETRY:
                conn.exec_driver_sql(statement)
    except DBAPIError as err:
        log.info("no PostGIS: %s", err.orig)
        return False
    return True
