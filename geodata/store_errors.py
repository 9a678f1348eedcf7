"""What a database says, in one line for a person; never with a password in it.

Takes an error of SQLAlchemy and the store's address; gives a `StoreError`.
"""

from __future__ import annotations

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from geodata.errors import StoreError

__all__ = ["in_words", "shown"]

#: What is said of what: words of SQLite and PostgreSQL, and ours.
_KNOWN = (
    (("locked", "busy"), "is busy: another program is writing to it; try again"),
    (("is full", "no space", "could not extend", "disk i/o"), "cannot be written: no room is left on the disk ({said});"
     " what was complete is kept, make room and run the same again"),
    (("readonly", "read-only", "unable to open"), "cannot be opened for writing: {said}"),
    (("connection refused", "could not connect", "connection failed", "timeout expired", "could not translate",
      "name or service"), "does not answer: {said}"),
    (("terminating connection", "server closed", "connection is lost", "connection is closed", "shutting down",
      "starting up", "consuming input failed", "is not available", "recovery mode"),
     "has gone away in the middle ({said}); what was complete is kept, run the same again"),
    (("password authentication", "permission denied", "does not exist", "no pg_hba"), "cannot be used: {said}"),
)  # fmt: skip


def shown(url: str) -> str:
    """The address as it may be shown: without its password."""
    if "://" not in url:
        return url
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return url.rpartition("@")[2]


def in_words(url: str, err: SQLAlchemyError) -> StoreError:
    """The error as one line that says what to do."""
    said = " ".join(str(getattr(err, "orig", None) or err).split("\n")[0].split())
    for words, line in _KNOWN:
        if any(word in said.casefold() for word in words):
            return StoreError(f"the store {shown(url)} {line.format(said=said)}")
    return StoreError(f"the store {shown(url)} is damaged or not a store ({said}); it was left as it is")
