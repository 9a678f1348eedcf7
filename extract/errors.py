"""Errors of `extract`.

ExtractError
├── FetchError (also OSError)          an address may not be fetched, or gives no article
├── LexiconError (also ValueError)     a vocabulary file is missing or has a wrong entry
└── PipelineError (also ValueError)    a step of the pipeline stands before what it needs
"""

from __future__ import annotations

__all__ = ["ExtractError", "FetchError", "LexiconError", "PipelineError"]


class ExtractError(Exception):
    """Root of everything `extract` raises."""


class FetchError(ExtractError, OSError):
    """An address may not be fetched, does not answer, or gives no article; the message is one line for a person."""


class LexiconError(ExtractError, ValueError):
    """A vocabulary file is missing, is not TOML, or an entry lacks a key (named in the message)."""


class PipelineError(ExtractError, ValueError):
    """A step of the pipeline stands before what it needs, or lacks its gazetteer."""
