"""The log of decisions as a file; check and forget; what the commands say."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.__main__ import main
from geodata.check import check_store
from geodata.errors import ReviewError
from geodata.forget import forget_document
from geodata.frames import load_snapshot
from geodata.review_log import export_csv, import_csv, log_frame, orphans
from geodata.reviews import Decision, decide, decide_many, undo
from geodata.states import mark, state_at
from geodata.store import Store
from tests.claims_factory import document
from tests.test_geodata_reviews import SAYS, at, claims_at, read, says, state


@pytest.fixture
def store() -> Iterator[Store]:
    with Store(":memory:") as store:
        read(store)
        yield store


def exported(store: Store) -> str:
    text = io.StringIO()
    export_csv(store, text)
    return text.getvalue()


def test_a_log_taken_in_elsewhere_gives_the_same_events_and_is_taken_in_once(store: Store) -> None:
    event = at(store, "Istanbul")
    decide(store, says("split", event, new=claims_at(store, event["event_id"])[1:]))
    seq = decide(store, says("reject", at(store, "Kerman"), note="=1+1, not ours\r\n-- see log")).seq
    decide(store, says("edit", at(store, "Russia"), field="counts.people", new={"low": 5, "best": 5, "high": None}))
    undo(store, seq, who="Bea")
    text = exported(store)
    with Store(":memory:") as other:
        read(other)
        report = import_csv(other, io.StringIO(text))
        assert report.lines() == ["took in 4 decisions, 0 known already"]
        assert state(other) == state(store) and exported(other) == text
        assert import_csv(other, io.StringIO(text)).lines() == ["took in 0 decisions, 4 known already"]
        assert len(log_frame(other)) == 4


def test_decisions_taken_in_before_the_article_wait_for_it(store: Store) -> None:
    decide(store, says("reject", at(store, "Kerman")))
    text = exported(store)
    with Store(":memory:") as other:
        import_csv(other, io.StringIO(text))
        assert len(orphans(other)) == 1
        read(other)
        assert orphans(other).empty and state(other) == state(store)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(note=st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30))
@pytest.mark.parametrize("who", ["=HYPERLINK(1)", "Ada"])
def test_any_note_comes_back_as_it_was_and_no_cell_is_a_formula(who: str, note: str) -> None:
    with Store(":memory:") as one, Store(":memory:") as two:
        read(one)
        decide(one, Decision(who, "note", "event", at(one, "Kerman")["event_id"], note=note))
        text = exported(one)
        import_csv(two, io.StringIO(text))
        assert log_frame(one)["note"][0] == note.strip() == log_frame(two)["note"][0]
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in text.splitlines()[1].split(","))


def test_a_file_that_is_no_log_is_refused_and_a_bad_line_costs_only_itself(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match="missing: uid"):
        import_csv(store, io.StringIO("a,b\r\n1,2\r\n"))
    with pytest.raises(ReviewError, match="cannot be read"):
        import_csv(store, tmp_path / "none.csv")
    decide(store, says("accept", at(store, "Kerman")))
    good = exported(store)
    head, line = good.splitlines()[:2]
    bad = line.replace("accept", "applaud")
    with Store(":memory:") as other:
        report = import_csv(other, io.StringIO("\r\n".join([head, bad, line])))
        assert report.new == 1 and "line 2: 'applaud' is no decision" in report.refused[0]
        assert import_csv(other, io.StringIO(head + "\r\n")).new == 0


def test_check_finds_changed_texts_and_references_that_lead_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    with Store(path) as store:
        read(store)
        assert check_store(store).lines() == ["checked 4 documents, 4 claims: all as it was read"]
    raw = sqlite3.connect(path)
    raw.execute("UPDATE documents SET text = 'Other ' || text WHERE name = 'a'")
    raw.execute("UPDATE claims SET \"end\" = 9999 WHERE doc_id = (SELECT doc_id FROM documents WHERE name = 'k')")
    raw.execute("DELETE FROM events WHERE place = 'Russia'")
    raw.commit()
    raw.close()
    with Store(path, create=False) as store:
        faults = "\n".join(check_store(store).faults)
    assert "(a): its text is not the one that was read" in faults and "(a), claims" in faults
    assert "offsets 0 to 9999 lie outside" in faults and "is named by a claim but not there" in faults
    assert "(b)" not in faults


def test_a_forgotten_document_is_gone_from_every_table_and_its_event_is_put_right(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    with Store(path) as store:
        read(store)
        decide(store, says("accept", at(store, "Istanbul")))
        mark(store, "before")
        gone = forget_document(store, "a")
        assert (gone.claims, gone.events, gone.revised) == (1, 0, 1)
        row = at(store, "Istanbul")
        assert (row["n_claims"], row["killed_best"], row["conflicts"]) == (1, 2, "")
        assert str(forget_document(store, "k")).startswith("forgot k")
        assert "Kerman" not in set(load_snapshot(store).events["place"])
        assert sorted(state_at(store, "before")["place"]) == ["Istanbul", "Russia"]
        assert check_store(store).faults == []
    raw = sqlite3.connect(path)
    doc_id = document("a").id
    for table in ("documents", "mentions", "claims"):
        assert raw.execute(f"SELECT count(*) FROM {table} WHERE doc_id = ?", (doc_id,)).fetchone() == (0,)
    assert raw.execute("SELECT DISTINCT quote FROM review_claims WHERE doc_id = ?", (doc_id,)).fetchall() == [("",)]
    raw.close()
    with Store(path) as store:
        read(store, {"a": SAYS["a"]})
        assert orphans(store).empty and at(store, "Istanbul")["n_claims"] == 2


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    status = main(list(args))
    out = capsys.readouterr()
    return status, out.out, out.err


def test_the_commands_decide_list_export_import_mark_and_tell_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, table = str(tmp_path / "s.sqlite"), tmp_path / "log.csv"
    with Store(path) as store:
        read(store)
        event = at(store, "Kerman")["event_id"]
    assert "kept the state of 3 events as 'last briefing'" in run(capsys, "mark", "last briefing", "--store", path)[2]
    edit = ("decide", "edit", event, "--field", "counts.killed", "--new", "95", "--who", "Ada", "--store", path)
    assert run(capsys, *edit) == (0, "", f"decision 1: edit {event} by Ada\n")
    status, out, err = run(capsys, "changes", "--since", "last briefing", "--store", path)
    assert status == 0 and json.loads(out)["what"] == "killed 94 → 95" and err.endswith("to now: 1 revised\n")
    assert json.loads(run(capsys, "reviews", "--store", path)[1])["who"] == "Ada"
    assert run(capsys, "reviews", "--export", str(table), "--store", path)[2] == f"1 decision written to {table}\n"
    assert "0 decisions, 1 known" in run(capsys, "reviews", "--import", str(table), "--store", path)[2]
    assert run(capsys, "decide", "undo", "1", "--who", "Ada", "--store", path)[0] == 0
    assert run(capsys, "check", "--store", path)[0] == 0
    status, _, err = run(capsys, "decide", "edit", event, "--field", "date", "--new", "soon", "--store", path)
    assert status == 1 and err.count("\n") == 1 and "date" in err
    status, _, err = run(capsys, "changes", "--since", "never", "--store", path)
    assert status == 1 and "there are: last briefing" in err
    assert run(capsys, "forget", "k", "--store", path)[0] == 0
    assert run(capsys, "forget", "k", "--store", path)[0] == 1


def test_many_decisions_are_one_transaction(store: Store) -> None:
    version = store.data_version
    decide_many(store, [says("accept", r) for r in load_snapshot(store).events.to_dict("records")])
    assert store.data_version == version + 1
