"""Exports: the filtered view as data, pictures, slides and one HTML file; every one carries its stamp.

Takes a `dashboard.view.View` (a snapshot and filters) and a `Page` (title, size, colours); gives bytes.  No browser, no
network, no clock: the same view twice gives the same bytes.  `formats.export` is the way in.
"""

from __future__ import annotations

from dashboard.exports.formats import FORMATS, export
from dashboard.exports.page import Page
from dashboard.exports.stamp import Stamp, stamp_of

__all__ = ["FORMATS", "Page", "Stamp", "export", "stamp_of"]
