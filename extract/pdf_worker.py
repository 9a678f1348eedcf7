"""The process that reads one PDF: bytes on standard input, JSON on standard output; see `extract.forms.pdf`.

It stands outside that package so that starting it loads nothing but pdfminer.

pdfminer lays the glyphs out as lines and blocks and orders the blocks of columns; nothing is decided here.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from typing import Any

__all__ = ["main"]

_MAX_PAGES = 5_000


def main() -> None:
    """Read and answer."""
    _limit(int(sys.argv[1]))
    logging.disable(logging.CRITICAL)  # pdfminer complains of every odd font
    try:
        said = _read(sys.stdin.buffer.read())
    except MemoryError:
        said = {"problem": "a PDF that cannot be read: it needs too much memory"}
    except RecursionError:
        said = {"problem": "a damaged PDF (it refers to itself)"}
    sys.stdout.write(json.dumps(said))


def _limit(memory: int) -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ImportError, ValueError, OSError):
        pass  # not on this system: the limit of time remains


def _read(data: bytes) -> dict[str, Any]:
    from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFParser

    if b"%PDF" not in data[:2048]:
        return {"problem": "not a PDF, whatever its name says"}
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        return {"title": _title(document), "pages": _pages(document)}
    except PDFPasswordIncorrect:
        return {"problem": "a PDF protected by a password: save it without one"}
    except (MemoryError, RecursionError):
        raise
    except Exception:
        # whatever a parser raises for a file that is cut off or wrong; its name tells a reader nothing
        return {"problem": "a damaged PDF"}


def _title(document: Any) -> str | None:
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    for info in document.info:
        value = resolve1(info.get("Title")) if isinstance(info, dict) else None
        if isinstance(value, bytes):
            return str(decode_text(value))
    return None


def _pages(document: Any) -> list[dict[str, Any]]:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=LAParams())
    interpreter = PDFPageInterpreter(manager, device)
    pages = []
    for number, page in enumerate(PDFPage.create_pages(document)):
        if number >= _MAX_PAGES:
            break
        interpreter.process_page(page)
        layout = device.get_result()
        pages.append({"height": layout.height, "blocks": _blocks(layout), "pictures": _pictures(layout)})
    return pages


def _blocks(layout: Any) -> list[list[list[Any]]]:
    """Per block its lines: text, x0, y0, x1, y1, size of type."""
    from pdfminer.layout import LTTextBoxHorizontal, LTTextLine

    out = []
    for box in layout:
        if not isinstance(box, LTTextBoxHorizontal):
            continue
        lines = [
            [line.get_text(), line.x0, line.y0, line.x1, line.y1, _size(line)]
            for line in box
            if isinstance(line, LTTextLine) and line.get_text().strip()
        ]
        if lines:
            out.append(lines)
    return out


def _size(line: Any) -> float:
    from pdfminer.layout import LTChar

    return max((char.size for char in line if isinstance(char, LTChar)), default=0.0)


def _pictures(layout: Any) -> bool:
    from pdfminer.layout import LTFigure, LTImage

    return any(isinstance(item, LTFigure | LTImage) for item in layout)


if __name__ == "__main__":
    main()
