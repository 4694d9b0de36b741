"""Names by the words around them: titles, kinship, "known as", form labels, ``SURNAME, Forename``, initials.

The words are data (``vocabulary/cues.yaml``); this module says how they stand to a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from ..model import Confidence, Span
from . import initials as by_initials
from . import messages
from .abbreviations import begins_with
from .lexicon import cue_words, vocabulary
from .wording import CAPITAL, PARTICLE, QUOTE, WORD, is_acronym, is_particle, is_surname_too, look_up

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
    yield from by_initials.detect(text)
    yield from _in_brackets(text)
    yield from _families(text)
    yield from _with_ages(text)


_LONGEST_ACRONYM = 6
_WORDS_TOO = frozenset({"Major", "Private", "Recorder", "Elder", "Master", "Con"})  # titles that stand before any word
_NO_DOT = frozenset({"PC", "WPC", "PCSO", "DC", "DS", "DI", "DCI", "PS", "HHJ", "DJ", "HCA", "MW", "Con"})


_TITLE = regex.compile(r"(?i:Mr|Mrs|Ms|Miss|Mx)\.?")
_RANK = regex.compile(
    r"(?i:Dr|Prof|Professor|Rev|Revd|WPC|PC|PCSO|TDC|DC|DS|DI|DCI|PS|Sgt|Sergeant|Insp|Supt|Cllr|HHJ|SHO)\.?|Nurse"
)
_SMALL_TITLE = regex.compile(r"(?<![\w'-])(?:mr|mrs|ms)\.?[ ](?:\p{Ll}[ ])?(?P<name>\p{Ll}{3,14})(?![\w'-])")
_LONG = 3  # letters of a surname that is a word
_AFTER_INITIALS = regex.compile(r"(?P<initials>\p{Lu}(?:\.[ ]?|[ ])(?=\p{Lu}))*+(?P<word>[^\s]+)")


def _word_as_surname(title: str, name: regex.Match[str]) -> Confidence | None:
    """How surely a word of offices or a colour is a surname behind a title: Mrs L Hall, DC Young."""
    word = name["word"].lower()
    if is_surname_too(word) and (_TITLE.fullmatch(title) or _RANK.fullmatch(title)):
        return Confidence.CERTAIN if name["initials"] else Confidence.LIKELY
    is_titled = _TITLE.fullmatch(title) or (_RANK.fullmatch(title) and word not in vocabulary("cues")["after_codes"])
    is_word = len(word) >= _LONG and look_up(word).role and not name["initials"] and is_titled
    is_surname = word in vocabulary("words")["never_names"] or look_up(word).surname
    return Confidence.LIKELY if is_word and is_surname else None


def _after_titles(text: str) -> Iterator[Span]:
    for match in cue_words("titles", rf"\.?[ ]{{1,2}}(?P<name>{_NAME})").finditer(text, overlapped=True):
        title = match[0][: match.start("name") - match.start()].rstrip()
        surname = _AFTER_INITIALS.match(match["name"])
        if surname and surname["initials"] and surname["word"].lower() in vocabulary("cues")["after_codes"]:
            continue  # What Mr A Said
        sure = _word_as_surname(title, surname) if surname else None
        if surname and sure:
            yield _span(match.start(), match.start("name") + surname.end(), sure)
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
    for match in _SMALL_TITLE.finditer(text):
        if look_up(match["name"]).surname and match["name"] not in vocabulary("cues")["after_codes"]:
            yield _span(match.start(), match.end(), Confidence.POSSIBLE)
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
    for match in _THAT_MONTH.finditer(text):
        yield _span(match.start("name"), match.end("name"), Confidence.POSSIBLE)
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


_EXPLANATION = 60  # characters behind a name that may go on with what an abbreviation stands for


_LOWER_SURNAME_FIRST = regex.compile(r"(?<![\w'-])(?P<last>\p{Ll}[\p{Ll}'-]{3,20}), (?P<first>\p{Ll}{4,16})(?![\w'-])")


def _surname_first(text: str) -> Iterator[Span]:
    for match in _SURNAME_FIRST.finditer(text):
        surname, _, forename = match["name"].partition(", ")
        first = forename.split()[0]
        known, given = look_up(surname), look_up(first)
        initial = len(first.rstrip(".")) == 1
        is_word = is_surname_too(surname) and given.listed  # BROWN, Mark
        if (
            (not known.role or is_word)
            and not begins_with(surname, text[match.start("name") + len(surname) : match.end() + _EXPLANATION])
            and not is_acronym(first)
            and ((initial and known.name) or given.name or given.rare)
            and (len(surname) > 3 or known.name)
            and (given.given or is_word or initial or not known.english)
        ):
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


_FAMILY = regex.compile(
    rf"(?<!\w)[Tt]he (?P<name>{CAPITAL}) (?:family|household|brothers|sisters|siblings|twins|clan)(?!\w)"
)


def _families(text: str) -> Iterator[Span]:
    """Families called by their surname: the Brown family, the Dobrowolski twins."""
    for match in _FAMILY.finditer(text):
        word, lower = look_up(match["name"]), match["name"].lower()
        if lower in vocabulary("cues")["no_families"]:
            continue
        if is_surname_too(lower) or (not word.role and (word.name or word.rare)):
            is_surname = word.surname or (word.rare and not word.english)
            sure = Confidence.LIKELY if is_surname else Confidence.POSSIBLE
            yield _span(match.start("name"), match.end("name"), sure)


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


_MONTH_NAME = regex.compile(r"(?:April|May|June|August)(?!\w|,?[ ]{1,2}\d)")  # her sister June, but no year after it
_THAT_MONTH = regex.compile(
    r"(?<!\w)(?:that|because|while|told|asked)[ ](?P<name>April|May|June)[ ]"
    r"(?:had|has|was|is|did|could|would|to|went|came|fell|cried|said)(?!\w)"
)


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
            and (
                not word.role or raw.lower() not in vocabulary("words")["never_names"] or _MONTH_NAME.match(text, start)
            )
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
            is_surname = is_surname_too(raw) and look_up(previous).listed  # Mark Young
            fits = initial or is_particle(raw) or is_surname or (not word.role and (word.name or word.rare))
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
