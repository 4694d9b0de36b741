"""Names by word lists: runs of capitals that hold a name, or a word that no list of English words knows."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from ..model import Confidence, Span
from .lexicon import vocabulary, words
from .wording import CAPITAL, PARTICLE, Word, acts, is_acronym, is_particle, look_up, speaks, starts_sentence

_RUN = regex.compile(
    rf"(?<![\w'&/@.#-])(?:{PARTICLE}[ ])?{CAPITAL}(?:[ ](?:{PARTICLE}[ ])?(?:{CAPITAL}|\p{{Lu}}\.)){{0,6}}"
)
_TOKEN = regex.compile(r"[^ ]+")
_PLACE_BEFORE = regex.compile(
    r"(?i:(?<!\w)(?:in|at|near|from|to|towards|outside|around|of|via|through|between|into|back|over|"
    r"for))[ ](?:[Tt]he[ ])?\Z"
)
_LOWER = regex.compile(r"(?<![\w'@#./-])\p{Ll}{3,14}(?:-\p{Ll}{2,12})?(?![\w@]|[./]\w|-\w)")
_MESSAGE = regex.compile(
    r"(?<!\w)(?:u|ur|im|hes|shes|dont|didnt|wont|cant|thats|lol|pls|plz|thx|cos|coz|wen|wot|n|2|4|r|hun|babe|bro|gonna|wanna|aint|x|xx|xxx|i|luv|tmrw|ive|ill|mist|sed|hav|innit|init|bk|nite|dnt|cum|bcos|b4|yh|yeah|ya|av|ave|docs|fone)(?!\w)"
)


def detect(text: str) -> Iterator[Span]:
    """Given names, surnames, places and unknown words in capitals; given names in lower case in messages."""
    for run in _RUN.finditer(text):
        yield from _run(text, run.start(), run[0])
    yield from _lower_case(text)


def _run(text: str, offset: int, run: str) -> Iterator[Span]:
    """Maximal stretches of a run of capitals whose words can be a name."""
    tokens = [(offset + match.start(), match[0]) for match in _TOKEN.finditer(run)]
    # "Ring" in "Ring Sheila" has its capital from the sentence.
    others = tokens[1:] if starts_sentence(text, offset) else tokens
    group: list[tuple[int, str, Word]] = []
    for start, token in tokens:
        word = look_up(token)
        first = start == tokens[0][0] and starts_sentence(text, start)
        beside_plain = (
            len(tokens) > 1
            and not group
            and word.english
            and any(look_up(other).plain and not look_up(other).role for _, other in others if other != token)
        )
        if (_can_be_name(token, word, first, bool(group)) and not beside_plain) or _begins_full_name(tokens, start):
            group.append((start, token, word))
        else:
            yield from _group(text, group)
            group = []
    yield from _group(text, group)
    if len(tokens) == 1:
        yield from _english_name(text, *tokens[0])


def _begins_full_name(tokens: list[tuple[int, str]], start: int) -> bool:
    """Whether a given name that is an ordinary word stands before a surname: Dean Cutler, and not Mark Scheme."""
    place = [offset for offset, _ in tokens].index(start)
    if place + 1 >= len(tokens):
        return False
    first, second = look_up(tokens[place][1]), look_up(tokens[place + 1][1])
    lower = tokens[place][1].lower()
    return (
        first.listed
        and lower not in vocabulary("words")["never_alone"]
        and (second.surname or second.rare)
        and not second.role
        and not tokens[place][1].isupper()
    )


_ABBREVIATED = regex.compile(r"\.(?:[),;:|\t]| [\p{Ll}\d|])")
_DETERMINER = regex.compile(
    r"(?i)(?<!\w)(?:the|a|an|this|(?<!(?:not|notic|stat|report|record|alleg|disclos|believ|confirm|agre|learn|advis|inform|"
    r"claim|add|explain|admitt|fear|observ|mention)(?:ed|es|s) |(?:said|says|told \w{2,9}|thought|felt|saw|knew) )that|these|"
    r"those|his|her|their|our|my|your|every|each|any|no|some|"
    r"in|last|next|early|late|of|which|by|since|until|from|during|to)[ ]\Z"
)
_LOWER_BEFORE = regex.compile(r"\p{Ll},?[ ]['\"]?\Z")
_LOWER_AFTER = regex.compile(r"(?:'s)?(?:[,.;:?!)'\"]|[ ][\p{Ll}(])")


def _english_name(text: str, start: int, token: str) -> Iterator[Span]:
    """A given name that is an English word (Mark, Hope, Summer) with a capital that nothing else explains."""
    word = look_up(token)
    if word.surname and word.plain and not word.listed:
        yield from _english_surname(text, start, token)
    if (
        not word.listed
        or (word.given and not word.role)
        or token.isupper()
        or len(token) < 3
        or token.lower() in vocabulary("words")["never_alone"]
    ):
        return
    end = start + len(token)
    if starts_sentence(text, start):
        beside = _AND_NAME.match(text[end : end + 24])
        if (acts(text, end) and token.lower() not in vocabulary("words")["never_first"]) or (
            beside and look_up(beside[1]).listed
        ):
            sure = speaks(text, end)
            yield Span("person", start, end, Confidence.LIKELY if sure else Confidence.POSSIBLE, ("gazetteer",))
    elif _is_bare(text, start) and _LOWER_AFTER.match(text[end : end + 6]):
        yield Span("person", start, end, Confidence.LIKELY if acts(text, end) else Confidence.POSSIBLE, ("gazetteer",))


def _english_surname(text: str, start: int, token: str) -> Iterator[Span]:
    """A surname that is an English word (Brown, Cable) of somebody who does something: a faint hint."""
    end = start + len(token)
    if token[1:].islower() and _is_bare(text, start) and acts(text, end):
        yield Span("person", start, end, Confidence.FAINT, ("gazetteer",))


def _is_bare(text: str, start: int) -> bool:
    """Whether a word within a sentence has no article or the like before it, which a thing would have."""
    before = text[max(0, start - 16) : start]
    return bool(_LOWER_BEFORE.search(before)) and not _DETERMINER.search(before)


_AND_NAME = regex.compile(rf" (?:and|&) ({CAPITAL})(?! \p{{Lu}})")


def _can_be_name(token: str, word: Word, first: bool, inside: bool) -> bool:
    if is_particle(token) and not word.role and not token.isupper():
        return True
    if len(token.rstrip(".")) == 1:
        return inside
    if word.role or is_acronym(token) or (token.isupper() and (word.english or not word.given or len(token) < 5)):
        return False
    if first and word.english and not inside:
        return word.given
    return word.given or word.rare or (inside and word.surname)


def _group(text: str, group: list[tuple[int, str, Word]]) -> Iterator[Span]:
    while group and (is_particle(group[-1][1]) and group[-1][1][0].islower()):
        group = group[:-1]
    if not group or all(len(token.rstrip(".")) == 1 for _, token, _ in group):
        return
    start, end = group[0][0], group[-1][0] + len(group[-1][1])
    names = [word for _, token, word in group if len(token.rstrip(".")) > 1]
    after_place_word = bool(_PLACE_BEFORE.search(text[max(0, start - 14) : start]))
    does = acts(text, end)
    initial = starts_sentence(text, start)
    strong = [word for word in names if not word.english and (word.given or word.surname or word.place)]
    kind = "person"
    if len(names) > 1 and names[0].given and (strong or any(word.rare for word in names)):
        confidence = Confidence.LIKELY
    elif len(names) == 1 and names[0].given:
        confidence = Confidence.LIKELY if strong or speaks(text, end) or (does and not initial) else Confidence.POSSIBLE
    elif any(word.rare for word in names):
        known = strong and (group[0][2].given or len(group[0][1]) > 4)
        if len(group) == 1 and not known and (len(group[0][1]) < 5 or _ABBREVIATED.match(text[end : end + 3])):
            return
        two_hints = after_place_word or (does and (strong or not initial)) or (len(names) > 1 and strong)
        confidence = Confidence.LIKELY if two_hints else Confidence.POSSIBLE
        kind = "place" if after_place_word and not does else "person"
    elif len(names) > 1 and all(word.given or word.surname for word in names):
        confidence = Confidence.POSSIBLE
    else:
        return
    if text[start:end].lower() in words("places"):
        kind = "place"
    if initial and len(group) == 1 and group[0][2].english and not does:
        return
    yield Span(kind, start, end, confidence, ("gazetteer",))


def _lower_case(text: str) -> Iterator[Span]:
    """Given names in lower case: the common ones anywhere, the others in lines that are written like messages."""
    for line in regex.finditer(r"[^\n]+", text):
        marks = len(_MESSAGE.findall(line[0]))
        for match in _LOWER.finditer(text, line.start(), line.end()):
            name = match[0]
            if not look_up(name).given and look_up(name).rare:
                name = name.removesuffix("s")  # harveys
            word, common = look_up(name), name in words("common-names")
            if (
                word.given
                and not (word.english or word.role or name in vocabulary("words")["slang"])
                and (marks > 1 or common)
            ):
                confidence = Confidence.LIKELY if common and marks else Confidence.POSSIBLE
                yield Span("person", match.start(), match.end(), confidence, ("gazetteer",))
