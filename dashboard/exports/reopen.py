"""From an exported file back to its view: reads the stamp out of the file's metadata.

Takes a path (PNG, GIF, SVG, PDF, PPTX, XLSX, HTML, GeoJSON, GeoPackage, KML, CSV); gives the address of the view
without host.
"""

from __future__ import annotations

import html
import json
import re
import zipfile
import zlib
from pathlib import Path

from PIL import Image

from dashboard.exports.errors import ExportError
from dashboard.exports.stamp import METADATA_KEY

__all__ = ["query_of"]

#: How much of a file is looked at.
_MOST_BYTES = 64_000_000
_JSON = re.compile(r'\{"counts":.*?"query": "((?:[^"\\]|\\.)*)"\}', re.S)
_ADDRESS = re.compile(r"(?:open again with |Address of the view\W{1,5})\?([\w%&=+.*~-]*)")


def _png_texts(data: bytes) -> str:
    """Text of the tEXt, zTXt and iTXt chunks."""
    at, texts = 8, []
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + size]
        if kind in (b"tEXt", b"iTXt") and body.startswith(METADATA_KEY.encode()):
            texts.append(body.decode("utf-8", "replace").replace("\0", " "))
        elif kind == b"zTXt" and body.startswith(METADATA_KEY.encode()):
            texts.append(zlib.decompress(body.split(b"\0", 1)[1][1:]).decode("latin-1"))
        at += 12 + size
    return "\n".join(texts)


def _gpkg_text(path: Path) -> str:
    """The table of the stamp, a line each."""
    import pyogrio

    try:
        rows = pyogrio.read_dataframe(path, layer="stamp")
        return "\n".join(f"{a} {b}" for a, b in zip(rows["about"], rows["value"], strict=True))
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, KeyError) as err:
        raise ExportError(f"{path.name} was not exported by Dateline: it holds no stamp") from err


def _text_of(path: Path, data: bytes) -> str:
    if data.startswith(b"\x89PNG"):
        return _png_texts(data)
    if data.startswith(b"GIF8"):  # comments come in pieces of up to 255 bytes, each after its length
        with Image.open(path) as picture:
            return str(picture.info.get("comment", b"").decode("utf-8", "replace"))
    if data.startswith(b"PK"):
        with zipfile.ZipFile(path) as box:
            return html.unescape(box.read("docProps/core.xml").decode("utf-8"))
    if data.startswith(b"SQLite format 3"):
        return _gpkg_text(path)
    text = data.decode("utf-8", "replace")
    if data.startswith(b"%PDF"):  # strings of a PDF escape brackets and backslashes
        return re.sub(r"\\([()\\])", r"\1", data.decode("latin-1"))
    return html.unescape(text)


def query_of(path: Path) -> str:
    """The address of the view a file was exported from, without host and question mark ('' for all events).

    Raises
    ------
    ExportError : no such file, or it holds no stamp of Dateline.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES)
        text = _text_of(path, data)
    except (OSError, KeyError, zipfile.BadZipFile, zlib.error) as err:
        raise ExportError(f"{path.name} cannot be read: {err.__class__.__name__}") from err
    if found := _JSON.search(text):
        return str(json.loads(f'"{found[1]}"'))
    if found := _ADDRESS.search(text):
        return found[1]
    if "Dateline" in text or "Boundaries shown do not imply endorsement" in text:
        return ""
    raise ExportError(f"{path.name} was not exported by Dateline: it holds no stamp")
