"""Vocabulary of document heads (extract/lexicons/en/head.toml): page furniture, issuing bodies, kinds of documents.

Gives lists of words in small letters, checked on load.  Does not read documents.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from extract.errors import LexiconError

__all__ = ["TABLES", "head_words"]

TABLES = ("furniture", "bodies", "documents", "kickers")


@cache
def head_words(table: str) -> tuple[str, ...]:
    """The words of one of TABLES.

    Raises
    ------
    LexiconError : the file is missing, is not TOML, or lacks the table or its `words`.
    """
    path = Path(__file__).with_name("lexicons") / "en" / "head.toml"
    try:
        return tuple(word.lower() for word in tomllib.loads(path.read_text(encoding="utf-8"))[table]["words"])
    except (OSError, KeyError, AttributeError, tomllib.TOMLDecodeError) as err:
        raise LexiconError(f"{path.name}: expected tables {', '.join(TABLES)}, each with words; {err}") from err
