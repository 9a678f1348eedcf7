"""Errors of geodata: one root, each also a built-in so that callers may catch either.

GeodataError
├── GazetteerMissing (FileNotFoundError)   the index was not compiled, or not by this version
├── GazetteerFileError (ValueError)        a file to add to the gazetteer is missing, unreadable or of another form
├── PipelineMissing (FileNotFoundError)    a spaCy pipeline that was asked for is not installed, or names no entities
├── ShapesMissing (FileNotFoundError)      a shape file, or the source to build it from, is not there
├── CrsError (ValueError)                  points or shapes are not in EPSG:4326
├── SchemaError (KeyError)                 a frame lacks a column, or has one of another type
├── DatasetError (ValueError)              a dataset to import is missing, no table, or lacks a column
├── DocumentError (ValueError)             a document is not in the store, or is given a value that cannot be
├── FilterError (ValueError)               a filter names a country, date or kind that does not exist
├── ClusterError (ConnectionError)         workers of a parallel ingest cannot be reached or are of another version
├── ReviewError (ValueError)               a decision names what is not there, or a value that cannot be
├── StateError (KeyError)                  a kept state is not there, or its name cannot be
└── StoreError (OSError)                   the store cannot be opened: missing, damaged, newer, locked
"""

from __future__ import annotations

__all__ = [
    "ClusterError",
    "CrsError",
    "DatasetError",
    "DocumentError",
    "FilterError",
    "GazetteerFileError",
    "GazetteerMissing",
    "GeodataError",
    "PipelineMissing",
    "ReviewError",
    "SchemaError",
    "ShapesMissing",
    "StateError",
    "StoreError",
]


class GeodataError(Exception):
    """Root of all errors of geodata; the message is one line for a person."""


class GazetteerMissing(GeodataError, FileNotFoundError):
    """The compiled gazetteer is not where it should be; the message says how to make it."""


class GazetteerFileError(GeodataError, ValueError):
    """A file cannot be added to the gazetteer; the message says why and what is expected."""


class PipelineMissing(GeodataError, FileNotFoundError):
    """A spaCy pipeline that was asked for cannot be used; the message names it."""


class ShapesMissing(GeodataError, FileNotFoundError):
    """A shape file or the Natural Earth file it is built from is missing."""


class CrsError(GeodataError, ValueError):
    """A frame's coordinate reference system is not EPSG:4326; another one is refused, never guessed."""


class SchemaError(GeodataError, KeyError):
    """A frame does not have the columns that geodata/schema.py promises; the message names them."""

    def __str__(self) -> str:
        """The message as given (KeyError would quote it)."""
        return str(self.args[0]) if self.args else ""


class DatasetError(GeodataError, ValueError):
    """A dataset cannot be imported; the message names the file, and what is missing in it."""


class DocumentError(GeodataError, ValueError):
    """A document that is not in the store, or a value that it cannot have; the message names it."""


class FilterError(GeodataError, ValueError):
    """A filter value is not known; the message says what was given and what is possible."""


class ClusterError(GeodataError, ConnectionError):
    """Worker processes cannot be reached, are gone, or read otherwise than this program; the message says which."""


class ReviewError(GeodataError, ValueError):
    """A decision cannot be written; the message says why, nothing was changed."""


class StateError(GeodataError, KeyError):
    """No state of that name or date is kept; the message names those there are."""

    def __str__(self) -> str:
        """The message as given (KeyError would quote it)."""
        return str(self.args[0]) if self.args else ""


class StoreError(GeodataError, OSError):
    """The store cannot be used; the message says why and what to do."""
