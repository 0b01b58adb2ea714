"""Broken copies of a good workbook: bytes of the zip, XML, types, shifted rows, formulas, parts that do not belong. All seeded."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator

Change = Callable[[str, bytes], bytes]
_CELL = re.compile(rb"<c [^>]*?(?:/>|>.*?</c>)", re.DOTALL)
_VALUE = re.compile(rb"<v>[^<]*</v>")
_ROW = re.compile(rb"<row .*?</row>", re.DOTALL)
_INLINE = re.compile(rb't="inlineStr"([^>]*)><is>(<t[^>]*>[^<]*</t>)</is></c>')
_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATIONSHIP = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHARED = b'<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>'
_FRAGMENTS = (
    b"<",
    b"&",
    b"&#0;",
    b"&lol;",
    b"\xff\xfe",
    b"]]>",
    b"<c r=",
    b"</row>",
    b'r="XFE1"',
    b't="s"',
    b't="e"',
    b"<f>1/0</f>",
    b"<v>1e999</v>",
    b"<v>nan</v>",
    b"<v>-1</v>",
    b"<v>99999999999999999999999999</v>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b'<x xmlns="y"/>',
)


def changed_parts(raw: bytes, change: Change, **added: bytes) -> bytes:
    """The package with every part passed through change(name, content). added: further parts, __ for / in their names, __xml and __bin for the ending."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for item in package.infolist():
            made.writestr(
                zipfile.ZipInfo(item.filename, (1980, 1, 1, 0, 0, 0)), change(item.filename, package.read(item))
            )
        for name, content in added.items():
            made.writestr(
                zipfile.ZipInfo(
                    name.replace("__xml", ".xml").replace("__bin", ".bin").replace("__", "/"), (1980, 1, 1, 0, 0, 0)
                ),
                content,
            )
    return out.getvalue()


def with_shared_strings(raw: bytes) -> bytes:
    """The same workbook with its texts where Excel keeps them: in a part of their own. openpyxl writes them into the cells; what our
    own writer has made and somebody typed into keeps its part already."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        if "xl/sharedStrings.xml" in package.namelist():
            return raw
    texts: list[bytes] = []

    def shared(match: re.Match[bytes]) -> bytes:
        texts.append(match[2])
        return b't="s"%s><v>%d</v></c>' % (match[1], len(texts) - 1)

    def change(name: str, content: bytes) -> bytes:
        if name == "[Content_Types].xml":
            part = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s.sharedStrings+xml"/></Types>' % _TYPE
            return content.replace(b"</Types>", part)
        if name == "xl/_rels/workbook.xml.rels":
            relation = b'<Relationship Id="rId77" Type="%s/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
            return content.replace(b"</Relationships>", relation % _RELATIONSHIP)
        return _INLINE.sub(shared, content) if "worksheets/" in name else content

    made = changed_parts(raw, change)
    strings = b"".join(b"<si>%s</si>" % text for text in texts)
    return changed_parts(made, lambda _, content: content, xl__sharedStrings__xml=_SHARED % strings)


def mutations(raw: bytes, count: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """(what was done, bytes), count times. The same seed gives the same copies; some of them are no worse than the original."""
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        kind = KINDS[number % len(KINDS)]
        yield f"{seed}/{number} {kind.__name__}", kind(raw, chance)


def _bytes_flipped(raw: bytes, chance: random.Random) -> bytes:
    data = bytearray(raw)
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def _cut_short(raw: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(raw))
    return raw[:start] + raw[start + chance.randint(1, 3000) :]


def _part_lost(raw: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        lost = chance.choice(package.namelist())
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as package, zipfile.ZipFile(out, "w") as made:
        for name in package.namelist():
            if name != lost:
                made.writestr(name, package.read(name))
    return out.getvalue()


def _fragment_put_in(raw: bytes, chance: random.Random) -> bytes:
    def change(content: bytes) -> bytes:
        at = chance.randrange(len(content))
        return content[:at] + chance.choice(_FRAGMENTS) + content[at + chance.randint(0, 30) :]

    return _one_part(raw, chance, change, "xml")


def _text_swapped(raw: bytes, chance: random.Random) -> bytes:
    """A digit, name or attribute of some part becomes another."""

    def change(content: bytes) -> bytes:
        words = list(re.finditer(rb"[A-Za-z0-9]{2,}", content))
        if not words:
            return content
        one, other = chance.choice(words), chance.choice(words)
        return content[: one.start()] + other[0] + content[one.end() :]

    return _one_part(raw, chance, change, "xml")


def _cells_damaged(raw: bytes, chance: random.Random) -> bytes:
    def change(content: bytes) -> bytes:
        def one(match: re.Match[bytes]) -> bytes:
            if chance.random() > 0.02:
                return match[0]
            return chance.choice(
                (
                    match[0].replace(b't="s"', b""),
                    match[0].replace(b"<c ", b'<c t="e" ', 1),
                    _VALUE.sub(b"<v>#REF!</v>", match[0]),
                    _VALUE.sub(b"<v>999999</v>", match[0]),
                    _VALUE.sub(b"<v>1E+308</v>", match[0]),
                    _VALUE.sub(b"<v></v>", match[0]),
                    _VALUE.sub(b"<f>SUM([1]A!B1)</f><v>5</v>", match[0]),
                    re.sub(rb's="[0-9]+"', b's="%d"' % chance.randrange(200), match[0]),
                    match[0] * 2,
                    b"",
                )
            )

        return _CELL.sub(one, content)

    return _one_part(raw, chance, change, "sheet")


def _rows_shifted(raw: bytes, chance: random.Random) -> bytes:
    def change(content: bytes) -> bytes:
        rows = _ROW.findall(content)
        if len(rows) < 4:
            return content
        start = content.index(rows[0])
        end = content.rindex(rows[-1]) + len(rows[-1])
        for _ in range(chance.randint(1, 3)):
            step = chance.randrange(4)
            at = chance.randrange(len(rows))
            if step == 0:
                del rows[at]
            elif step == 1:
                rows.insert(chance.randrange(len(rows)), rows[at])
            elif step == 2:
                rows.append(re.sub(rb'r="([A-Z]*)([0-9]+)"', lambda m: b'r="%s%d"' % (m[1], int(m[2]) + 900), rows[at]))
            else:
                chance.shuffle(rows)
        return content[:start] + b"".join(rows) + content[end:]

    return _one_part(raw, chance, change, "sheet")


def _strings_damaged(raw: bytes, chance: random.Random) -> bytes:
    """A shared string becomes huge, a formula, another key, or signs nobody sees."""
    huge = ("Ấ" * 20 + str(chance.random())).encode() * 20_000
    wanted = chance.choice(
        (
            huge,
            b"=cmd|'/C calc'!A0",
            b"measure:due",
            b"\xe2\x80\xae\xe2\x80\x8b",
            b"_x0000_",
            b"_xD800_",
            b"KAD",
            b"../../x",
        )
    )

    def change(content: bytes) -> bytes:
        texts = list(re.finditer(rb"(<t[^>]*>)([^<]*)(</t>)", content))
        if not texts:
            return content
        one = chance.choice(texts)
        return content[: one.start(2)] + wanted + content[one.end(2) :]

    return changed_parts(raw, lambda name, content: change(content) if "sharedStrings" in name else content)


def _foreign_part(raw: bytes, chance: random.Random) -> bytes:
    name = chance.choice(
        ("xl__vbaProject.bin", "xl__externalLinks__externalLink1.xml", "xl__embeddings__o.bin", "xl__connections.xml")
    )
    return changed_parts(raw, lambda _, content: content, **{name: b"<x/>"})


def _one_part(raw: bytes, chance: random.Random, change: Callable[[bytes], bytes], word: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        chosen = chance.choice(
            [name for name in package.namelist() if word in name and package.getinfo(name).file_size]
        )
    return changed_parts(raw, lambda name, content: change(content) if name == chosen else content)


KINDS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _bytes_flipped,
    _cut_short,
    _part_lost,
    _fragment_put_in,
    _text_swapped,
    _cells_damaged,
    _rows_shifted,
    _strings_damaged,
    _foreign_part,
)
