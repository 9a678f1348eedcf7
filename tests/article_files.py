"""Files in every form that articles come in, made on the fly from words of our own."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage

import docx
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

__all__ = ["BODY", "FIRST", "SECOND", "docx_file", "eml", "mhtml", "pdf", "rss", "table", "two_columns", "zipped"]

BODY = (
    "Police in the northern town of Example said that nothing at all had happened there overnight, and that nothing "
    "was expected to happen during the coming days either, whatever the neighbours had been saying."
)
FIRST = "Eleven men were detained at the bus station of Example on Tuesday, the prosecutor's office said."
SECOND = "A ferry with forty passengers was turned back off the island of Sample after its engine had failed."


def pdf(
    pages: Sequence[Sequence[str]],
    *,
    head: str = "",
    foot: str = "",
    title: str = "",
    password: str | None = None,
    picture_pages: int = 0,
) -> bytes:
    """Pages of lines in one column, each with its head and foot ("{n}" is the number); pages that are only pictures."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, encrypt=password)
    if title:
        canvas.setTitle(title)
    for n, lines in enumerate(pages, 1):
        canvas.setFont("Helvetica", 9)
        canvas.drawString(72, 800, head.format(n=n))
        canvas.drawCentredString(300, 40, foot.format(n=n))
        y = 740
        for line in lines:
            large = line.startswith("# ")
            canvas.setFont("Helvetica", 20 if large else 11)
            canvas.drawString(72, y, line.removeprefix("# "))
            y -= 30 if large else 14 if line else 10
        canvas.showPage()
    for _ in range(picture_pages):
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 500, 700)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def two_columns(left: Sequence[str], right: Sequence[str]) -> bytes:
    """One page of two columns, written line by line across both: as bad an order in the file as there is."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Helvetica", 10)
    for i in range(max(len(left), len(right))):
        for column, x in ((left, 60), (right, 320)):
            if i < len(column):
                canvas.drawString(x, 740 - 12 * i, column[i])
    canvas.save()
    return out.getvalue()


def docx_file(
    *,
    heading: str,
    paragraphs: Sequence[str],
    items: Sequence[str] = (),
    rows: Sequence[Sequence[str]] = (),
) -> bytes:
    """A Word file with a title, paragraphs, a list and a table."""
    made = docx.Document()
    made.add_heading(heading, 0)
    for text in paragraphs:
        made.add_paragraph(text)
    for text in items:
        made.add_paragraph(text, style="List Bullet")
    if rows:
        grid = made.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def eml(
    *,
    subject: str = "A quiet night",
    sender: str = "The Courier <news@courier.example>",
    text: str | None = BODY,
    html: str | None = None,
    attached: Sequence[tuple[str, bytes]] = (),
    date: str = "Tue, 5 Mar 2024 09:30:00 +0000",
) -> bytes:
    """A letter with a plain part, an HTML part, attachments: any of them."""
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"], letter["Date"] = subject, sender, "desk@example.org", date
    if text is not None:
        letter.set_content(text)
    if html is not None:
        letter.add_alternative(html, subtype="html")
    for name, data in attached:
        letter.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(letter)


def mhtml(page: str, url: str) -> bytes:
    """A page as Chromium saves it in one file: quoted-printable, soft line breaks, the address in the head."""
    import quopri

    body = quopri.encodestring(page.encode("utf-8")).replace(b"\n", b"\r\n")
    head = (
        "From: <Saved by Blink>\r\n"
        f"Snapshot-Content-Location: {url}\r\nSubject: page\r\nDate: Fri, 1 Mar 2024 10:00:00 -0000\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----edge"\r\n\r\n'
        "------edge\r\nContent-Type: text/html\r\nContent-ID: <frame@mhtml.blink>\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: {url}\r\n\r\n"
    )
    style = "\r\n------edge\r\nContent-Type: text/css\r\n\r\np {color: red}\r\n------edge--\r\n"
    return head.encode() + body + style.encode()


def rss(entries: Sequence[tuple[str, str, str, str]], title: str = "Harbour News") -> bytes:
    """An RSS file; an entry is title, description (HTML), address, date."""
    from xml.sax.saxutils import escape

    items = "".join(
        f"<item><title>{escape(t)}</title><link>{escape(u)}</link><guid>{escape(u)}</guid>"
        f"<pubDate>{escape(d)}</pubDate><description>{escape(b)}</description></item>"
        for t, b, u, d in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{escape(title)}</title><link>https://example.org</link>{items}</channel></rss>"
    ).encode()


def table(rows: Sequence[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A CSV file."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def zipped(members: dict[str, bytes | str]) -> bytes:
    """A ZIP archive, compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()
