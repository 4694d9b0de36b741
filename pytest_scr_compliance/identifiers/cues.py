"""Names by the words around them: titles, kinship, "known as", form labels, ``SURNAME, Forename``, initials.

The words are data (``vocabulary/cues.yaml``); this module says how they stand to a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from ..model import Confidence, Span
from . import messages
from .lexicon import cue_words, vocabulary
from .wording import CAPITAL, PARTICLE, QUOTE, WORD, follows_a_heading, initials, is_acronym, is_particle, look_up

_INITIALS = r"(?:\p{Lu}\.[ ]?){1,3}"
_NAME = (
    rf"(?:{_INITIALS}|"
    rf"\p{{Lu}}[ ](?=\p{{Lu}}\p{{L}}))?(?:{PARTICLE}[ ])?{CAPITAL}(?:[ ](?:{PARTICLE}[ ])?(?:{CAPITAL}|"
    rf"\p{{Lu}}\.(?!\w))){{0,4}}"
)
_ANY_NAME = rf"{WORD}(?:[ ]{WORD}){{0,3}}"


def detect(text: str) -> Iterator[Span]:
    """Names of people by cue."""
    yield from _after_titles(text)
    yield from _after_kin(text)
    yield from _after_naming(text)
    yield from _surname_first(text)
    yield from messages.detect(text)
    yield from _initials(text)
    yield from _in_brackets(text)
    yield from _with_ages(text)


_LONGEST_ACRONYM = 6
_WORDS_TOO = frozenset({"Major", "Private", "Recorder", "Elder", "Master", "Con"})  # titles that stand before any word
_NO_DOT = frozenset({"PC", "WPC", "PCSO", "DC", "DS", "DI", "DCI", "PS", "HHJ", "DJ", "HCA", "MW", "Con"})


def _after_titles(text: str) -> Iterator[Span]:
    for match in cue_words("titles", rf"\.?[ ]{{1,2}}(?P<name>{_NAME})").finditer(text):
        title = match[0][: match.start("name") - match.start()].rstrip()
        if (
            regex.fullmatch(r"(?:Mr|Mrs|Ms|Miss)\.?", title)
            and len(match["name"].split()[0]) > 2
            and look_up(match["name"].split()[0]).role
        ):
            first = match["name"].split()[0]
            if first.lower() in vocabulary("words")["never_names"] or look_up(first).surname:
                yield _span(match.start(), match.start("name") + len(first), Confidence.LIKELY)
        if title in _WORDS_TOO and look_up(match["name"].split()[0]).english:
            continue  # Major Crime, Private Hire
        if not (title.endswith(".") and (regex.search(r"\p{Ll}{4}\.$", title) or title.rstrip(".") in _NO_DOT)):
            yield from _titled(
                match, _person(text, match.start("name"), match.end("name"), Confidence.LIKELY, first_is_name=True)
            )
    for match in cue_words("titles", rf"\.?[ ]{{1,2}}(?P<name>{WORD})", any_case=True).finditer(text):
        if (
            look_up(match["name"]).rare
            and match["name"].islower()
            and len(match["name"]) > 3
            and not _is_ordinary(match["name"])
        ):
            yield _span(match.start(), match.end("name"), Confidence.LIKELY)
    for match in cue_words("kin_titles", r"[ ](?P<name>\p{Ll}{3,14})(?!\w)").finditer(text):
        if look_up(match["name"]).listed and not look_up(match["name"]).role and not _is_ordinary(match["name"]):
            yield _span(match.start(), match.end("name"), Confidence.LIKELY)
    for match in cue_words("little", r"[ ](?P<name>\p{Ll}[\p{Ll}\d]{2,14})(?!\w)").finditer(text):
        if match["name"] not in vocabulary("cues")["not_little"]:
            known = look_up(match["name"])
            yield _span(
                match.start(),
                match.end("name"),
                Confidence.LIKELY if known.listed or known.rare else Confidence.POSSIBLE,
            )
    for match in cue_words("numbered", rf"[ ]{{1,2}}(?:[A-Z]{{0,3}}\d{{1,6}}[ ]{{1,2}})(?P<name>{_NAME})").finditer(
        text
    ):
        yield from _titled(
            match, _person(text, match.start("name"), match.end("name"), Confidence.CERTAIN, first_is_name=True)
        )
    for match in cue_words("offices", rf"(?P<comma>,)?[ ]{{1,2}}\(?(?P<name>{_NAME})", any_case=True).finditer(text):
        place = look_up(match["name"])
        if match["comma"] and place.place and not place.name:
            continue  # foster carer, Peterborough
        yield from _person(text, match.start("name"), match.end("name"), Confidence.LIKELY)


def _titled(match: regex.Match[str], spans: Iterator[Span]) -> Iterator[Span]:
    """The spans from the title on: Nana Pat and Big Dave are names as a whole."""
    for span in spans:
        yield replace(span, start=match.start())


def _after_kin(text: str) -> Iterator[Span]:
    for match in cue_words("kin", rf",?[ ]{{1,2}}{QUOTE}(?P<name>{_NAME})", any_case=True).finditer(text):
        yield from _person(text, match.start("name"), match.end("name"), Confidence.LIKELY, listed=True)
    for match in cue_words("kin", rf"[ ](?P<name>{WORD})", any_case=True).finditer(text):
        word = look_up(match["name"])
        if (
            match["name"].islower()
            and len(match["name"]) > 2
            and not _is_ordinary(match["name"])
            and (word.given or (word.rare and word.name))
        ):
            confidence = Confidence.LIKELY if word.rare or match[0][0].isupper() is False else Confidence.POSSIBLE
            if word.rare or cue_words("close_kin").match(match[0]):
                yield _span(match.start("name"), match.end("name"), confidence)


_TASKED = regex.compile(rf"(?:(?<=\d[.)] )|(?<=& )|(?<=^|\n))(?P<name>{CAPITAL}) \Z")
_BEFORE = regex.compile(rf"(?<![\w'-])(?P<name>{CAPITAL})[\"']?,[\"']? \Z")


def _after_naming(text: str) -> Iterator[Span]:
    for match in cue_words("naming", rf"[ ]?:?[ ]{{0,2}}{QUOTE}(?P<name>{_NAME})", any_case=True).finditer(text):
        yield from _person(text, match.start("name"), match.end("name"), Confidence.LIKELY, listed=True)
    for match in cue_words("handling", rf"[ ](?P<name>{CAPITAL}(?:[ ]{CAPITAL})?)", any_case=True).finditer(text):
        first = look_up(match["name"].split()[0])
        if first.listed or first.rare:
            yield from _person(text, match.start("name"), match.end("name"), Confidence.POSSIBLE, listed=True)
    for cue, sure in (("nicknaming", Confidence.LIKELY), ("known_as", Confidence.POSSIBLE)):
        for match in cue_words(cue, rf"[ ]{QUOTE}(?P<name>{CAPITAL})(?![ ]\p{{Lu}})", any_case=True).finditer(text):
            if not look_up(match["name"]).role and len(match["name"]) > 2 and not match["name"].isupper():
                yield _span(match.start("name"), match.end("name"), sure)
    for match in cue_words("tasks").finditer(text):
        before = _TASKED.search(text, max(0, match.start() - 40), match.start())
        known = look_up(before["name"]) if before else None
        if (
            before
            and known
            and known.listed
            and (not known.role or before["name"].lower() in vocabulary("words")["ordinary"])
        ):
            yield _span(before.start("name"), before.end("name"), Confidence.LIKELY)
    for match in cue_words("named_before").finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - 40), match.start())
        if before and _is_called(before["name"]):
            yield _span(before.start("name"), before.end("name"), Confidence.LIKELY)
    for match in cue_words("naming", rf"[ ]{QUOTE}(?P<name>{WORD})", any_case=True).finditer(text):
        if match["name"].islower() and look_up(match["name"]).given and look_up(match["name"]).rare:
            yield _span(match.start("name"), match.end("name"), Confidence.POSSIBLE)


_SURNAME_FIRST = regex.compile(
    rf"(?<![\w'-])(?P<name>(?:{PARTICLE}[ ])?\p{{Lu}}[\p{{Lu}}'-]{{1,30}}+(?:[ ]\p{{Lu}}[\p{{Lu}}'-]{{1,30}}+)?,[ ]"
    rf"(?:\p{{Lu}}\.?(?!\w)|"
    rf"\p{{Lu}}\p{{Ll}}[\p{{L}}'-]{{0,30}})(?:[ ]\p{{Lu}}\p{{Ll}}[\p{{L}}'-]{{0,30}}){{0,2}})(?![\w])"
)
_FORENAME_SURNAME = regex.compile(
    rf"(?<![\w'-])(?P<name>(?:\p{{Lu}}\p{{Ll}}[\p{{L}}'-]{{0,30}}+[ ]){{1,3}}(?:{PARTICLE}[ ])?"
    rf"(?P<last>\p{{Lu}}{{2}}[\p{{Lu}}'-]{{1,30}}+))(?![\w])"
)


_OTHER_NAME = regex.compile(rf"(?<![\w'-])(?P<first>{CAPITAL})[ ]\((?P<name>{CAPITAL})\)")
_NICKNAME = regex.compile(rf"(?<=\p{{Ll}})[ ]\([\"'](?P<name>{CAPITAL})[\"']\)")


_LOWER_SURNAME_FIRST = regex.compile(r"(?<![\w'-])(?P<last>\p{Ll}[\p{Ll}'-]{3,20}), (?P<first>\p{Ll}{4,16})(?![\w'-])")


def _surname_first(text: str) -> Iterator[Span]:
    for match in _SURNAME_FIRST.finditer(text):
        surname, _, forename = match["name"].partition(", ")
        initial = len(forename.split()[0].rstrip(".")) == 1
        if (
            not look_up(surname).role
            and not _is_explained(surname, forename)
            and not is_acronym(forename.split()[0])
            and (
                (initial and look_up(surname).name)
                or look_up(forename.split()[0]).name
                or look_up(forename.split()[0]).rare
            )
        ):
            known, given = look_up(surname), look_up(forename.split()[0]).given
            if (len(surname) > 3 or known.name) and (given or initial or not known.english):
                yield _span(match.start("name"), match.end("name"), Confidence.LIKELY)
    for match in _LOWER_SURNAME_FIRST.finditer(text):
        forename = look_up(match["first"])
        if look_up(match["last"]).rare and forename.given and forename.rare and not _is_ordinary(match["first"]):
            yield _span(match.start(), match.end(), Confidence.LIKELY)
    for match in _NICKNAME.finditer(text):
        if not look_up(match["name"]).role and not (match["name"].isupper() and len(match["name"]) < 4):
            yield _span(match.start("name"), match.end("name"), Confidence.LIKELY)
    for match in _OTHER_NAME.finditer(text):
        if look_up(match["first"]).listed and look_up(match["name"]).listed and not look_up(match["first"]).role:
            yield _span(match.start("name"), match.end("name"), Confidence.LIKELY)
    for match in _FORENAME_SURNAME.finditer(text):
        first = look_up(match["name"].split()[0])
        last = look_up(match["last"])
        if (first.given or (first.rare and not first.role)) and (last.name or (last.rare and len(match["last"]) > 4)):
            yield _span(match.start("name"), match.end("name"), Confidence.LIKELY)


def _is_explained(short: str, words: str) -> bool:
    """Whether words say what an abbreviation stands for: EPDS, Edinburgh Postnatal Depression Scale."""
    letters = initials(words.split())
    return len(letters) > 2 and short.startswith(letters)


_TRANSCRIPT = regex.compile(r"(?:^|\n|[.?!][\"']?[ ])Q\.[ ]\p{Lu}")
_INITIAL_AND_SURNAME = regex.compile(
    rf"(?<![\w.'-])(?P<name>(?:\p{{Lu}}\.[ ]?){{1,3}}(?:(?:&|and)[ ](?:\p{{Lu}}\.[ ]?){{1,3}})?(?P<last>{CAPITAL}))(?![\w])"
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
_DOTTED = regex.compile(r"(?<![\w.&'-])(?P<name>(?:\p{Lu}\.[ ]?){1,3}\p{Lu}\.)(?![\w])")


def _follows_a_code(text: str, start: int) -> bool:
    """Whether a letter there belongs to the word before it: Hospital A, Appendix B."""
    return bool(_CODED.search(text[max(0, start - 12) : start]))


def _initials(text: str) -> Iterator[Span]:
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
    is_transcript = bool(_TRANSCRIPT.search(text))  # of questions and answers
    for match in _INITIAL_AND_SURNAME.finditer(text):
        word = look_up(match["last"])
        is_turn = is_transcript and match["name"][:3] in ("Q. ", "A. ") and word.english
        is_code = match["name"].count(".") == 1 and _follows_a_code(text, match.start())  # Hospital A. Seven stitches
        if is_turn or is_code or follows_a_heading(text, match.start()):
            continue
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


_SEVERAL = rf"(?P<name>{CAPITAL})(?:(?:,|,? and|,? &)[ ](?P<name>{CAPITAL})){{0,6}}"


def _in_brackets(text: str) -> Iterator[Span]:
    """Who stands for a code or an office, and the names of children: HV2 (Fagg), Housing (Clinch), kids x2 (Poppy, Buddy)."""
    bracket = rf"[ ]\((?P<name>{CAPITAL})(?=\))"
    for match in (*cue_words("bracketed", bracket).finditer(text), *cue_words("relatives", bracket).finditer(text)):
        word = look_up(match["name"])
        if _may_be_called(match["name"]) and (word.name or word.rare):
            sure = word.rare and len(match["name"]) > 3
            yield _span(match.start("name"), match.end("name"), Confidence.LIKELY if sure else Confidence.POSSIBLE)
    for match in cue_words("children", rf"(?:[ ]?x[ ]?\d)?[ ]\({_SEVERAL}(?=[,;)])", any_case=True).finditer(text):
        names = match.captures("name")
        known = [_is_called(name) for name in names]
        for name, is_name, (start, end) in zip(names, known, match.spans("name"), strict=True):
            if is_name or (any(known) and _may_be_called(name)):  # Petal, beside Bear
                yield _span(start, end, Confidence.LIKELY if is_name else Confidence.POSSIBLE)


_AGED = rf"(?P<name>{CAPITAL})[ ](?:\(\d{{1,2}}(?:,[ ][^)\n]{{1,20}})?\)|\d{{1,2}})"
_WITH_AGES = regex.compile(
    rf"(?<![\w,'-][ ]|\w){_AGED}(?:[,.;]?[ ](?:and[ ])?{_AGED}){{1,8}}+"
    r"(?=[.,;)\n]|\Z|[ ](?:were|are|live|lived|have|had|attend\p{L}*|stay\p{L}*|sle[ep]\p{L}*|share\p{L}?|went|go)(?!\w))"
)


def _with_ages(text: str) -> Iterator[Span]:
    """Children with their ages, one after the other: Reign 4, Royal 3, Saint 1."""
    for match in _WITH_AGES.finditer(text):
        names = match.captures("name")
        is_list_of_one_sort = len(set(names)) < len(names)  # Psalm 23, Psalm 24
        if all(map(_may_be_called, names)) and not is_list_of_one_sort and any(look_up(name).listed for name in names):
            yield from (_span(start, end, Confidence.POSSIBLE) for start, end in match.spans("name"))


def _is_called(name: str) -> bool:
    """Whether a word with a capital is a given name of the lists, or one that they do not know."""
    word = look_up(name)
    return _may_be_called(name) and (word.listed or word.rare)


def _may_be_called(name: str) -> bool:
    return not (look_up(name).role or is_acronym(name) or name.isupper())


def _person(
    text: str, start: int, end: int, confidence: Confidence, first_is_name: bool = False, listed: bool = False
) -> Iterator[Span]:
    """The words of a run of capitals that can be a name, from its start on."""
    stop = start
    previous = ""
    for index, match in enumerate(regex.finditer(r"[^ ]+", text[start:end])):
        raw = match[0]
        word = look_up(raw)
        initial = len(raw.rstrip(".")) == 1
        if index == 0 and initial and (raw == raw.rstrip(".") and end - start <= 2):
            return  # Mr X
        if (
            index == 0
            and word.listed
            and listed
            and (not word.role or raw.lower() not in vocabulary("words")["never_names"])
        ) or (
            index == 0
            and first_is_name
            and (not word.role or (word.listed and raw.lower() not in vocabulary("words")["never_names"]))
        ):
            fits = True
        elif raw.isupper() and len(raw) > 1 and index > 0 and not previous.isupper():
            fits = word.surname or word.given
        elif raw.isupper() and len(raw) > 1 and index == 0 and not first_is_name:
            fits = word.given or (word.surname and not word.english) or (word.rare and len(raw) > _LONGEST_ACRONYM)
        else:
            fits = initial or is_particle(raw) or (not word.role and (word.name or word.rare))
        if not fits:
            break
        if not (raw.islower() and is_particle(raw)):  # it joins: Mr Whippy's van is no Mr Whippy van
            stop = start + match.end()
        previous = raw
    name = text[start:stop].rstrip()
    rest = text[stop:end].split()
    if " " not in name and rest and look_up(rest[0]).role and look_up(name).english and not first_is_name:
        return  # partner Link Worker
    if name and not regex.fullmatch(r"(?:\p{Lu}\.?[ ]?){1,3}", name):
        yield _span(start, start + len(name), confidence)


def _is_ordinary(word: str) -> bool:
    return word in vocabulary("words")["never_names"] or word in vocabulary("words")["slang"]


def _span(start: int, end: int, confidence: Confidence) -> Span:
    return Span("person", start, end, confidence, ("cues",))
