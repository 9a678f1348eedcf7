"""Errors of exports.

DashboardError
└── ExportError (ValueError)   a format, size, extent, template or file that cannot be used; the message says what can
"""

from __future__ import annotations

from dashboard.errors import DashboardError

__all__ = ["ExportError"]


class ExportError(DashboardError, ValueError):
    """What was asked for cannot be exported; the message says what was given and what is possible."""
