"""All accuracy gates in turn, claims, place names, merging: exit status 1 where one of them fails.

Each is a script of its own beside this file; one that is not there is named loudly and left out.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
#: What is measured → the first of these files that is there.
GATES: dict[str, Sequence[str]] = {
    "claims": ("claims_gate.py",),
    "place names": ("toponyms_gate.py", "toponyms_eval.py", "toponyms.py"),
    "merging": ("merge_gate.py", "merge_eval.py"),
}


def run(folder: Path = HERE, gates: dict[str, Sequence[str]] | None = None) -> int:
    """Run every gate; how many failed."""
    failed = 0
    for what, names in (gates or GATES).items():
        script = next((folder / n for n in names if (folder / n).exists()), None)
        if script is None:
            print(f"!!! NOT MEASURED: {what} (no {' or '.join(names)} in {folder.name})", flush=True)
            continue
        print(f"== {what}: {script.name}", flush=True)
        env = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
        failed += subprocess.run([sys.executable, str(script)], env=env, check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(1 if run() else 0)
