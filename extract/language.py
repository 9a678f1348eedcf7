"""Whether a text is one that can be read: running text, in English.

Takes a text, gives None or the reason against it, in a few words.  It asks for alphabets and for the share of small words
("the", "and"; "der", "und"; "ve", "bir") from lists of our own: these decide on short texts too, and quotes in another
language do not turn them.  What is too short or too mixed to tell is taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

__all__ = ["why_not_read"]

_SEEN = 40_000  # characters that are looked at
_FEW = 12  # words below which nothing is said
_SMALL = {
    "English": "the of and to a in is was were for on that by with as at from it he his they their be are have has had who "
    "not but this which an or after its been said she her would more when will than into",
    "German": "der die das und den dem des ein eine einen einem ist war wurde wurden nicht mit auf für von im zu sich auch "
    "nach bei als aus dass sie er es haben hat worden über",
    "French": "le la les des et un une du est dans que qui pour sur par avec au aux il elle ont été se plus pas ce son sa",
    "Spanish": "el la los las de que y en un una del por con para se su al fue es han más como lo no sus ha",
    "Italian": "il la di che e un una per con del della dei nel sono è stato gli le si da al non alla",
    "Portuguese": "o os as de que e um uma do da dos das em no na por com para foi se ao não mais sua",
    "Dutch": "de het een en van is dat op te zijn met voor niet door aan bij werd werden ook naar om uit",
    "Turkish": "ve bir bu için ile da de olarak olan olduğu gibi daha sonra kadar çok ise en göre tarafından üzere yılında",
    "Uzbek": "va bilan uchun bu ham bir edi deb boʻlgan bo'lgan esa haqida ular shu keyin emas",
    "Polish": "i w na z do się że nie jest to przez od po oraz został które dla został jak za",
    "Indonesian": "yang dan di dengan untuk dari ini itu pada oleh dalam tidak akan telah adalah ke",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL.items()}


def why_not_read(text: str) -> str | None:
    """The reason why nothing would be found in a text; None where it is, or may be, an English article.

    >>> why_not_read("Die Polizei hat am Montag in der Stadt drei Männer festgenommen, die von dort aus das Land verlassen.")
    'not in English (German): nothing can be found in it'
    """
    seen = text[:_SEEN]
    words = re.findall(r"[^\W\d_]+(?:['’ʻ][^\W\d_]+)*", seen.lower())
    if len(words) >= _FEW and (other := _other_language(seen, words)):
        return f"not in English ({other}): nothing can be found in it"
    if _is_menu(text):
        return "no article text in it: only short lines, as of a menu"
    return None


def _other_language(text: str, words: list[str]) -> str | None:
    letters = [c for c in text if c.isalpha()]
    scripts = Counter(unicodedata.name(c, "?").split()[0].title() for c in letters[:8000])
    script, n = scripts.most_common(1)[0] if scripts else ("Latin", 0)
    if script != "Latin" and n > 0.6 * scripts.total():
        return f"{script} letters"
    share = {language: sum(w in small for w in words) / len(words) for language, small in _WORDS.items()}
    best = max(share, key=lambda language: share[language])
    sure = best != "English" and share[best] > 0.12 and share[best] > 2 * share["English"]
    return best if sure and share["English"] < 0.15 else None


def _is_menu(text: str) -> bool:
    """At least six lines, or parts between bars, none of them a sentence, few with figures (a table has them)."""
    if len(text) > _SEEN:
        return False
    parts = [p for p in re.split(r"[\n|•·›»]+", text) if p.strip()]
    figures = sum(any(c.isdigit() for c in p) for p in parts)
    spoken = any(len(p.split()) > 7 or p.rstrip()[-1] in '.!?”"' for p in parts)
    return len(parts) >= 6 and not spoken and figures <= 0.2 * len(parts)
