"""Names told by their initials: J. Okonedo, Callum R, B. & T. Rowe, B.T.L. The words are data (``vocabulary/cues.yaml``)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from ..model import Confidence, Span
from .lexicon import cue_words, vocabulary
from .wording import CAPITAL, WORD, follows_a_heading, is_surname_too, look_up

_TRANSCRIPT = regex.compile(r"(?:^|\n|[.?!][\"']?[ ])Q\.[ ]\p{Lu}")
_INITIAL_AND_SURNAME = regex.compile(
    rf"(?<![\w.'<>=-])(?P<name>(?:\p{{Lu}}\.[ ]?){{1,3}}(?:(?:&|and)[ ](?:\p{{Lu}}\.[ ]?){{1,3}})?(?P<last>{CAPITAL}))(?![\w])"
)
_BARE_INITIAL = regex.compile(rf"(?<![\w.'/-])(?P<name>[B-HJ-Z][ ](?P<last>{CAPITAL}))(?![\w])")
_CODED = regex.compile(
    r"\p{L}{2}[ ]\Z(?<=(?:[Cc]hild|[Ii]nfant|[Tt]own|[Vv]illage|[Pp]lacement|[Aa]dult|[Ss]chool|[Hh]ospital|[Ss]ibling|"
    r"[Bb]aby|[Pp]erson|Mr|Mrs|Ms|Dr|[Aa]ppendix|[Vv]itamin|[Hh]epatitis|[Ff]amily|[Hh]ome|[Nn]ursery|[Ss]ection|[Ww]ard|"
    r"[Uu]nit|[Cc]ase)[ ])"
)
_COUPLE = regex.compile(rf"(?<![\w'-])(?P<one>{CAPITAL})[ ](?:and|&)[ ](?P<two>{CAPITAL})[ ](?P<last>{CAPITAL})(?!\w)")
_NAME_AND_INITIAL = regex.compile(
    rf"(?<![\w'-])(?P<name>(?P<first>{WORD})[ ](?P<last>[\p{{Lu}}](?:\.(?=\W)|(?![\w'.])))|"
    rf"(?P<low>\p{{Ll}}{{3,14}})[ ][\p{{Ll}}](?![\w'-]))"
)
_LISTED = regex.compile(r"(?m)^[ \t]{0,4}(?P<letter>\p{Lu})[.)] (?=\p{Lu})")
_DOTTED = regex.compile(r"(?<![\w.&'-])(?P<name>(?:\p{Lu}\.[ ]?){1,3}\p{Lu}\.)(?![\w])")


def _follows_a_code(text: str, start: int) -> bool:
    """Whether a letter there belongs to the word before it: Hospital A, Appendix B."""
    return bool(_CODED.search(text[max(0, start - 12) : start]))


def _numbered(text: str) -> frozenset[int]:
    """Offsets of the letters that number the parts of a list or of a report: another line begins with a neighbouring one."""
    letters = [(match.start("letter"), ord(match["letter"])) for match in _LISTED.finditer(text)]
    seen = {letter for _, letter in letters}
    return frozenset(start for start, letter in letters if {letter - 1, letter + 1} & seen)


def detect(text: str) -> Iterator[Span]:
    """Names of people by an initial before or after them, or as initials alone."""
    for match in _NAME_AND_INITIAL.finditer(text):
        first = match["first"] or match["low"]
        word = look_up(first)
        if (
            word.listed
            and word.english
            and match["first"]
            and match["first"][0].isupper()
            and match["last"].endswith(".")
            and not word.role
        ):
            yield _span(match.start("name"), match.end("name"), Confidence.POSSIBLE)
        if word.given and not word.english and not word.role:
            if match["low"] and match["name"][-1] in "aiuxnrsyov":
                continue
            yield _span(match.start("name"), match.end("name"), Confidence.LIKELY)
    numbered = _numbered(text)
    is_transcript = bool(_TRANSCRIPT.search(text))  # of questions and answers
    for match in _INITIAL_AND_SURNAME.finditer(text):
        word = look_up(match["last"])
        is_turn = is_transcript and match["name"][:3] in ("Q. ", "A. ") and word.english
        is_code = match["name"].count(".") == 1 and _follows_a_code(text, match.start())  # Hospital A. Seven stitches
        before = text[max(0, match.start() - 2) : match.start()]
        is_answer = match["name"][0] in "YN" and before in ("? ", ": ")  # References seen? Y. List checked?
        is_item = match.start() in numbered and word.english  # D. People and places
        if is_turn or is_code or is_answer or is_item or follows_a_heading(text, match.start()):
            continue
        if is_surname_too(match["last"]) and match["name"][0] not in "AIQYN":
            yield _span(match.start("name"), match.end("name"), Confidence.POSSIBLE)
        if not word.role and (word.name or (word.rare and len(match["last"]) > 3)):
            sure = word.rare or (word.surname and not word.english)
            yield _span(match.start("name"), match.end("name"), Confidence.LIKELY if sure else Confidence.POSSIBLE)
    for match in _BARE_INITIAL.finditer(text):
        word = look_up(match["last"])
        is_name = not word.role and not word.english and (word.surname or word.rare)
        if is_name and not _follows_a_code(text, match.start()):
            yield _span(match.start("name"), match.end("name"), Confidence.LIKELY)
    for match in _COUPLE.finditer(text):
        if look_up(match["one"]).listed and look_up(match["two"]).listed and not look_up(match["last"]).role:
            yield _span(match.start("one"), match.end("last"), Confidence.LIKELY)
    for match in _DOTTED.finditer(text):
        if match["name"].replace(" ", "").upper() not in vocabulary("cues")["no_initials"]:
            before = text[max(0, match.start() - 24) : match.start()]
            sure = cue_words("before_initials", r"[ ]{0,2}\Z", any_case=True).search(before)
            signs = match.end() == len(text) or text[match.end()] == "\n"  # Drove back. Card left. B.T.L.
            if sure or signs or match["name"].count(".") < 3:  # A.C.P.C. and the like
                yield _span(match.start("name"), match.end("name"), Confidence.LIKELY if sure else Confidence.POSSIBLE)


def _span(start: int, end: int, confidence: Confidence) -> Span:
    return Span("person", start, end, confidence, ("cues",))
