"""Words that mean harm, put wherever an article or a row can put words; `fill` makes a store full of them."""

from __future__ import annotations

from extract.schema import Claim, ClaimPlace, Count, DateSpan, Document, Mention, Place
from geodata.ingest import add_document
from geodata.store import Store
from tests.claims_factory import Found, day

__all__ = ["FORMULAS", "PAYLOADS", "fill"]

_RUN = "try{top.__pwned=1}catch(e){};window.__pwned=1"
_AWAY = "https://away.invalid/p"
PAYLOADS = (
    f"<script>{_RUN}</script>",
    f"<img src=x onerror=\"{_RUN}\">",
    f"\"><svg onload=\"{_RUN}\">",
    f"' onmouseover='{_RUN}' x='",
    f"\" onfocus=\"{_RUN}\" autofocus tabindex=1 x=\"",
    f"</script><script>{_RUN}</script>",
    f"</style><script>{_RUN}</script><style>",
    f"</textarea><iframe srcdoc=\"<script>{_RUN}</script>\"></iframe>",
    f"`);{_RUN};(`",
    f"'); {_RUN}; ('",
    f"\\'; {_RUN}; //",
    f"${{{_RUN}}} {{{{{_RUN}}}}}",
    f"&lt;img src=x onerror={_RUN}&gt;",
    f"\\u003cimg src=x onerror={_RUN}\\u003e",
    f"]]><script>{_RUN}</script>",
    f"<!--><script>{_RUN}</script>-->",
    f"[click](javascript:{_RUN}) ![seen]({_AWAY}.png)",
    f"<img src={_AWAY}.png><link rel=stylesheet href={_AWAY}.css>",
    f"<style>@import '{_AWAY}.css'; body{{background:url({_AWAY}.png)}}</style>",
    f"<base href={_AWAY}/><meta http-equiv=refresh content='0;url={_AWAY}'>",
    f"<math><mtext><img src=x onerror={_RUN}></mtext></math>",
    f"<a href=\"javascript:{_RUN}\">here</a><form action={_AWAY}><button>go</button></form>",
    "\u202e<b>turned round\u202c \u200bz\u200bero \u2066wide\u2069 \ufeffmark",
    "%s %(title)s {0} {title!r} $title \\N{DIGIT ONE}",
)  # fmt: skip
FORMULAS = (
    "=HYPERLINK(\"https://away.invalid\",\"x\")",
    "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1,1)", "\t=1+1", "＝1+1",
)  # fmt: skip


def _place(n: int, words: str) -> Place:
    return Place(f"t:{n}", words, 38.0 + n % 6, 27.0 + n // 6 * 3, "TUR", words, "city", "settlement")


def fill(store: Store, words: tuple[str, ...] = PAYLOADS) -> None:
    """An article for each payload: in its title, publisher, name, address, sentence, place, group and origin."""
    for n, bad in enumerate(words):
        text = f"{bad} was told of town {n}.\nMore of it: {bad}"
        place = _place(n, bad)
        date = DateSpan(day(f"2024-03-{n + 1:02d}"), day(f"2024-03-{n + 1:02d}"), "day")
        rest = {"date": date, "places": (ClaimPlace("location", bad, 0, len(bad), place),)}
        claims = [
            Claim(doc=bad, kind="incident", subkind="attack", start=0, end=text.index("\n"), groups=(bad,), origin=bad,
                  counts={"killed": Count(n + 3, n + 3, n + 3)}, **rest),  # type: ignore[arg-type]
        ]  # fmt: skip
        mention = Mention(0, len(bad), bad, "name", True, 0.9, place, bad)
        document = Document(text, name=bad, title=bad, publisher=bad, url=f"javascript:{_RUN}//{bad}", path=None)
        add_document(store, Found(document, [mention], claims))
