"""Errors of the dashboard.

DashboardError
├── BrowserFilesMissing (FileNotFoundError)   a script or style that the map needs has not been built
├── ForeignLinkError (ValueError)             something would be loaded from another machine
└── StoreUnusable (RuntimeError)              there is no store, or it cannot be read
"""

from __future__ import annotations

__all__ = ["BrowserFilesMissing", "DashboardError", "ForeignLinkError", "StoreUnusable"]


class DashboardError(Exception):
    """Root of what the dashboard raises itself."""


class BrowserFilesMissing(DashboardError, FileNotFoundError):
    """A browser file is not where the app serves it from: `make setup` was not run."""


class ForeignLinkError(DashboardError, ValueError):
    """A link that is not ours was about to reach the browser."""


class StoreUnusable(DashboardError, RuntimeError):
    """The store is missing or damaged; `title` says which, `advice` what to do."""

    def __init__(self, title: str, advice: str) -> None:
        """Keep both lines for the screen."""
        super().__init__(f"{title} {advice}")
        self.title, self.advice = title, advice
