"""The app's typeface as font files that Matplotlib can read, made at set-up from the web font that Streamlit brings.

Takes the variable web font (Source Sans, SIL Open Font Licence); gives a regular and a bold cut beside it, and a small
subset for pictures that carry their own type (SVG).  Nothing of the font is in the repository.
"""

from __future__ import annotations

import base64
import io
from functools import cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

__all__ = ["CUTS", "FAMILY", "build", "embedded", "path_of"]

FAMILY = "Dateline Sans"  # a changed font may not keep the reserved name
CUTS = {"Regular": 400, "Bold": 700}
#: Source Sans is drawn smaller on its square than the sans faces that sizes in points are thought in (its letter x is
#: .486 high, others' about .54): a smaller square makes 12 points look like 12 points.
_UNITS_PER_EM = 900
#: Latin, Greek and Cyrillic with their additions, punctuation, arrows: all but small capitals and other variants.
_RANGES = ((0x20, 0x52F), (0x1E00, 0x1FFF), (0x2000, 0x22FF), (0x25A0, 0x26FF), (0xFB00, 0xFB06))


def path_of(vendor: Path, cut: str) -> Path:
    """Where a cut lies."""
    return vendor / f"source-sans-{cut.lower()}.ttf"


def build(web_font: Path, vendor: Path) -> list[Path]:
    """Write the two cuts; the same input gives the same bytes."""
    written = []
    for cut, weight in CUTS.items():
        font = TTFont(web_font, recalcTimestamp=False)
        options = subset.Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl"], name_IDs=["*"])
        chosen = subset.Subsetter(options)
        chosen.populate(unicodes=[code for low, high in _RANGES for code in range(low, high + 1)])
        chosen.subset(font)
        font = instantiateVariableFont(font, {"wght": weight}, inplace=True)
        for table in ("HVAR", "MVAR", "STAT", "avar", "DSIG"):
            if table in font:
                del font[table]
        font["head"].unitsPerEm = _UNITS_PER_EM
        _name(font, cut, weight)
        font.flavor = None
        font.save(path_of(vendor, cut))
        written.append(path_of(vendor, cut))
    return written


def _name(font: TTFont, cut: str, weight: int) -> None:
    names = font["name"]
    for record in list(names.names):
        if record.nameID not in (0, 13, 14):  # copyright, licence, its address
            names.removeNames(nameID=record.nameID)
    for number, text in ((1, FAMILY), (2, cut), (4, f"{FAMILY} {cut}"), (6, f"DatelineSans-{cut}")):
        names.setName(text, number, 3, 1, 0x409)
        names.setName(text, number, 1, 0, 0)
    bold = cut == "Bold"
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = 0x20 if bold else 0x40
    font["head"].macStyle = 1 if bold else 0


@cache
def embedded(vendor: Path, letters: str) -> str:
    """Style rules that hold the two cuts, of so many letters only, as a picture can carry them; '' without the font.

    Parameters
    ----------
    letters : every letter that stands in the picture, once, sorted (so that equal pictures share the work)
    """
    rules = []
    for cut, weight in CUTS.items():
        path = path_of(vendor, cut)
        if not path.is_file():
            return ""
        font = TTFont(path, recalcTimestamp=False)
        chosen = subset.Subsetter(subset.Options(layout_features=["kern", "mark", "ccmp"], notdef_outline=True))
        chosen.populate(text=letters)
        chosen.subset(font)
        font.flavor = "woff2"
        out = io.BytesIO()
        font.save(out)
        inside = base64.b64encode(out.getvalue()).decode("ascii")
        rules.append(
            f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};'
            f'src:url("data:font/woff2;base64,{inside}") format("woff2")}}'
        )
    return "".join(rules)
