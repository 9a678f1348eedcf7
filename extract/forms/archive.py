"""ZIP archives of articles, read in memory: nothing is ever unpacked to a disk.

Limits hold for what really comes out, whatever the archive says of itself: a member may not be larger than a file of
its form, all members together not larger than `MAX_TOTAL`, and an archive may stand in an archive once.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace

from extract.forms.base import MAX_DEPTH, Item, Source, size_words
from extract.manifest import MANIFEST, ManifestRow, parse_manifest
from extract.schema import Refusal

__all__ = ["MAX_MEMBERS", "MAX_TOTAL", "is_bomb", "read_zip"]

#: All members together, unpacked.
MAX_TOTAL = 1_000_000_000
MAX_MEMBERS = 50_000
#: Text shrinks to a third or a tenth; what shrinks to less than this is made to fill a memory.
_RATIO = 200
_PART = 1 << 20


def is_bomb(info: zipfile.ZipInfo) -> bool:
    """Whether a member says that it unpacks to far more than text or a document would."""
    return info.file_size > 10_000_000 and info.file_size > _RATIO * max(1, info.compress_size)


def read_zip(data: bytes, source: Source) -> Iterator[Item]:
    """The articles in an archive; a documents.csv in it gives what they do not say themselves."""
    if source.depth >= MAX_DEPTH:
        yield source.refuse("an archive in an archive in an archive; unpack it first")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from _members(archive, source)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, ValueError, OSError) as err:
        yield source.refuse(f"damaged or not a ZIP archive ({err})")


def _members(archive: zipfile.ZipFile, source: Source) -> Iterator[Item]:
    from extract.forms import EXPECTED, limit_of

    infos = [i for i in archive.infolist() if not i.is_dir()]
    if len(infos) > MAX_MEMBERS:
        yield source.refuse(f"{len(infos):,} files in one archive are too many; at most {MAX_MEMBERS:,}")
        return
    rows, complaints = _manifest(archive, source)
    yield from complaints
    found, left = False, MAX_TOTAL
    for info in sorted(infos, key=lambda i: i.filename):
        name = info.filename.replace("\\", "/")
        base = name.rsplit("/", 1)[-1]
        suffix = f".{base.rsplit('.', 1)[-1].lower()}" if "." in base else ""
        if base.startswith(".") or name.startswith("__MACOSX/") or base == MANIFEST or suffix not in EXPECTED:
            continue
        found = True
        inside = replace(source.member(_shown(name)), row=rows.get(name), rows=rows)
        body = _unpack(archive, info, min(limit_of(suffix), left), inside)
        if isinstance(body, Refusal):
            yield body
            continue
        left -= len(body)
        assert source.inner is not None
        yield from source.inner(body, suffix, inside)
    if not found:
        yield source.refuse("no articles in this archive")


def _shown(name: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]", "?", name)[:300]


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int, inside: Source) -> bytes | Refusal:
    """The bytes of a member, or why it is not taken; reads no more than the limit."""
    name = info.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name):
        return inside.refuse("its name leads out of the archive; not read")
    if info.flag_bits & 0x1:
        return inside.refuse("protected by a password: unpack it first")
    if is_bomb(info):
        return inside.refuse(
            f"{size_words(info.compress_size)} that unpack to {size_words(info.file_size)}: not read (a bomb)"
        )
    if info.file_size > limit:
        return inside.refuse(f"{size_words(info.file_size)} unpacked are too much; at most {size_words(limit)}")
    parts, size = [], 0
    try:
        with archive.open(info) as member:
            while part := member.read(_PART):
                size += len(part)
                if size > limit:
                    return inside.refuse(f"unpacks to more than {size_words(limit)}: not read")
                parts.append(part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as err:
        return inside.refuse(f"damaged in the archive ({str(err)[:100] or type(err).__name__})")
    return b"".join(parts)


def _manifest(archive: zipfile.ZipFile, source: Source) -> tuple[dict[str, ManifestRow], list[Refusal]]:
    """Rows of every documents.csv in the archive, by the whole name of the member."""
    rows: dict[str, ManifestRow] = {}
    complaints: list[Refusal] = []
    for info in archive.infolist():
        name = info.filename.replace("\\", "/")
        if name.rsplit("/", 1)[-1] != MANIFEST:
            continue
        inside = source.member(_shown(name))
        body = _unpack(archive, info, 20_000_000, inside)
        if isinstance(body, Refusal):
            complaints.append(body)
            continue
        found, refused = parse_manifest(body, inside.label)
        folder = name[: -len(MANIFEST)]
        rows |= {folder + key: row for key, row in found.items()}
        complaints += refused
    return rows, complaints
