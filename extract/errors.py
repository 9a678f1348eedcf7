"""Errors of `extract`.

    ExtractError
    └── LexiconError (also ValueError)     a vocabulary file is missing or has a wrong entry
"""
from __future__ import annotations

__all__ = ["ExtractError", "LexiconError"]


class ExtractError(Exception):
    """Root of everything `extract` raises."""


class LexiconError(ExtractError, ValueError):
    """A vocabulary file is missing, is not TOML, or an entry lacks a key (named in the message)."""
