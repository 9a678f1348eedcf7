"""CSV and XLSX: events, claims, stops, sources and the stamp as typed, formula-safe tables.

Takes a View and its Stamp; gives bytes, the same for the same view (dates inside the file are fixed).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.exports.packed import steady_zip
from dashboard.exports.rows import claim_rows, event_rows, safe_text, source_rows
from dashboard.exports.stamp import Stamp
from dashboard.view import View

__all__ = ["csv_bytes", "xlsx_bytes"]

_WIDE = {"text": 70, "quote": 70, "title": 44, "url": 44, "reason": 40, "documents": 34, "quotes": 40, "mention": 24}
_LONGEST_CELL = 32_700  # what a cell of a spreadsheet holds


def _plain(value: Any) -> Any:
    """A cell's value: None for unknown, days as dates, numbers of pandas as numbers of Python."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return value.item() if hasattr(value, "item") else value


def csv_bytes(view: View, stamp: Stamp) -> bytes:
    """Events, one a line, UTF-8 with a mark that spreadsheets look for; the last column is the stamp."""
    rows = event_rows(view)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*rows.columns, "stamp"])
    for record in rows.itertuples(index=False):
        cells = [_plain(v) for v in record]
        writer.writerow([safe_text("" if v is None else v) for v in [*cells, stamp.text()]])
    return out.getvalue().encode("utf-8-sig")


def _put(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL]
        cell.value = text
        if safe_text(text) != text:  # kept as written, but marked as text for good
            cell.data_type = "s"
            cell.quotePrefix = True
        return
    cell.value = value
    if isinstance(value, dt.date):
        cell.number_format = "yyyy-mm-dd"


def _table(sheet: Worksheet, rows: pd.DataFrame) -> None:
    for i, name in enumerate(rows.columns, start=1):
        cell = sheet.cell(1, i, name)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="33383C")
        sheet.column_dimensions[get_column_letter(i)].width = _WIDE.get(str(name), 14)
    for r, record in enumerate(rows.itertuples(index=False), start=2):
        for c, value in enumerate(record, start=1):
            _put(sheet, r, c, _plain(value))
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions


def _stamp_sheet(sheet: Worksheet, stamp: Stamp) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 110
    for r, (label, value) in enumerate(stamp.pairs(), start=1):
        sheet.cell(r, 1, label).font = Font(bold=True)
        _put(sheet, r, 2, value)
        sheet.cell(r, 2).alignment = Alignment(wrap_text=True, vertical="top")


def xlsx_bytes(view: View, stamp: Stamp) -> bytes:
    """Sheets Events, Claims, Stops, Sources, Filters; days are dates, figures numbers, unknown is an empty cell."""
    book = Workbook()
    first = book.active
    book.remove(first)
    stops = view.snapshot.stops[view.snapshot.stops["event_id"].isin(set(view.kept["event_id"]))]
    tables = {"Events": event_rows(view), "Claims": claim_rows(view), "Stops": stops, "Sources": source_rows(view)}
    for name, rows in tables.items():
        _table(book.create_sheet(name), rows)
    _stamp_sheet(book.create_sheet("Filters"), stamp)
    book.properties.title = stamp.filters
    book.properties.creator = "Dateline"
    book.properties.description = stamp.as_json()
    out = io.BytesIO()
    book.save(out)
    return steady_zip(out.getvalue())
