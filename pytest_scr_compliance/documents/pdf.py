"""PDF files: text by page and paragraph in reading order, and what else they hold."""

from __future__ import annotations

import re
from typing import Any

from ..errors import ReadError
from ..model import Content, Layer, Place
from ..registry import Limits
from .builder import ContentBuilder
from .packages import DAMAGED, ENCRYPTED
from .pdf_layout import Line, paragraphs

PICTURE = "this page is a picture without text; export it from the program it was written in, or install the extra ocr"
HYPHENS = "\x02\ufffe"
"""What PDFium makes of a hyphen at the end of a line; it leaves out the line end."""
LINE = re.compile(f"[^\r\n{HYPHENS}]+")
TOO_MANY_PAGES = "it has more pages than the limit; split it, or raise the setting max_pages"


def read_pdf(data: bytes, limits: Limits) -> Content:
    """Read a PDF file.

    Args:
        data: the whole file.
        limits: how many pages and how much text may be read.

    Returns:
        Text of every page; places have page and paragraph, the paragraphs counted on each page. A page that is only a
        picture is a gap.

    Raises:
        ReadError: it is damaged, encrypted or too large.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        encrypted = getattr(error, "err_code", None) in (4, 5) or "assword" in str(error)
        raise ReadError(ENCRYPTED if encrypted else DAMAGED) from None
    try:
        if len(document) > limits.pages:
            raise ReadError(TOO_MANY_PAGES)
        if not len(document):
            raise ReadError(DAMAGED)
        builder = ContentBuilder(limits)
        for number in range(1, len(document) + 1):
            _read_page(document, number, builder)
        return builder.content()
    finally:
        document.close()


def _read_page(document: Any, number: int, builder: ContentBuilder) -> None:
    import pypdfium2

    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        builder.gap(
            "this page is damaged and could not be read; export the document again", Place(page=number)
        )
        return
    try:
        lines = page_lines(page)
        if lines:
            for index, text in enumerate(paragraphs(lines, page.get_width()), start=1):
                builder.block(text, Place(page=number, paragraph=index), Layer.VISIBLE)
        elif _draws(page):
            builder.gap(PICTURE, Place(page=number))
    finally:
        page.close()


def _draws(page: Any) -> bool:
    """Whether anything is drawn on the page."""
    from pypdfium2.raw import FPDFPage_CountObjects

    return bool(FPDFPage_CountObjects(page) > 0)


def page_lines(page: Any) -> list[Line]:
    """The lines of a page in the order of its content stream.

    PDFium breaks lines itself; the box of a line is that of its first and last character that is not blank.
    """
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        text = textpage.get_text_range(0, -1, errors="replace") if count > 0 else ""
        boxes = _Boxes(textpage, text, count)
        found = []
        for match in LINE.finditer(text):
            words = match.group().strip()
            if words:
                start = match.start() + match.group().index(words[0])
                hyphenated = match.end() < len(text) and text[match.end()] in HYPHENS
                for first, last in boxes.columns(words, start):
                    split = hyphenated and last == start + len(words) - 1
                    box = boxes.around(first, last)
                    found.append(Line(*box, text[first : last + 1] + "-" * split, split))
        return found
    finally:
        textpage.close()


class _Boxes:
    """Boxes of characters, by their index in the text of a page.

    Args:
        textpage: of PDFium.
        text: its text as a Python string.
        count: number of its characters; PDFium counts in UTF-16 and leaves some out of the text.
    """

    def __init__(self, textpage: Any, text: str, count: int) -> None:
        self._textpage = textpage
        self._exact = len(text) == count
        self._wide = (
            [] if text.isascii() else [index for index, letter in enumerate(text) if ord(letter) > 0xFFFF]
        )

    def columns(self, words: str, start: int) -> list[tuple[int, int]]:
        """First and last index of each stretch of a line that is set apart by a gap wider than a letter is high."""
        end = start + len(words) - 1
        if not self._has_gap(start, len(words)):
            return [(start, end)]
        found, first = [], start
        for match in re.finditer(r"\s+", words):
            before, after = self._box(start + match.start() - 1), self._box(start + match.end())
            if after[0] - before[2] > 1.2 * (before[3] - before[1]):
                found.append((first, start + match.start() - 1))
                first = start + match.end()
        return [*found, (first, end)]

    def _has_gap(self, start: int, length: int) -> bool:
        """Whether there can be a wide gap within a line: PDFium's own boxes of its words say so at little cost."""
        first, last = self._index(start), self._index(start + length - 1)
        count = self._textpage.count_rects(first, last - first + 1)
        if count < 2:
            return False
        boxes = sorted(self._textpage.get_rect(index) for index in range(count))
        right = boxes[0][2]
        for left, bottom, end, top in boxes:
            if left - right > 0.8 * (top - bottom):
                return True
            right = max(right, end)
        return False

    def around(self, first: int, last: int) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of the box around two characters."""
        one, other = self._box(first), self._box(last)
        return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])

    def _index(self, index: int) -> int:
        from pypdfium2.raw import FPDFText_GetCharIndexFromTextIndex

        if self._exact:
            return index
        index += sum(position < index for position in self._wide)
        return max(int(FPDFText_GetCharIndexFromTextIndex(self._textpage, index)), 0)

    def _box(self, index: int) -> tuple[float, float, float, float]:
        import pypdfium2

        try:
            left, bottom, right, top = self._textpage.get_charbox(self._index(index), loose=True)
        except pypdfium2.PdfiumError:
            return 0.0, 0.0, 0.0, 0.0
        return left, bottom, right, top
