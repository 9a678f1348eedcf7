"""Make the word lists that recognition uses: common_words.tsv, given_names.txt and surnames.txt in extract/lexicons/en.

Takes treebank files (UD English EWT, CC BY-SA 4.0; open part of UD English GUM, CC BY 4.0) and the package `names`
0.3.0
(US Census 1990, public domain); gives words with the number of their lower-case occurrences, and given names.
Usage: python -m geodata.training.make_name_lists CONLLU…
"""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from pathlib import Path

from extract.mention_tokens import fold

OUT = Path(__file__).resolve().parents[2] / "extract/lexicons/en"


def common_words(paths: list[str]) -> None:
    """Words seen in lower case (not as a proper noun) at least twice."""
    seen: Counter[str] = Counter()
    for path in paths:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            col = line.split("\t")
            if len(col) > 4 and col[1].isalpha() and col[1].islower() and col[3] != "PROPN":
                seen[fold(col[1])] += 1
    with (OUT / "common_words.tsv").open("w", encoding="utf-8") as f:
        f.write(
            "# Words written in lower case, with counts: from UD English EWT (CC BY-SA 4.0) and the "
            "open part of UD English GUM\n"
            "# (CC BY 4.0); counts only, no text.  Made by geodata/training/make_name_lists.py.\n"
        )
        f.writelines(f"{w}\t{n}\n" for w, n in sorted(seen.items()) if n >= 2)


def given_names(extra: Path) -> None:
    """Given names: US Census 1990 (the more frequent ones) and an own international list."""
    spec = importlib.util.find_spec("names")
    assert spec and spec.origin
    base = Path(spec.origin).parent
    found: set[str] = set()
    for name, limit in (("dist.male.first", 0.008), ("dist.female.first", 0.008)):
        for line in (base / name).read_text(encoding="ascii").splitlines():
            word, share = line.split()[:2]
            if float(share) >= limit:
                found.add(fold(word))
    if extra.exists():
        found |= {fold(w) for w in extra.read_text(encoding="utf-8").split() if not w.startswith("#")}
    with (OUT / "given_names.txt").open("w", encoding="utf-8") as f:
        f.write(
            "# Given names, folded: US Census 1990 (public domain, by way of the package names "
            "0.3.0) and given_names_world.txt.\n"
            "# Made by geodata/training/make_name_lists.py.\n"
        )
        f.writelines(w + "\n" for w in sorted(found))


def surnames(limit: int = 12000) -> None:
    """The most frequent family names of the US Census 1990, most frequent first."""
    spec = importlib.util.find_spec("names")
    assert spec and spec.origin
    lines = (Path(spec.origin).parent / "dist.all.last").read_text(encoding="ascii").splitlines()[:limit]
    with (OUT / "surnames.txt").open("w", encoding="utf-8") as f:
        f.write(
            "# Family names by frequency, folded: US Census 1990 (public domain, by way of the package names 0.3.0).\n"
            "# Made by geodata/training/make_name_lists.py.\n"
        )
        f.writelines(fold(line.split()[0]) + "\n" for line in lines)


if __name__ == "__main__":
    common_words(sys.argv[1:])
    surnames()
    given_names(Path(__file__).parent / "given_names_world.txt")
