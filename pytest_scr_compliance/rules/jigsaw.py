"""Rules 5xx: indirect identification, by pieces that point to someone when they are put together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ..model import Block, Case, Content, Document, Finding, Layer, Place, Severity
from .base import CaseRule, DocumentRule, Reading, place_in
from .imr import read

if TYPE_CHECKING:
    from ..app import Checker, ExtensionMetadata

SENTENCE_END = re.compile(r"(?<=[.!?])[\"”')\]]*\s+(?=[\"“'(\[]*[A-Z0-9])|\n\s*\n")
COURT = "court"


@dataclass(frozen=True, slots=True)
class Piece:
    """A fact that narrows down who someone is: its kind, whom it is about (None: the family), and where it stands."""

    kind: str
    person: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Combination:
    """Kinds of pieces that are dangerous together, because of what, and who says so."""

    needs: frozenset[str]
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class Puzzle:
    """What ``jigsaw.yaml`` says, compiled."""

    family: re.Pattern[str]
    pronoun: re.Pattern[str]
    professionals: re.Pattern[str]
    kinds: Mapping[str, re.Pattern[str]]
    titles: Mapping[str, str]
    advice: Mapping[str, str]
    shared: frozenset[str]
    combinations: tuple[Combination, ...]
    unless_court: re.Pattern[str]


@cache
def puzzle() -> Puzzle:
    """The pieces and combinations that the rules look for."""
    import yaml

    data: dict[str, Any] = yaml.safe_load((files(__package__) / "jigsaw.yaml").read_text(encoding="utf-8"))
    people, kinds = data["people"], {**data["kinds"], COURT: data["court"]}
    return Puzzle(
        family=re.compile(rf"\b{_folded(people['family'])}\b", re.IGNORECASE),
        pronoun=re.compile(people["pronoun"], re.IGNORECASE),
        professionals=re.compile(rf"\b{_folded(people['professionals'])}\b", re.IGNORECASE),
        kinds={
            name: re.compile("|".join(f"(?:{pattern})" for pattern in kind["patterns"]), re.IGNORECASE | re.DOTALL)
            for name, kind in kinds.items()
        },
        titles={name: kind["title"] for name, kind in kinds.items()},
        advice={name: kind["advice"] for name, kind in kinds.items()},
        shared=frozenset(data["shared"]),
        combinations=tuple(
            Combination(frozenset(item["needs"]), item["because"], item["source"]) for item in data["combinations"]
        ),
        unless_court=re.compile(data["court"]["unless"], re.IGNORECASE),
    )


def _folded(pattern: str) -> str:
    """A pattern that YAML folded over several lines, as one group; a space after a bar is the fold's."""
    return f"(?:{pattern.replace('| ', '|')})"


def sentences(text: str) -> Iterator[str]:
    """Each sentence of a text; line ends within a sentence become spaces."""
    for sentence in SENTENCE_END.split(text):
        if sentence.strip():
            yield sentence.strip().replace("\n", " ")


def pieces(content: Content, pseudonyms: Mapping[str, re.Pattern[str]]) -> Iterator[Piece]:
    """The pieces in what every reader of a document sees.

    Args:
        content: the document.
        pseudonyms: id of a person → a pattern that finds the person's pseudonym.
    """
    for block in content.blocks:
        if block.layer is Layer.VISIBLE:
            yield from _in_block(content, block, pseudonyms)


def _in_block(content: Content, block: Block, pseudonyms: Mapping[str, re.Pattern[str]]) -> Iterator[Piece]:
    known, text = puzzle(), content.text[block.start : block.end].replace("\n", " ")
    if not any(pattern.search(text) for pattern in known.kinds.values()):
        return
    about: tuple[str | None, ...] = ()
    for sentence in sentences(content.text[block.start : block.end]):
        named = tuple(id for id, pattern in pseudonyms.items() if pattern.search(sentence))
        if named:
            about = named
        elif known.family.search(sentence):
            about = (None,)
        elif known.professionals.search(sentence) or not known.pronoun.match(sentence):
            about = ()
        for kind, pattern in known.kinds.items():
            if pattern.search(sentence) and not (kind == COURT and known.unless_court.search(sentence)):
                yield from (Piece(kind, person, block.place) for person in about)


class RecognisableCombination(CaseRule):
    """Facts that are harmless one by one point to someone when they are put together.

    Why it matters: neighbours, classmates and the press know more than the documents say. A village, a father's trade
    and a child's age have been enough to recognise a family. The yardstick is the motivated intruder: somebody who
    wants to know, can search the internet, and has no special knowledge.

    How to fix: generalise or leave out at least one of the facts, in every document that has it; the finding says
    which, where, and how. Then let a person read both documents as a neighbour would: the rule sees a limited list of
    facts, in sentences that speak of the family, and cannot know what the press has written.
    """

    code = "SCR501"
    name = "recognisable-combination"
    citation = "ICO, anonymisation guidance: the motivated intruder; singling out, linkability and inference"
    severity = Severity.REVIEW

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        known = puzzle()
        pseudonyms = _pseudonyms(case)
        found: list[Piece] = []
        for document in case.documents:
            if document.is_public:
                found += (
                    Piece(piece.kind, piece.person, place_in(document, piece.place))
                    for piece in pieces(read(document, reading), pseudonyms)
                )
        told: set[frozenset[Piece]] = set()
        for person in [*pseudonyms, None]:
            first: dict[str, Piece] = {}
            for piece in found:
                if piece.person == person or (piece.kind in known.shared):
                    first.setdefault(piece.kind, piece)
            own = {piece.kind for piece in found if piece.person == person}
            matching = [item for item in known.combinations if item.needs <= first.keys() and item.needs & own]
            if matching:
                worst = max(matching, key=lambda item: len(item.needs))
                used = sorted((first[kind] for kind in worst.needs), key=lambda piece: str(piece.place))
                if frozenset(used) not in told:
                    told.add(frozenset(used))
                    yield self._finding(case, person, worst, used)

    def _finding(self, case: Case, person: str | None, worst: Combination, used: list[Piece]) -> Finding:
        known = puzzle()
        facts = "; ".join(f"{known.titles[piece.kind]} ({piece.place})" for piece in used)
        advice = "; or ".join(known.advice[piece.kind] for piece in used)
        whom = f"{person} of people" if person else "the family"
        return self.finding(
            f"about {whom}, together: {facts}. Dangerous because {worst.because} ({worst.source}). To generalise one:"
            f" {advice}",
            used[0].place,
            kind="combination",
        )


def _pseudonyms(case: Case) -> dict[str, re.Pattern[str]]:
    found = {}
    for _, person in case.items("people"):
        id, pseudonym = person.get("id"), person.get("pseudonym")
        if isinstance(id, str) and isinstance(pseudonym, str) and pseudonym.strip():
            words = r"\s+".join(re.escape(word) for word in pseudonym.split())
            found[id] = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE if len(pseudonym) > 3 else 0)
    return found


class CourtLink(DocumentRule):
    """A public document links the case to criminal proceedings.

    Why it matters: a court, a day of trial or a sentence leads within minutes to press reports that name the family. In
    Re X and Y [2012] EWCA Civ 1500 the number, ages and sex of the children had been taken out of a draft summary,
    and the Court of Appeal held that this was not enough.

    How to fix: say that there were criminal proceedings, without court, day, charge or sentence, or leave them out.
    If the board decides that the link must stay, after weighing what it gives away about surviving children, a person
    accepts the finding.
    """

    code = "SCR502"
    name = "court-link"
    citation = "Re X and Y (Executive Summary of Serious Case Review: Reporting Restrictions) [2012] EWCA Civ 1500"
    severity = Severity.REVIEW

    def check(self, case: Case, document: Document, reading: Reading) -> Iterator[Finding]:
        content = read(document, reading)
        places: list[Place] = []
        for block in content.blocks:
            text = content.text[block.start : block.end]
            if block.layer is Layer.VISIBLE and _links_to_court(text):
                places.append(place_in(document, block.place))
        if places:
            more = f"; also at {', '.join(str(place) for place in places[1:6])}" if len(places) > 1 else ""
            more += f" and {len(places) - 6} more places" if len(places) > 6 else ""
            yield self.finding(f"it names a criminal court, a conviction, a sentence or a trial{more}", places[0])


def _links_to_court(text: str) -> bool:
    known = puzzle()
    pattern = known.kinds[COURT]
    return bool(pattern.search(text.replace("\n", " "))) and any(
        pattern.search(sentence) and not known.unless_court.search(sentence) for sentence in sentences(text)
    )


def setup(app: Checker) -> ExtensionMetadata:
    """Register the rules of this module."""
    for rule in (RecognisableCombination, CourtLink):
        app.add_rule(rule)
    return {"version": "1"}
