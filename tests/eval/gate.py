"""All accuracy gates in turn, claims, place names, merging: `gate.py [--update [--allow-drop] [--new-corpus]]`.

Each is a script of its own beside this file; one that is not there is named loudly and left out.  Exit status 1 where
one fails.  The options go to the gates that have them (`make eval ARGS=--update` raises the floors).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
OPTIONS = ("--update", "--allow-drop", "--new-corpus")


@dataclass(frozen=True)
class Gate:
    """What is measured, the script that does it (the first that is there) and the options it takes."""

    what: str
    scripts: tuple[str, ...]
    options: tuple[str, ...] = ()


GATES = (
    Gate("claims", ("claims_gate.py",), OPTIONS),
    Gate("place names", ("toponyms_gate.py", "toponyms_eval.py"), OPTIONS[:2]),
    Gate("merging", ("merge_gate.py", "merge_eval.py")),
)


def run(folder: Path = HERE, gates: Sequence[Gate] = GATES, options: Sequence[str] = ()) -> int:
    """Run every gate; how many failed."""
    failed = 0
    for gate in gates:
        script = next((folder / n for n in gate.scripts if (folder / n).exists()), None)
        if script is None:
            wanted = " or ".join(gate.scripts)
            print(f"!!! NOT MEASURED: {gate.what} (no {wanted} in {folder.name})", flush=True)
            continue
        print(f"\n== {gate.what}: {script.name}", flush=True)
        command = [sys.executable, str(script), *(o for o in options if o in gate.options)]
        env = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
        failed += subprocess.run(command, env=env, check=False).returncode != 0
    return failed


def main(options: Sequence[str]) -> int:
    """Exit status for the shell."""
    unknown = [o for o in options if o not in OPTIONS]
    if unknown:
        print(f"unknown option {unknown[0]}; there are {', '.join(OPTIONS)}", file=sys.stderr)
        return 2
    return 1 if run(options=options) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
