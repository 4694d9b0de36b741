"""PDF files: text by page and paragraph in reading order, and what else they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..errors import ReadError
from ..model import Content, Layer, Place
from ..registry import Limits
from .builder import ContentBuilder
from .ocr import is_installed, recognise
from .packages import DAMAGED, ENCRYPTED
from .pdf_layout import Line, paragraphs
from .pdf_revisions import note_revisions
from .pdf_structure import Structure
from .pdf_visibility import Box, hidden_characters, picture_share

PICTURE = "this page is a picture without text; export it from the program it was written in, or install the extra ocr"
GARBLED = "the fonts of this page do not say which letters they draw; export it again, with other fonts or from Word"
SAMPLE = 50
"""Characters of a page whose fonts are asked."""
HYPHENS = "\x02\ufffe"
"""What PDFium makes of a hyphen at the end of a line; it leaves out the line end."""
LINE = re.compile(f"[^\r\n{HYPHENS}]+")
SCAN = 0.6
"""A picture that covers more of a page than this is a scan."""
PICTURE_SHARE = 0.06
"""A picture that covers less of a page of text than this is a logo or an ornament."""
MOST_PIXELS = 12_000_000
PARTS = {
    "pdf.text.invisible_tr3": "invisible text",
    "pdf.text.white": "white text",
    "pdf.text.covered": "covered text",
    "pdf.text.tiny": "tiny text",
    "pdf.text.offpage": "text beside the page",
}
TOO_MANY_PAGES = "it has more pages than the limit; split it, or raise the setting max_pages"


def read_pdf(data: bytes, limits: Limits) -> Content:
    """Read a PDF file.

    Args:
        data: the whole file.
        limits: how many pages and how much text may be read.

    Returns:
        Text of every page; places have page and paragraph, the paragraphs counted on each page. A page that is only a
        picture is a gap. What cannot be seen, or could be read in an earlier version of the file, is hidden.

    Raises:
        ReadError: it is damaged, encrypted or too large.
    """
    builder = read_version(data, limits)
    note_revisions(data, builder)
    return builder.content()


def read_version(data: bytes, limits: Limits) -> ContentBuilder:
    """What one version of a PDF file holds, without the versions before it.

    Raises:
        ReadError: as :func:`read_pdf`.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        encrypted = getattr(error, "err_code", None) in (4, 5) or "assword" in str(error)
        raise ReadError(ENCRYPTED if encrypted else DAMAGED) from None
    builder = ContentBuilder(limits)
    try:
        if len(document) > limits.pages:
            raise ReadError(TOO_MANY_PAGES)
        if not len(document):
            raise ReadError(DAMAGED)
        structure = Structure(data, builder)
        if structure.drawn is not None:
            document.close()
            document = pypdfium2.PdfDocument(structure.drawn)
        for number in range(1, len(document) + 1):
            lines = _read_page(document, number, builder, structure.covers.get(number, []))
            if number in structure.stamped:
                _read_stamps(document, number, builder, lines)
    finally:
        document.close()
    structure.note()
    return builder


def _read_page(document: Any, number: int, builder: ContentBuilder, covers: list[Box]) -> list[str]:
    """Add a page; the texts of its lines, hidden ones too."""
    import pypdfium2

    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        builder.gap("this page is damaged and could not be read; export the document again", Place(page=number))
        return []
    try:
        visible, hidden, garbled = page_lines(page, covers)
        if garbled:
            builder.gap(GARBLED, Place(page=number))
        index = 0
        for index, text in enumerate(paragraphs(visible, page.get_width()), start=1):
            builder.block(text, Place(page=number, paragraph=index), Layer.VISIBLE)
        for name, lines in hidden.items():
            builder.found(name, Place(page=number), len(lines))
            for text in paragraphs(lines, page.get_width()):
                builder.block(text, Place(part=PARTS.get(name, "hidden text"), page=number), Layer.HIDDEN)
        _read_pictures(page, number, builder, shows_text=bool(index), layered="pdf.text.invisible_tr3" in hidden)
        return [line.text for line in [*visible, *(line for lines in hidden.values() for line in lines)]]
    finally:
        page.close()


def _read_stamps(document: Any, number: int, builder: ContentBuilder, known: list[str]) -> None:
    """Add what annotations show: draw them into the page, and see which lines are new."""
    import pypdfium2
    from pypdfium2.raw import FLAT_NORMALDISPLAY, FPDFPage_Flatten

    try:
        page = document[number - 1]
        FPDFPage_Flatten(page, FLAT_NORMALDISPLAY)
        page.close()
        page = document[number - 1]
        visible, _, _ = page_lines(page, [])
        page.close()
    except pypdfium2.PdfiumError:
        builder.gap("an annotation could not be read; remove it or print to a new PDF", Place(page=number))
        return
    for line in visible:
        if line.text not in known:
            builder.block(line.text, Place(part="annotation", page=number), Layer.VISIBLE)


def _read_pictures(page: Any, number: int, builder: ContentBuilder, *, shows_text: bool, layered: bool) -> None:
    """What the extra ``ocr`` reads on a page with pictures.

    Without it, a page that shows no text is a gap, and a picture on a page of text has to be looked at.
    """
    share = picture_share(page)
    if layered and share > SCAN:
        builder.found("pdf.ocr_layer", Place(page=number))
    if share < PICTURE_SHARE if shows_text else not _draws(page):
        return
    lines = None
    if is_installed():
        width, height = page.get_size()
        scale = min(200 / 72, (MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
        lines = recognise(page.render(scale=scale).to_pil())
    if lines is None and shows_text:
        builder.found("pdf.picture", Place(page=number))
    elif lines is None:
        builder.gap(PICTURE, Place(page=number))
    for text in lines or ():
        builder.block(text, Place(part="picture", page=number))


def _draws(page: Any) -> bool:
    """Whether anything is drawn on the page."""
    from pypdfium2.raw import FPDFPage_CountObjects

    return bool(FPDFPage_CountObjects(page) > 0)


def page_lines(page: Any, covers: list[Box]) -> tuple[list[Line], dict[str, list[Line]], bool]:
    """The lines of a page in the order of its content stream.

    PDFium breaks lines itself; the box of a line is that of its first and last character that is not blank.

    Args:
        page: of pypdfium2.
        covers: boxes of opaque annotations on the page.

    Returns:
        The lines that can be seen, the others by class, and whether the fonts do not tell which
        letters they draw.
    """
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        text = textpage.get_text_range(0, -1, errors="replace") if count > 0 else ""
        boxes = _Boxes(textpage, text, count)
        visible: list[Line] = []
        hidden: dict[str, list[Line]] = {}
        classes = hidden_characters(page, textpage, covers, MOST_PIXELS) if text.strip() else {}
        for match in LINE.finditer(text):
            for start, words, name in _runs(match, boxes, classes):
                hyphenated = start + len(words) < len(text) and text[start + len(words)] in HYPHENS
                for first, last in boxes.columns(words, start):
                    split = hyphenated and last == start + len(words) - 1
                    line = Line(*boxes.around(first, last), text[first : last + 1] + "-" * split, split)
                    (hidden.setdefault(name, []) if name else visible).append(line)
        return visible, hidden, _is_garbled(textpage, text, count)
    finally:
        textpage.close()


def _is_garbled(textpage: Any, text: str, count: int) -> bool:
    """Whether the fonts of a page do not tell which letters they draw, judged by a sample of characters."""
    from pypdfium2.raw import FPDFText_HasUnicodeMapError

    letters = [letter for letter in text if not letter.isspace()]
    odd = sum("\ue000" <= letter <= "\uf8ff" or letter == "\ufffd" for letter in letters)
    sample = range(0, count, max(count // SAMPLE, 1))
    errors = sum(FPDFText_HasUnicodeMapError(textpage, index) > 0 for index in sample)
    return odd > 0.2 * len(letters) > 0 or errors > 0.2 * len(sample) > 0


def _runs(match: re.Match[str], boxes: _Boxes, classes: dict[int, str]) -> Iterator[tuple[int, str, str]]:
    """The stretches of a line that are all visible or all of one hidden class: start, text and class."""
    words = match.group()
    names = [classes.get(boxes.index(match.start() + offset), "") for offset in range(len(words))] if classes else []
    if not any(names):
        if words.strip():
            yield match.start() + len(words) - len(words.lstrip()), words.strip(), ""
        return
    for offset, letter in enumerate(words):
        if letter.isspace():  # a space goes with the letter before it
            names[offset] = names[offset - 1] if offset else ""
    start = 0
    for end in range(1, len(words) + 1):
        if end == len(words) or names[end] != names[start]:
            run = words[start:end]
            name = names[start] if sum(letter.isalnum() for letter in run) > 1 else ""
            if run.strip():
                yield match.start() + start + len(run) - len(run.lstrip()), run.strip(), name
            start = end


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
        self._wide = [] if text.isascii() else [index for index, letter in enumerate(text) if ord(letter) > 0xFFFF]

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
        first, last = self.index(start), self.index(start + length - 1)
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

    def index(self, index: int) -> int:
        """PDFium's index of a character, from its index in the text."""
        from pypdfium2.raw import FPDFText_GetCharIndexFromTextIndex

        if self._exact:
            return index
        index += sum(position < index for position in self._wide)
        return max(int(FPDFText_GetCharIndexFromTextIndex(self._textpage, index)), 0)

    def _box(self, index: int) -> tuple[float, float, float, float]:
        import pypdfium2

        try:
            left, bottom, right, top = self._textpage.get_charbox(self.index(index), loose=True)
        except pypdfium2.PdfiumError:
            return 0.0, 0.0, 0.0, 0.0
        return left, bottom, right, top
