"""The gate that guards accuracy: floors hold, sink only on request, and annotations are not edited in silence."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

EVAL = Path(__file__).resolve().parent / "eval"
sys.path.insert(0, str(EVAL))

import claims_gate as gate  # noqa: E402
import claims_scores as scores  # noqa: E402
import gate as all_gates  # noqa: E402

FIGURES = {"development": {"usable.overall": 0.8, "counts": 0.9}}
HASHES = {"practice": "abc"}


def settle(path: Path, figures: gate.Figures = FIGURES, hashes: dict[str, str] = HASHES, **options: bool) -> list[str]:
    return gate.settle(figures, hashes, path, **{"update": False, "allow_drop": False, "new_corpus": False, **options})


@pytest.fixture
def baseline(tmp_path: Path) -> Path:
    path = tmp_path / "baseline.json"
    assert settle(path, update=True) == []
    return path


def test_a_floor_lies_a_margin_below_what_was_measured(baseline: Path) -> None:
    assert json.loads(baseline.read_text())["floors"]["development"] == {"usable.overall": 0.79, "counts": 0.89}


def test_equal_figures_pass(baseline: Path) -> None:
    assert settle(baseline) == []


def test_a_loss_within_the_margin_passes_and_a_larger_one_is_named(baseline: Path) -> None:
    assert settle(baseline, {"development": {"usable.overall": 0.795, "counts": 0.9}}) == []
    problems = settle(baseline, {"development": {"usable.overall": 0.78, "counts": 0.9}})
    assert problems == ["development usable.overall: 0.780 is under the floor of 0.790"]


def test_a_figure_that_is_no_longer_measured_fails(baseline: Path) -> None:
    assert settle(baseline, {"development": {"usable.overall": 0.8}}) == [
        "development counts: 0.000 is under the floor of 0.890"
    ]


def test_a_corpus_that_is_not_on_this_machine_is_not_judged(baseline: Path) -> None:
    assert settle(baseline, {}) == []


def test_update_raises_a_floor(baseline: Path) -> None:
    settle(baseline, {"development": {"usable.overall": 0.9, "counts": 0.9}}, update=True)
    assert json.loads(baseline.read_text())["floors"]["development"]["usable.overall"] == 0.89


def test_update_refuses_to_lower_a_floor(baseline: Path) -> None:
    problems = settle(baseline, {"development": {"usable.overall": 0.5, "counts": 0.9}}, update=True)
    assert problems == ["not lowered without --allow-drop: development usable.overall: 0.790 → 0.490"]
    assert json.loads(baseline.read_text())["floors"]["development"]["usable.overall"] == 0.79


def test_update_lowers_a_floor_on_request(baseline: Path) -> None:
    low = {"development": {"usable.overall": 0.5, "counts": 0.9}}
    assert settle(baseline, low, update=True, allow_drop=True) == []
    assert settle(baseline, low) == []


def test_edited_annotations_are_refused_even_with_update(baseline: Path) -> None:
    before = baseline.read_text()
    for update in (False, True):
        problems = settle(baseline, hashes={"practice": "def"}, update=update)
        assert len(problems) == 1 and "practice articles or annotations have changed" in problems[0]
    assert baseline.read_text() == before


def test_edited_annotations_are_taken_on_request(baseline: Path) -> None:
    assert settle(baseline, hashes={"practice": "def"}, update=True, new_corpus=True) == []
    assert settle(baseline, hashes={"practice": "def"}) == []


def test_the_checksum_sees_one_changed_letter(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    file = tmp_path / "gold" / "x.json"
    file.write_text("{}")
    first = scores.corpus_hash(tmp_path)
    file.write_text("{ }")
    assert scores.corpus_hash(tmp_path) != first


def test_the_shipped_annotations_are_those_the_floors_were_set_with() -> None:
    pinned = json.loads(gate.BASELINE.read_text(encoding="utf-8"))
    assert pinned["corpus"]["practice"] == scores.corpus_hash(scores.PRACTICE)
    assert {"development", "held_out"} <= pinned["floors"].keys()


def test_the_held_out_third_shares_no_document_with_the_rest() -> None:
    development, held_out = scores.practice_corpora()
    assert len(held_out.documents) == 7 and len(development.documents) == 14
    assert {d.name.split("-")[0] for d in held_out.documents} == set(scores.HELD_OUT)
    assert not {d.name for d in development.documents} & {d.name for d in held_out.documents}


def test_every_annotation_lies_where_its_quote_stands() -> None:
    for corpus in scores.practice_corpora():
        texts = {d.name: d.text for d in corpus.documents}
        assert all(texts[g.doc][g.start : g.end] == g.quote for g in corpus.golds)


def test_reliability_counts_usable_and_spurious_claims_in_their_bin() -> None:
    good = scores.scorer.Record({"doc": "d", "kind": "arrest", "start": 0, "end": 5, "confidence": 0.95})
    bad = scores.scorer.Record({"doc": "d", "kind": "arrest", "start": 0, "end": 5, "confidence": 0.55})
    table = scores.reliability(SimpleNamespace(pairs=[(good, good)], spurious=[bad]))
    assert [(low, n, right) for low, _, n, right in table if n] == [(0.5, 1, 0), (0.9, 1, 1)]
    assert scores.calibration_error(table) == pytest.approx((0.55 + 0.05) / 2)


def test_a_comparison_shows_what_moved_but_not_the_held_out_third() -> None:
    def state(word: str) -> dict[str, str]:
        return {"state": word, "what": "three men held", "said": "Kazan"}

    before = {"development a-1": state("usable"), "development a-2": state("usable"), "held_out b-1": state("usable")}
    before["unseen_blind b-2"] = state("usable")
    now = {**before, "development a-1": state("missed"), "held_out b-1": state("found")}
    now["unseen_blind b-2"] = state("missed")
    shown = scores.moved(before, now)
    assert "usable → missed" in shown[0] and "a-1" in shown[0]
    assert shown[-1] == "and 2 in held-out parts" and not any(
        x in line for line in shown for x in ("b-1", "b-2", "a-2")
    )


def test_all_gates_run_in_turn_and_a_missing_one_is_said_loudly(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.py").write_text("import sys; print('given', sys.argv[1:])")
    (tmp_path / "bad.py").write_text("raise SystemExit(1)")
    gates = [all_gates.Gate("one", ("good.py",), ("--update",)), all_gates.Gate("two", ("bad.py",))]
    gates.append(all_gates.Gate("three", ("absent.py",)))
    assert all_gates.run(tmp_path, gates, ["--update", "--new-corpus"]) == 1
    shown = capfd.readouterr().out
    assert "NOT MEASURED: three" in shown and "given ['--update']" in shown


def test_an_unknown_option_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert all_gates.main(["--upgrade"]) == 2
    assert "unknown option --upgrade; there are --update" in capsys.readouterr().err
