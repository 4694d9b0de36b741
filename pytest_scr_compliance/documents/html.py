"""HTML pages: what a browser shows as visible, everything else as hidden or metadata."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Error
from urllib.parse import unquote_to_bytes

from ..errors import ReadError
from ..model import Content, Layer, Place, Severity
from ..registry import Limits
from .builder import ContentBuilder
from .embedded import read_embedded, read_picture
from .encodings import decode
from .links import note_link
from .xml import Element

CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark o:p q rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr nobr blink img tspan".split()
)
NOT_SHOWN = frozenset("script style template head noscript title datalist noframes".split())
GONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0*)?\s*(?:;|!|$)"
    r"|font-size\s*:\s*(?:0+(?:\.0+)?(?:px|pt|em|rem|%)?|(?:0?\.\d+|1(?:\.\d+)?)(?:px|pt))\s*(?:;|!|$)"
    r"|(?:left|top|text-indent|margin-left)\s*:\s*-\d{3,}(?:\.\d+)?(?:px|em|pt|%)"
    r"|clip\s*:\s*rect\s*\(\s*(?:0(?:px)?|1px)|clip-path\s*:\s*inset\s*\(\s*(?:50|100)%|mso-hide\s*:\s*all",
    re.IGNORECASE,
)
WHITE = re.compile(
    r"(?<![-\w])color\s*:\s*(?:#fff(?:fff)?\b|white\b|transparent\b|rgb\(\s*255\s*,\s*255\s*,\s*255)",
    re.IGNORECASE,
)
INK = re.compile(r"(?<![-\w])color\s*:\s*(#?\w+)", re.IGNORECASE)
GROUND = re.compile(r"background(?:-color)?\s*:\s*(#?\w+)", re.IGNORECASE)
BACKGROUND = re.compile(r"background", re.IGNORECASE)
DATA_URI = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[\w=.+-]+)*),([^\"'\s)<>]+)", re.IGNORECASE)
SPOKEN = ("alt", "title", "aria-label", "aria-description", "summary", "longdesc", "data-original-title")
BORING_META = frozenset(
    "viewport generator progid originator content-type x-ua-compatible theme-color color-scheme robots charset pragma "
    "format-detection content-language msapplication-tilecolor content-style-type content-script-type refresh "
    "expires cache-control googlebot referrer".split()
)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
SIMPLE = re.compile(r"[A-Za-z][\w-]*(?:\.[\w-]+)?|[.#][\w-]+")


def read_html(data: bytes, limits: Limits) -> Content:
    """Read an HTML page.

    Args:
        data: the whole file; its encoding is decided by a byte order mark, its own ``charset``, UTF-8 or Windows-1252.
        limits: how much text may be read.

    Returns:
        Text by paragraphs; comments, hidden elements and inputs and alternative texts as hidden; title and ``meta`` as
        metadata.

    Raises:
        ReadError: it cannot be decoded, or it is nested too deeply to be read whole.
    """
    from lxml import etree

    declared = CHARSET.search(data[:4096])
    text, encoding = decode(data, declared.group(1).decode("ascii") if declared else None)
    if len(text) > limits.text * 4:
        raise ReadError("it holds more text than the limit; split it, or raise the setting max_text_mb")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=False, remove_pis=False
    )
    builder = ContentBuilder(limits)
    if text.strip():
        try:
            root = etree.fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser)
        except etree.XMLSyntaxError:
            raise ReadError("it is not an HTML page; open it and save it again") from None
        if any(entry.level_name == "FATAL" for entry in parser.error_log):
            raise ReadError("it is nested too deeply or too large to be read whole; save it again from its program")
        if root is not None:
            _Reader(builder).read(root)
    if encoding == "cp1252" and not declared:
        builder.found("text.encoding")
    return builder.content()


class _Reader:
    def __init__(self, builder: ContentBuilder) -> None:
        self._builder = builder
        self._runs: list[str] = []
        self._layer = Layer.VISIBLE
        self._part: str | None = None
        self._paragraph = 0
        self._row = 0
        self._shaded = False
        self._selectors: set[str] = set()

    def read(self, root: Element) -> None:
        """Add all of the page."""
        for sheet in root.iter("style"):
            self._selectors |= hiding_selectors(sheet.text or "")
        self._walk(root)
        self._flush()

    def _flush(self) -> None:
        text = re.sub(r"[ \t\r\n\f]+", " ", "".join(self._runs)).strip()
        text = (
            text.replace("\v ", "\n")
            .replace(" \v", "\n")
            .replace("\v", "\n")
            .replace("\x1f ", "\t")
            .replace("\x1f", "\t")
        )
        self._runs.clear()
        if text.strip():
            self._paragraph += self._layer is Layer.VISIBLE
            number = self._paragraph if self._layer is Layer.VISIBLE else None
            self._builder.block(text.strip(), Place(part=self._part, paragraph=number), self._layer)

    def _walk(self, element: Element) -> None:
        tag = element.tag
        if not isinstance(tag, str):
            self._remark(element)
            return
        tag = tag.lower()
        self._attributes(element, tag)
        inside = self._enter(element, tag)
        if tag == "br":
            self._runs.append("\v")
        if tag in ("script", "style"):
            self._script(element, tag)
        else:
            self._runs.append(element.text or "")
            for child in element:
                self._walk(child)
                self._runs.append(child.tail or "")
        self._leave(tag, inside)

    def _enter(self, element: Element, tag: str) -> tuple[Layer, str | None, bool, bool]:
        """Begin an element; what is needed to leave it again."""
        style = element.get("style") or ""
        severity = self._hides(element, style, tag) if self._layer is Layer.VISIBLE else None
        hides = self._layer is Layer.VISIBLE and (severity is not None or tag in NOT_SHOWN)
        block = tag not in INLINE and tag != "br" and tag not in ("td", "th")
        before = (self._layer, self._part, self._shaded, hides or block)
        if tag in ("td", "th"):
            self._runs.append("\x1f" if "".join(self._runs).strip() else " ")
        if BACKGROUND.search(style) or element.get("bgcolor") or element.get("class") or element.get("background"):
            self._shaded = True
        if before[3]:
            self._flush()
        if tag in ("table", "header", "footer", "nav"):
            self._part = "table" if tag == "table" else tag
        if hides:
            self._layer = Layer.METADATA if tag in ("head", "title") else Layer.HIDDEN
            self._part = "title" if tag == "title" else "hidden element"
            if tag not in NOT_SHOWN:
                says = any(text.strip() for text in element.itertext())
                self._builder.found("html.hidden_element", severity=severity if says else Severity.NOTE)
        elif tag == "title":
            self._part = "title"
        return before

    def _leave(self, tag: str, before: tuple[Layer, str | None, bool, bool]) -> None:
        if before[3]:
            self._flush()
        self._layer, self._part, self._shaded = before[:3]

    def _hides(self, element: Element, style: str, tag: str) -> Severity | None:
        """How bad it is that an element is hidden; None if it is not. Style sheets hide skip links and menus."""
        ink, ground = INK.search(style), GROUND.search(style)
        same = ink and ground and ink.group(1).lower() == ground.group(1).lower()
        white = WHITE.search(style) and not self._shaded and not BACKGROUND.search(style)
        if ("hidden" in element.attrib and tag != "body") or GONE.search(style) or same or white:
            return Severity.ERROR
        return Severity.REVIEW if HIDING.search(style) or self._hidden_by_sheet(element, tag) else None

    def _hidden_by_sheet(self, element: Element, tag: str) -> bool:
        if not self._selectors:
            return False
        classes = (element.get("class") or "").split()
        names = {
            tag,
            f"#{element.get('id')}",
            *(f".{name}" for name in classes),
            *(f"{tag}.{name}" for name in classes),
        }
        return not names.isdisjoint(self._selectors)

    def _attributes(self, element: Element, tag: str) -> None:
        for name in SPOKEN:
            if value := (element.get(name) or "").strip():
                if name == "alt":
                    self._builder.found("html.alt_text")
                self._aside(value, "alternative text" if name == "alt" else "tooltip", Layer.HIDDEN)
        if tag == "meta":
            self._meta(element)
        elif tag == "input":
            self._input(element)
        for name in ("href", "src", "data", "style", "poster", "srcset", "background", "content"):
            value = element.get(name) or ""
            if "data:" in value[:200].lower() or (name in ("style", "srcset") and "data:" in value.lower()):
                self._data_uris(value)
            elif name == "href" and value:
                note_link(self._builder, value, "html")

    def _meta(self, element: Element) -> None:
        name = (element.get("name") or element.get("property") or element.get("http-equiv") or "").strip().lower()
        value = (element.get("content") or "").strip()
        if name and value and name not in BORING_META:
            self._builder.found("html.meta")
            self._aside(value, "property", Layer.METADATA)

    def _input(self, element: Element) -> None:
        value = (element.get("value") or "").strip()
        if (element.get("type") or "").lower() == "hidden":
            self._builder.found("html.hidden_input")
            self._aside(value, "hidden input", Layer.HIDDEN)
        else:
            self._runs.append(f" {value} {element.get('placeholder') or ''} ")

    def _remark(self, node: Element) -> None:
        text = str(node.text or "")
        if text.strip() and type(node).__name__.endswith("Comment"):
            self._builder.found("html.mso_conditional" if text.lstrip().lower().startswith("[if") else "html.comment")
            self._aside(text.strip(), "comment", Layer.HIDDEN)

    def _script(self, element: Element, tag: str) -> None:
        text = element.text or ""
        if tag == "script" and text.strip():
            self._builder.found("html.script")
            if "json" in (element.get("type") or "").lower():
                self._aside(text, "script", Layer.METADATA)
        if "<!--" in text:
            self._builder.found("html.comment")
        self._data_uris(text)

    def _data_uris(self, text: str) -> None:
        for match in DATA_URI.finditer(text):
            kind, options, body = (
                (match.group(1) or "text/plain").lower(),
                match.group(2).lower(),
                match.group(3),
            )
            self._builder.found("html.data_uri_image" if kind.startswith("image/") else "html.data_uri")
            try:
                data = unquote_to_bytes(body)
                data = b64decode(data + b"=" * (-len(data) % 4)) if ";base64" in options else data
            except (Base64Error, ValueError):
                self._builder.gap("a file that is embedded in it is damaged; remove it", Place(part="embedded file"))
                continue
            if kind.startswith("image/") and "svg" not in kind:
                read_picture(self._builder, data, "html", "embedded file")
            else:
                suffix = "." + kind.rpartition("/")[2].replace("plain", "txt").replace("svg+xml", "html")
                read_embedded(self._builder, data, suffix, "embedded file")

    def _aside(self, text: str, part: str, layer: Layer) -> None:
        """A text that stands outside of the flow of the page, kept out of the paragraph that is being collected."""
        self._builder.block(text, Place(part=part), layer)


def hiding_selectors(sheet: str) -> set[str]:
    """The simple selectors (``p``, ``.note``, ``#draft``, ``p.note``) of a style sheet whose rule hides an element."""
    found: set[str] = set()
    for match in RULE.finditer(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)):
        if HIDING.search(match.group(2)):
            selectors = (selector.strip() for selector in match.group(1).split(","))
            found |= {selector for selector in selectors if SIMPLE.fullmatch(selector)}
    return found
