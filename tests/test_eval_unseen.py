"""The annotations of the unseen articles are exact: offsets, vocabulary, the split, and 1.0 against themselves."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

UNSEEN = Path(__file__).parent / "eval" / "unseen"


def check(folder):
    return subprocess.run([sys.executable, UNSEEN / "check.py", folder], capture_output=True, text=True, check=False)


def test_annotations_are_exact():
    done = check(UNSEEN)
    assert (done.stdout.strip(), done.returncode) == ("no faults", 0)


def test_a_moved_offset_and_a_wrong_word_are_found(tmp_path):
    for name in ("articles", "gold"):
        shutil.copytree(UNSEEN / name, tmp_path / name)
    shutil.copy(UNSEEN / "split.json", tmp_path)
    path = tmp_path / "gold" / "u01-tillaberi-wire.json"
    gold = json.loads(path.read_text(encoding="utf-8"))
    gold["events"][0]["start"] += 1
    gold["events"][1]["certainty"] = "sure"
    path.write_text(json.dumps(gold), encoding="utf-8")
    done = check(tmp_path)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert [line.split(":")[1].strip() for line in lines] == ["u01-tillaberi-wire-01", "u01-tillaberi-wire-02"]
    assert "unmen on motorcycles" in lines[0]
    assert lines[1].endswith("certainty 'sure'")


def test_the_blind_part_is_scored_as_one_of_its_own():
    sys.path.insert(0, str(UNSEEN.parent))
    import claims_scores

    parts = {c.name: {d.name[:3] for d in c.documents} for c in claims_scores.unseen_corpora()}
    assert set(parts) == {"unseen_development", "unseen_released", "unseen_blind"}
    assert parts["unseen_blind"] == {f"u{n}" for n in range(17, 25)}
    assert not parts["unseen_blind"] & (parts["unseen_development"] | parts["unseen_released"])
