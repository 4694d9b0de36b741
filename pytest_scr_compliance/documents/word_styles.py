"""How WordprocessingML formatting hides text: hidden, white and tiny characters, with styles resolved."""

from __future__ import annotations

from dataclasses import replace

from .ooxml import is_on
from .pieces import PLAIN, Look, is_black, is_white
from .xml import Element, attribute, local

HIDING = frozenset(("vanish", "color", "sz", "shd", "highlight"))


def look_of(properties: Element) -> Look:
    """The look that ``w:rPr`` or ``w:pPr`` or ``w:tcPr`` sets by itself."""
    look = PLAIN
    for item in properties:
        tag = local(item)
        if tag not in HIDING:
            continue
        value = attribute(item, "val") or ""
        if tag == "vanish":
            look = replace(look, vanish=is_on(item))
        elif tag == "color":
            ink = None if value.lower() == "auto" else is_black(value)
            look = replace(look, white=is_white(value), black=ink)
        elif tag == "sz":
            look = replace(look, size=int(value) if value.isdigit() else None)
        elif tag == "highlight":
            black = "highlight" if value == "black" else ""
            look = replace(look, shaded=value not in ("none", "white", ""), blackened=black)
        elif tag == "shd":
            fill = attribute(item, "fill") or "auto"
            themed = attribute(item, "themeFill") not in (None, "background1")
            solid = value not in ("clear", "nil", "") and (attribute(item, "color") or "auto") != "FFFFFF"
            black = "shade" if is_black(fill) else ""
            look = replace(
                look,
                blackened=look.blackened or black,
                shaded=(fill.lower() != "auto" and not is_white(fill)) or themed or solid,
            )
    return look


class Styles:
    """The styles of a document, by id.

    Args:
        root: root of ``styles.xml``, or None.
    """

    def __init__(self, root: Element | None) -> None:
        self._own: dict[str, tuple[Look, str | None]] = {}
        self._resolved: dict[str, Look] = {}
        self.default_paragraph = ""
        self.shading_tables: set[str] = set()
        for style in [] if root is None else root:
            if local(style) == "style":
                self._add(style)

    def _add(self, style: Element) -> None:
        look, parent = PLAIN, None
        for item in style:
            tag = local(item)
            if tag == "basedOn":
                parent = attribute(item, "val")
            elif tag in ("rPr", "pPr"):
                look = look_of(item).over(look)
        name = attribute(style, "styleId") or ""
        self._own[name] = (look, parent)
        if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true"):
            self.default_paragraph = name
        if attribute(style, "type") == "table" and any(
            local(item) == "shd" and (attribute(item, "fill") or "auto").lower() not in ("auto", "ffffff")
            for item in style.iter()
        ):
            self.shading_tables.add(name)

    def look(self, name: str | None) -> Look:
        """The look of a style with all that it inherits; plain for an unknown style."""
        if not name or name not in self._own:
            return PLAIN
        if name not in self._resolved:
            self._resolved[name] = PLAIN  # a style that is based on itself ends here
            own, parent = self._own[name]
            self._resolved[name] = own.over(self.look(parent))
        return self._resolved[name]
