"""Errors of `extract`.

ExtractError
├── LexiconError (also ValueError)     a vocabulary file is missing or has a wrong entry
└── PipelineError (also ValueError)    a step of the pipeline stands before what it needs
"""

from __future__ import annotations

__all__ = ["ExtractError", "LexiconError", "PipelineError"]


class ExtractError(Exception):
    """Root of everything `extract` raises."""


class LexiconError(ExtractError, ValueError):
    """A vocabulary file is missing, is not TOML, or an entry lacks a key (named in the message)."""


class PipelineError(ExtractError, ValueError):
    """A step of the pipeline stands before what it needs, or lacks its gazetteer."""
