"""Saved web pages of several layouts, in words of our own: what is the article, and what is not, is known of each.

`PAGES` maps a layout to (page, sentences that are the article's, words that are not, title, publisher, day).
"""

from __future__ import annotations

import json

__all__ = ["PAGES"]

_P = [
    "Eleven men were detained at the bus station of Example on Tuesday, the prosecutor's office said in a statement.",
    "They had arrived from the island of Sample two days before and were waiting for a bus to the capital, it said.",
    "The office added that three of them had been sought since the attack on the market of Instance in March 2023.",
    "A spokesman for the border service declined to say whether the men would be handed over to another country.",
]
_QUOTE = "“We did not know who they were until the second day,” an officer said."
_COOKIES = (
    '<div id="cookie-banner" class="cookie-consent" role="dialog"><p>We use cookies and similar technologies to give'
    " you the best experience. By clicking Accept all you agree to the storing of cookies on your device."
    "</p><button>Accept all</button><button>Manage preferences</button></div>"
)
_RELATED = (
    '<aside class="related"><h3>Related stories</h3><ul><li><a href="/a">Ferry sinks off Zuwara, nine dead</a></li>'
    '<li><a href="/b">Court in Harbour jails two for smuggling</a></li></ul></aside>'
)
_POLICY = (
    '<section id="comments"><h2>Comments</h2><p class="comment-policy">Comments are moderated. We reserve the right to'
    " remove any comment that incites violence or contains threats against a person or a group.</p>"
    '<div class="comment"><p>They should all be arrested and deported to Freedonia at once, says a reader.</p></div>'
    "</section>"
)
_NO = ["cookies", "Zuwara", "Court in Harbour", "moderated", "Freedonia", "Subscribe"]


def _paragraphs(indent: str = "") -> str:
    return "".join(f"{indent}<p>{p}</p>" for p in _P)


def _wire() -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Eleven detained at bus station",
        "datePublished": "2024-03-05T09:30:00Z",
        "dateModified": "2024-03-06T08:00:00Z",
        "publisher": {"@type": "NewsMediaOrganization", "name": "Harbour Wire"},
    }
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Eleven detained at bus station - Harbour
Wire</title><meta property="og:title" content="Eleven detained at bus station"><meta property="og:site_name"
content="Harbour Wire"><link rel="canonical" href="https://wire.example/world/eleven-detained">
<script type="application/ld+json">{json.dumps(data)}</script></head><body>{_COOKIES}
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav></header>
<main><article><h1>Eleven detained at bus station</h1><div class="byline">By Staff Reporter</div>
<time datetime="2024-03-05T09:30:00Z">March 5, 2024 9:30 AM UTC</time>
<figure><img src="x.jpg" alt=""><figcaption>The bus station of Example, seen in 2019. Harbour Wire/File</figcaption>
</figure>
<p>{_P[0]}</p><p>{_P[1]}</p><div class="ad">Advertisement · Scroll to continue</div>
<blockquote class="pullquote"><p>{_QUOTE}</p></blockquote><p>{_P[2]}</p>{_RELATED}<p>{_P[3]}</p>
<p class="newsletter">Subscribe to our morning briefing for the day's news.</p></article></main>{_POLICY}
<footer><p>© 2024 Harbour Wire. All rights reserved.</p></footer></body></html>"""


def _blog() -> str:
    return f"""<html><head><title>Notes from the border | The Border Blog</title>
<meta name="generator" content="WordPress 6.4">
<meta property="article:published_time" content="2024-03-05T10:00:00+00:00">
<meta property="og:site_name" content="The Border Blog"></head><body class="post-template">
<div id="page"><div id="sidebar"><h3>Recent posts</h3><ul><li><a>Ferry sinks off Zuwara, nine dead</a></li></ul>
<h3>Archives</h3><ul><li>January 2022</li></ul></div><div id="content" class="post">
<h1 class="entry-title">Notes from the border</h1><div class="entry-content">{_paragraphs()}
<p>More in the coming days.</p></div><div class="sharedaddy"><h3>Share this:</h3><ul><li>Email</li></ul></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3>Related</h3><p>Court in Harbour jails two</p></div></div>
<div id="comments">{_POLICY}</div></div></body></html>"""


def _ministry() -> str:
    return f"""<html><head><title>Press release No. 12/2024 - Ministry of Examples</title>
<meta name="DC.date.issued" content="2024-03-05"><meta name="DC.publisher" content="Ministry of Examples"></head><body>
<table width="100%"><tr><td class="menu"><a>The Minister</a><br><a>Press</a><br><a>Contact</a></td><td>
<div class="content"><h2>Eleven persons detained in Example</h2><p class="date">5 March 2024</p>{_paragraphs()}
<ul><li>Eleven persons were detained.</li><li>Two vehicles were seized in the town of Instance.</li></ul>
</div></td></tr></table>{_COOKIES}<div class="footer">Ministry of Examples, 1 Example Street</div></body></html>"""


def _think_tank() -> str:
    return f"""<!doctype html><html><head><title>After the arrests: what the cell tells us | Institute of
Samples</title>
<meta property="og:title" content="After the arrests: what the cell tells us"><meta property="og:site_name"
content="Institute of Samples"><meta name="citation_publication_date" content="2024/03/05"></head><body>{_COOKIES}
<nav class="breadcrumb"><a>Home</a> / <a>Commentary</a></nav><main><div class="article-hero"><h1>After the arrests: what
the cell tells us</h1><p class="standfirst">Eleven detentions in one town show how the network has changed.</p>
<p class="author-line">Commentary | 5 March 2024</p></div><div class="article-body">{_paragraphs()}
<h2>What comes next</h2><p>{_QUOTE} The institute counts nine such cells since 2021.</p>
<div class="related-content"><h4>You may also like</h4><a href="/x"><h5>Ferry sinks off Zuwara, nine dead</h5>
<p>Court in
Harbour jails two for smuggling people in 2020.</p></a></div></div></main>
<section class="newsletter-signup"><h3>Subscribe</h3><p>Subscribe to our weekly digest.</p></section>{_POLICY}</body>
</html>"""


def _divs() -> str:
    """No semantic element at all: a newspaper's page of divs and line breaks."""
    text = "<br><br>".join([*_P, _QUOTE])
    return f"""<html><head><title>The Southern Courier: Eleven detained</title>
<script type="application/ld+json">{{"@graph":[{{"@type":"Article","datePublished":"2024-03-05"}}]}}</script></head>
<body>
<div class="top"><a>News</a> <a>Sport</a> <a>Weather</a></div>{_COOKIES}<div class="wrap"><div class="headline">Eleven
detained</div><div class="story">{text}</div><div class="more"><b>Read also</b><br><a href="/z">Ferry sinks off Zuwara,
nine dead</a><br><a href="/y">Court in Harbour jails two for smuggling</a></div></div></body></html>"""


PAGES: dict[str, tuple[str, list[str], list[str], str, str | None, str]] = {
    "news wire": (
        _wire(),
        [*_P, _QUOTE],
        [*_NO, "Advertisement", "All rights"],
        "Eleven detained at bus station",
        "Harbour Wire",
        "2024-03-05",
    ),
    "blog": (
        _blog(),
        [*_P, "More in the coming days."],
        [*_NO, "Archives", "Share this"],
        "Notes from the border",
        "The Border Blog",
        "2024-03-05",
    ),
    "ministry": (
        _ministry(),
        [*_P, "Two vehicles were seized in the town of Instance."],
        [*_NO, "Contact"],
        "Eleven persons detained in Example",
        "Ministry of Examples",
        "2024-03-05",
    ),
    "think tank": (
        _think_tank(),
        [*_P, "The institute counts nine such cells since 2021.", "What comes next"],
        _NO,
        "After the arrests: what the cell tells us",
        "Institute of Samples",
        "2024-03-05",
    ),
    "page of divs": (
        _divs(),
        [*_P, _QUOTE],
        [*_NO, "Weather"],
        "The Southern Courier: Eleven detained",
        None,
        "2024-03-05",
    ),  # no element says which half is the paper's name
}
