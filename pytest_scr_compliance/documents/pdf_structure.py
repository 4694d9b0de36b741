"""What a PDF file holds besides the text of its pages: everything that its objects say, found by walking them all."""

from __future__ import annotations

import posixpath
import re
from typing import Any

from ..errors import ReadError
from ..model import Layer, Place, Severity
from .builder import ContentBuilder
from .embedded import read_embedded
from .images import note_picture, xmp_values
from .links import is_local, is_mail
from .pdf_replacements import take_out_replacements
from .pdf_values import (
    HIDDEN_FLAGS,
    cover,
    entries,
    file_name,
    is_container,
    is_dict,
    items,
    text_of,
    texts_of,
    unpacked,
)
from .pdf_visibility import Box
from .xml import leaf_texts, parse_xml

STANDARD_INFO = frozenset(
    [
        "/Title",
        "/Author",
        "/Subject",
        "/Keywords",
        "/Creator",
        "/Producer",
        "/CreationDate",
        "/ModDate",
        "/Trapped",
    ]
)
TECHNICAL_INFO = re.compile(r"^/(?:PTEX|GTS_|AAPL|ICNApp|SourceModified|rgid|EPSProcessor|Lang)")
PLACEHOLDER = re.compile(r"^\(?(?:anonymous|untitled|unspecified|unknown)\)?$", re.IGNORECASE)
"""What programs write where nothing is known."""
MARKUP = frozenset(
    "Text FreeText Highlight Underline Squiggly StrikeOut Stamp Caret Ink Line Square Circle Polygon PolyLine Sound "
    "Movie Screen RichMedia 3D Watermark".split()
)
PLAIN = ("/Link", "/Popup", "/Text", "/Highlight", "/Underline", "/StrikeOut", "/Ink", "/FileAttachment")
"""Annotations whose appearance shows no text."""
SHOWS_TEXT = re.compile(rb"\bBT\b.*?(?:Tj|TJ|['\"])\s", re.DOTALL)
LITERAL = re.compile(rb"\(((?:[^()\\]|\\.)*)\)")
QUOTED = re.compile(r"\"([^\"\\]{4,200})\"|'([^'\\]{4,200})'")
MOST_OBJECTS = 2_000_000
MOST_NESTING = 200
XMP_AUTHOR = frozenset(
    ["creator", "author", "Author", "AuthorsPosition", "CaptionWriter", "Manager", "publisher", "contributor"]
)
XMP_TITLE = frozenset(["title", "description", "subject", "Keywords", "Headline", "coverage"])
XMP_TECHNICAL = re.compile(
    r"Date$|ID$|ToolkK?it|Tool$|Version|format|Producer|part|conformance|amd|instanceID|action|when|softwareAgent|changed|"
    r"MetadataDate|renditionClass|Trapped|schema|prefix|namespaceURI|property|valueType|category|name$|x[mp]tk|dims|unit|"
    r"stDim|ver$|SlideShow|PageNumber|language|rights$|Thumbnail|image$|width$|height$|SourceModified",
    re.IGNORECASE,
)


class Structure:
    """The objects of a PDF file.

    Args:
        data: the whole file.
        builder: receives what is found, when :meth:`note` is called.

    Attributes:
        covers: page number → boxes of opaque annotations on it.
        stamped: numbers of the pages on which annotations are drawn that may show text.
        drawn: the file without its replacement texts, or None if it has none.
    """

    def __init__(self, data: bytes, builder: ContentBuilder) -> None:
        import pikepdf

        self._builder = builder
        self.covers: dict[int, list[Box]] = {}
        self.stamped: set[int] = set()
        self._seen: set[tuple[int, int]] = set()
        self._attached: set[tuple[int, int]] = set()
        self._count = 0
        self._titles: list[str] = []
        self._replacements: list[tuple[int, str]] = []
        self.drawn: bytes | None = None
        try:
            from io import BytesIO

            self._pdf: Any = pikepdf.open(BytesIO(data))
            self._pages = {page.objgen: number for number, page in enumerate(self._pdf.pages, start=1)}
            for number, page in enumerate(self._pdf.pages, start=1):
                for annotation in items(page.obj.get("/Annots")):
                    if (box := cover(annotation)) is not None:
                        self.covers.setdefault(number, []).append(box)
                    if is_dict(annotation) and "/AP" in annotation and annotation.get("/Subtype") not in PLAIN:
                        self.stamped.add(number)
            self._replacements, self.drawn = take_out_replacements(self._pdf)
        except Exception:
            self._pdf = None

    def note(self) -> None:
        """Add all that the objects say."""
        if self._pdf is None:
            self._builder.gap("its structure is damaged and could not be searched; export the document again")
            return
        try:
            self._info()
            self._layers()
            for number, text in self._replacements:
                if sum(letter.isalpha() for letter in text) > 2:
                    self._say("pdf.struct.alt", text, "alternative text", Layer.HIDDEN, number)
            self._walk()
            self._say_titles()
            self._unreferenced()
        except ReadError:
            raise
        except Exception:
            self._builder.gap("its structure is damaged and could not be searched; export the document again")
        finally:
            self._pdf.close()

    def _info(self) -> None:
        for key, value in entries(self._pdf.trailer.get("/Info")):
            text = text_of(value)
            if not text.strip():
                continue
            if key == "/Author" and PLACEHOLDER.match(text):
                self._builder.found("pdf.info.author", severity=Severity.NOTE)
            elif key == "/Author":
                self._say("pdf.info.author", text, "property")
            elif key in ("/Title", "/Subject", "/Keywords"):
                self._say("pdf.info.title", text, "property")
            elif key not in STANDARD_INFO and not TECHNICAL_INFO.match(key) and not text.startswith("D:"):
                self._say("pdf.info.custom", text, "property")

    def _say(self, name: str, text: str, part: str, layer: Layer = Layer.METADATA, page: int | None = None) -> None:
        self._builder.found(name, Place(page=page))
        self._builder.once(text, Place(part=part, page=page), layer)

    def _layers(self) -> None:
        properties: Any = self._pdf.Root.get("/OCProperties")
        usual: Any = properties.get("/D") if is_dict(properties) else None
        if not is_dict(usual):
            return
        off = len(list(items(usual.get("/OFF"))))
        if str(usual.get("/BaseState", "")) == "/OFF":
            off += len(list(items(properties.get("/OCGs")))) - len(list(items(usual.get("/ON"))))
        if off > 0:
            self._builder.found("pdf.ocg_off", count=off)
        for group in items(properties.get("/OCGs")):
            if is_dict(group):
                self._builder.once(text_of(group.get("/Name")), Place(part="layer name"))

    def _walk(self) -> None:
        """Visit every object that can be reached from the trailer, pages first, so that places have their page."""
        for number, page in enumerate(self._pdf.pages, start=1):
            self._visit(page.obj, number)
        self._visit(self._pdf.trailer, None)

    def _visit(self, root: Any, page: int | None) -> None:
        import pikepdf

        stack: list[tuple[Any, str, int]] = [(root, "", 0)]
        while stack:
            item, key, depth = stack.pop()
            if depth > MOST_NESTING:
                raise ReadError("it is nested too deeply; export the document again")
            indirect = item.is_indirect
            if indirect:
                if item.objgen in self._seen or (
                    page is not None and key in ("/Parent", "/P", "/StructParents", "/Dest", "/D")
                ):
                    continue
                if page is not None and item.objgen in self._pages and self._pages[item.objgen] != page:
                    continue
                self._seen.add(item.objgen)
            self._count += 1
            if self._count > MOST_OBJECTS:
                raise ReadError("it holds more objects than the limit; export the document again")
            if isinstance(item, pikepdf.Array):
                stack += [
                    (child, key, depth + 1)
                    for child in item
                    if isinstance(child, pikepdf.Object) and is_container(child)
                ]
            elif isinstance(item, pikepdf.Stream | pikepdf.Dictionary):
                entries = dict(item.items()) if isinstance(item, pikepdf.Dictionary) else dict(item.stream_dict.items())
                self._dictionary(item, entries, key, page)
                stack += [
                    (child, name, depth + 1)
                    for name, child in entries.items()
                    if isinstance(child, pikepdf.Object) and is_container(child)
                ]

    def _dictionary(self, item: Any, entries: dict[str, Any], key: str, page: int | None) -> None:
        action, subtype = str(entries.get("/S", "")), str(entries.get("/Subtype", ""))[1:]
        if action == "/JavaScript" or "/JS" in entries:
            self._javascript(entries.get("/JS"), page)
        elif action == "/Launch":
            self._say("pdf.launch", file_name(entries.get("/F")), "link", page=page)
        elif action == "/URI":
            self._link(text_of(entries.get("/URI")), page)
        elif action in ("/GoToR", "/GoToE", "/SubmitForm", "/ImportData"):
            self._builder.once(file_name(entries.get("/F")), Place(part="link", page=page))
        if "/Rect" in entries and subtype and key in ("/Annots", "/Popup", "/Kids", ""):
            self._annotation(entries, subtype, page)
        elif "/FT" in entries or ("/T" in entries and "/Kids" in entries):
            self._field(entries, page)
        if "/EF" in entries:
            self._attachment(entries, page, annotated=subtype == "FileAttachment" or key == "/FS")
        if "/PieceInfo" in entries:
            self._builder.found("pdf.pieceinfo")
        if "/Thumb" in entries:
            self._builder.found("pdf.thumbnail", Place(page=page))
        if "/Metadata" in entries and subtype != "Image":
            self._xmp(entries["/Metadata"])
        if "/XFA" in entries:
            self._xfa(entries["/XFA"])
        if subtype == "Image":
            self._image(item, entries, page)
        if "/Title" in entries and ("/Parent" in entries or "/Dest" in entries):
            self._bookmark(entries)
        if (
            key != "/Annots"
            and any(name in entries for name in ("/Alt", "/ActualText", "/E"))
            and "/Font" not in entries
        ):
            for name in ("/Alt", "/ActualText", "/E"):
                if (text := text_of(entries.get(name))) and text.strip():
                    self._say("pdf.struct.alt", text, "alternative text", Layer.HIDDEN, page)

    def _javascript(self, code: Any, page: int | None) -> None:
        import pikepdf

        self._builder.found("pdf.javascript", Place(page=page))
        text = code.read_bytes().decode("latin-1") if isinstance(code, pikepdf.Stream) else text_of(code)
        for one, other in QUOTED.findall(text[: 2**20]):
            if " " in (one or other):
                self._builder.once(one or other, Place(part="script", page=page), Layer.HIDDEN)

    def _link(self, target: str, page: int | None) -> None:
        if is_mail(target) or is_local(target):
            self._builder.found("pdf.mailto_or_file_link", Place(page=page))
        self._builder.once(target, Place(part="link", page=page))

    def _annotation(self, entries: dict[str, Any], subtype: str, page: int | None) -> None:
        flags = entries.get("/F", 0)
        concealed = isinstance(flags, int) and bool(flags & HIDDEN_FLAGS)
        if subtype == "Redact":
            self._builder.found("pdf.redact_annot", Place(page=page))
        elif subtype in MARKUP:
            self._builder.found("pdf.annotation", Place(page=page))
            if concealed:
                self._builder.found("pdf.annotation_hidden", Place(page=page))
        elif subtype == "Widget":
            self._field(entries, page)
        shown = subtype == "FreeText" and not concealed
        for key in ("/Contents", "/RC", "/Subj", "/OverlayText"):
            text = text_of(entries.get(key))
            if key == "/RC":
                text = re.sub(r"<[^>]*>", " ", text)
            layer = Layer.VISIBLE if shown and key == "/Contents" else Layer.HIDDEN
            self._builder.once(text, Place(part="annotation", page=page), layer)
        if subtype in MARKUP or subtype == "Redact":
            self._builder.once(text_of(entries.get("/T")), Place(part="annotation author", page=page))

    def _field(self, entries: dict[str, Any], page: int | None) -> None:
        for key in ("/V", "/DV", "/RV", "/TU", "/Opt"):
            for text in texts_of(entries.get(key)):
                if text.strip() and text != "Off":
                    shown = key == "/V"
                    if not shown or len(text) > 0:
                        self._builder.found("pdf.form_field", Place(page=page))
                    layer = Layer.VISIBLE if shown else Layer.HIDDEN
                    self._builder.once(text, Place(part="form field", page=page), layer)
        self._builder.once(text_of(entries.get("/T")), Place(part="form field", page=page))

    def _attachment(self, entries: dict[str, Any], page: int | None, *, annotated: bool) -> None:
        import pikepdf

        name = file_name(pikepdf.Dictionary({k: v for k, v in entries.items() if k in ("/F", "/UF")}))
        for stream in dict(entries["/EF"].items()).values():
            if not isinstance(stream, pikepdf.Stream) or stream.objgen in self._attached:
                continue
            self._attached.add(stream.objgen)
            self._say("pdf.attachment_annot" if annotated else "pdf.attachment", name, "attachment name", page=page)
            part = f"attachment {len(self._attached)}"
            try:
                data = unpacked(stream, self._builder.limits.unpacked)
            except ReadError:
                self._builder.gap("a file that is embedded in it cannot be read; remove it", Place(part=part))
            else:
                read_embedded(self._builder, data, posixpath.splitext(name)[1], part)

    def _xmp(self, stream: Any) -> None:
        import pikepdf

        if not isinstance(stream, pikepdf.Stream):
            return
        for name, text in xmp_values(unpacked(stream, 2**24)):
            if name in XMP_AUTHOR:
                self._say("pdf.xmp.author", text, "property")
            elif name in XMP_TITLE:
                self._say("pdf.xmp.title", text, "property")
            elif not XMP_TECHNICAL.search(name) and re.search(r"[^\W\d_]{3}", text) and "://" not in text:
                self._say("pdf.xmp.other", text, "property")

    def _xfa(self, value: Any) -> None:
        import pikepdf

        self._builder.found("pdf.form.xfa")
        packets = [
            part
            for part in (value if isinstance(value, pikepdf.Array) else [value])
            if isinstance(part, pikepdf.Stream)
        ]
        data = b"".join(unpacked(packet, self._builder.limits.unpacked) for packet in packets)
        try:
            texts = list(leaf_texts(parse_xml(data, recover=True))) if data.strip() else []
        except ReadError:
            self._builder.gap("a form inside of it cannot be read; print the form to a new PDF", Place(part="form"))
            return
        self._builder.block("\n".join(texts), Place(part="form"), Layer.HIDDEN)

    def _image(self, item: Any, entries: dict[str, Any], page: int | None) -> None:
        if "/Metadata" in entries:
            self._builder.found("pdf.image_xmp", Place(page=page))
            for name, text in xmp_values(unpacked(entries["/Metadata"], 2**24)):
                if not XMP_TECHNICAL.search(name) and re.search(r"[^\W\d_]{3}", text):
                    self._builder.once(text, Place(part="picture property", page=page))
        filters = str(entries.get("/Filter", ""))
        if "DCTDecode" not in filters and "JPXDecode" not in filters:
            return
        data = item.read_raw_bytes()
        if b"Exif\x00\x00" in data[: 2**18]:
            self._builder.found("pdf.image_exif", Place(page=page))
        if (
            b"Exif\x00\x00" in data[: 2**18]
            or b"http://ns.adobe.com/xap" in data[: 2**18]
            or b"Photoshop 3.0" in data[: 2**16]
        ):
            inner = ContentBuilder(self._builder.limits)
            try:
                note_picture(data, inner)
            except ReadError:
                return
            if any(hidden.name == "img.xmp" for hidden in inner.content().hidden):
                self._builder.found("pdf.image_xmp", Place(page=page))
            self._builder.include(inner.content(), "picture")

    def _bookmark(self, entries: dict[str, Any]) -> None:
        if text := text_of(entries.get("/Title")):
            self._builder.found("pdf.bookmark")
            self._titles.append(text)

    def _say_titles(self) -> None:
        """Bookmarks repeat the headings; only the others say something new."""
        for text in [title for title in self._titles if not self._builder.shows(title)]:
            self._builder.once(text, Place(part="bookmark"), Layer.HIDDEN)

    def _unreferenced(self) -> None:
        """Objects that nothing refers to any more and that would show text."""
        import pikepdf

        for item in self._pdf.objects:
            if not isinstance(item, pikepdf.Stream) or item.objgen in self._seen:
                continue
            if str(item.get("/Type", "")) in ("/ObjStm", "/XRef") or str(item.get("/Subtype", "")) == "/Image":
                continue
            try:
                data = unpacked(item, 2**24)
            except ReadError:
                continue
            if SHOWS_TEXT.search(data):
                self._builder.found("pdf.unreferenced")
                words = b" ".join(LITERAL.findall(data)).decode("latin-1")
                if re.search(r"[^\W\d_]{3}", words):
                    self._builder.block(words, Place(part="unused object"), Layer.HIDDEN)
