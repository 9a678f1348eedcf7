"""The tests of store, ingest, decisions and merging once more, over PostgreSQL; and what only PostgreSQL has."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from geodata.errors import StoreError
from geodata.frames import load_snapshot
from geodata.ingest import add_document, ingest
from geodata.store import Store
from tests import postgres, test_geodata_ingest, test_geodata_reviews, test_geodata_store, test_geodata_store_near
from tests.claims_factory import FakeChain, Found, claim, document, on

MODULES = (test_geodata_ingest, test_geodata_reviews, test_geodata_store, test_geodata_store_near)
#: Tests of what only a file can be or do.
FILES_ONLY = (
    "damaged", "cut_short", "another_programs", "missing_store", "reading_and_writing", "usual_place", "any_order",
    "any_text", "address_that_cannot", "older", "newer", "brought",
    "no_claim_is_missed",  # once, below
    "many_are_accepted",  # counts on numbers of decisions that were rolled back being used again
)  # fmt: skip


@pytest.fixture(autouse=True)
def on_postgresql(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every Store that a test of the modules opens is one in PostgreSQL: of one path always the same."""
    server, known = postgres.server(), dict[str, str]()

    def opened(url: str | Path | None = None, **kwargs: Any) -> Store:
        fresh = url == ":memory:" or str(url) not in known
        address = server.url() if fresh else known[str(url)]
        known[str(url)] = address
        return Store(address, **kwargs)

    for module in MODULES:
        monkeypatch.setattr(module, "Store", opened)


for _module in MODULES:
    for _name, _test in list(vars(_module).items()):
        if _name.startswith("test_") and not any(word in _name for word in FILES_ONLY):
            globals()[f"{_name}_in_postgresql"] = _test
    for _name, _fixture in list(vars(_module).items()):
        if type(_fixture).__name__ == "FixtureFunctionDefinition":
            globals().setdefault(_name, _fixture)


def test_no_claim_is_missed_that_could_be_the_same_event() -> None:
    test_geodata_store_near.test_no_claim_is_missed_that_could_be_the_same_event(1)


def test_no_message_shows_the_password() -> None:
    url = postgres.server().url()
    with Store(url) as store:
        assert "secret" not in store.name and "***" in store.name
    with pytest.raises(StoreError) as err:
        Store("postgresql://user:secret@127.0.0.1:1/none")
    assert "does not answer" in str(err.value) and "secret" not in str(err.value) and "\n" not in str(err.value)


def test_events_are_points_with_a_spatial_index_where_postgis_is() -> None:
    with Store(postgres.server().url()) as store:
        with store.reading() as conn:
            if not conn.exec_driver_sql("SELECT 1 FROM pg_extension WHERE extname = 'postgis'").first():
                pytest.skip("!!! NO POSTGIS ON THIS MACHINE !!!")
        says = [claim("a", at=("Istanbul",), date=on("2024-01-28")), claim("a", start=20, end=30, date=on("2024-02"))]
        add_document(store, Found(document("a"), claims=says))
        with store.reading() as conn:
            near = "SELECT title FROM events WHERE geom && ST_MakeEnvelope(28, 40, 30, 42, 4326)"
            assert [r[0] for r in conn.exec_driver_sql(near)] == ["Attack, Istanbul"]
            index = conn.exec_driver_sql("SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_events_geom'").first()
            assert index is not None and "gist" in str(index[0])
            plain = "SELECT count(*) FROM events WHERE geom IS NULL"
            assert conn.exec_driver_sql(plain).scalar() == 1
        assert "geom" not in load_snapshot(store).events


def test_a_server_that_goes_away_in_the_middle_is_said_and_the_same_again_goes_on() -> None:
    server = postgres.server()
    url, seen = server.url(), [0]
    with Store(url) as store:
        version = store.data_version

        @event.listens_for(Engine, "before_cursor_execute")
        def _(*_args: Any) -> None:
            seen[0] += 1
            if seen[0] == 120:  # within the transaction of a document
                server.stop()
                server.start()

        try:
            with pytest.raises(StoreError, match="gone away in the middle") as err:
                ingest(store, [*test_geodata_ingest.DOCUMENTS], FakeChain(test_geodata_ingest.SAYS))
        finally:
            event.remove(Engine, "before_cursor_execute", _)
        assert "secret" not in str(err.value) and "\n" not in str(err.value)
        left = load_snapshot(store)  # the same store goes on: its next connection is a new one
        assert set(left.claims["doc_id"]) <= set(left.documents["doc_id"]) and len(left.documents) < 6
        assert store.data_version == version + len(left.documents)
        report = ingest(store, [*test_geodata_ingest.DOCUMENTS], FakeChain(test_geodata_ingest.SAYS))
        assert report.read == 6 and report.new + len(left.documents) == 6
        with Store(":memory:") as fresh:
            ingest(fresh, [*test_geodata_ingest.DOCUMENTS], FakeChain(test_geodata_ingest.SAYS))
            assert load_snapshot(fresh).events.to_csv() == load_snapshot(store).events.to_csv()


def test_two_writers_at_once_come_one_after_the_other() -> None:
    url, done = postgres.server().url(), []
    Store(url).close()

    def write(documents: list[Any]) -> None:
        with Store(url) as store:
            done.append(ingest(store, documents, FakeChain(test_geodata_ingest.SAYS)).read)

    order = [*test_geodata_ingest.DOCUMENTS]
    both = [threading.Thread(target=write, args=(d,)) for d in (order, order[::-1])]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    with Store(url) as store, Store(":memory:") as fresh:
        ingest(fresh, order, FakeChain(test_geodata_ingest.SAYS))
        assert done == [6, 6] and load_snapshot(store).events.to_csv() == load_snapshot(fresh).events.to_csv()
