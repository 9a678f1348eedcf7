"""Writes docs/licences.md: every package that is installed from requirements.lock, with its licence as it states it.

    python docs/licences.py            # of the running environment

Takes the metadata of the installed packages; asks nobody.
"""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "licences.md"
_HEAD = """# Licences of what Dateline is built from
Made by `python docs/licences.py` from what the packages say of themselves; data and map files are in the README.
Most are MIT, BSD or Apache.  Worth knowing for whoever hands a bundle on (`make bundle` holds copies of all of them):
GPL and LGPL packages come with their own terms, among them that their source is to be had; PyPI has it.

Under the GPL or LGPL: {copyleft}.

| package | licence |
|---|---|
"""


def locked() -> list[str]:
    """Names in requirements.lock, in order."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return sorted({m[1] for line in lines if (m := re.match(r"([A-Za-z0-9_.-]+)==", line))})


def licence(name: str) -> str | None:
    """What a package says of its licence; None where it is not installed here."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return None
    classified = [c.split(" :: ")[-1] for c in said.get_all("Classifier") or [] if c.startswith("License ::")]
    stated = str(said.get("License-Expression") or said.get("License") or "").strip().split("\n")[0]
    short = stated if stated and len(stated) < 60 else ""
    return short or ", ".join(c for c in classified if c != "OSI Approved") or "not stated in its metadata"


def page() -> str:
    """The whole page."""
    copyleft = ", ".join(f"{n} ({s})" for n in locked() if "gpl" in (s := licence(n) or "").casefold())
    rows = [f"| {name} | {said.replace('|', '/')} |" for name in locked() if (said := licence(name))]
    return _HEAD.format(copyleft=copyleft) + "\n".join(rows) + "\n"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
