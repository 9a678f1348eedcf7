"""Errors of geodata: one root, each also a built-in so that callers may catch either.

    GeodataError
    └── GazetteerMissing (FileNotFoundError)   the index was not compiled, or not by this version
"""
from __future__ import annotations

__all__ = ["GazetteerMissing", "GeodataError"]


class GeodataError(Exception):
    """Root of all errors of geodata; the message is one line for a person."""


class GazetteerMissing(GeodataError, FileNotFoundError):
    """The compiled gazetteer is not where it should be; the message says how to make it."""
