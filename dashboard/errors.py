"""Errors of the dashboard.

DashboardError
├── BrowserFilesMissing (FileNotFoundError)   a script or style that the map needs has not been built
├── EntryRefused (ValueError)              what a reviewer entered cannot be kept; one line says why
├── ForeignLinkError (ValueError)             something would be loaded from another machine
└── StoreUnusable (RuntimeError)              there is no store, or it cannot be read
"""

from __future__ import annotations

__all__ = ["BrowserFilesMissing", "DashboardError", "EntryRefused", "ForeignLinkError", "StoreUnusable"]


class DashboardError(Exception):
    """Root of what the dashboard raises itself."""


class BrowserFilesMissing(DashboardError, FileNotFoundError):
    """A browser file is not where the app serves it from: `make setup` was not run."""


class EntryRefused(DashboardError, ValueError):
    """A form holds what cannot be kept; the message is for the person who filled it in."""


class ForeignLinkError(DashboardError, ValueError):
    """A link that is not ours was about to reach the browser."""


class StoreUnusable(DashboardError, RuntimeError):
    """The store is missing or damaged; `title` says which, `advice` what to do."""

    def __init__(self, title: str, advice: str) -> None:
        """Keep both lines for the screen."""
        super().__init__(f"{title} {advice}")
        self.title, self.advice = title, advice
