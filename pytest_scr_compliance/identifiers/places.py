"""Addresses, streets, settlements and named local organisations by their structure. The words are data: ``places.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from ..model import Confidence, Span
from .lexicon import vocabulary
from .wording import CAPITAL, look_up

_JOIN = r"[ ](?:(?:of|and|the|le|on|in|under|upon|next|cum|y|yr|&|de|la|St\.?|C of E|CE|RC|VA|VC)[ ]){0,2}"
_WORDS = rf"(?:{CAPITAL}(?:'s)?'?(?:{_JOIN}|[ ]))"
_NUMBER_WORD = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thir|four|fif|six|seven|eigh|nine)(?:teen)?|twenty(?:[ -]\w{3,5})?"
_UNIT = r"(?:(?:top|ground|first|second|third|basement|lower|upper)[ -]floor[ ]flat|(?i:flat|apartment|apt\.?|unit|plot|room|caravan|pitch|bedsit|maisonette|no\.?|number)[ ]?(?:\d{1,4}[A-Za-z]?|(?<=[ ])[A-Z])(?!\w))"
_HOUSE = rf"(?:{_UNIT},?[ ](?:\d{{1,4}}[A-Za-z]?,?[ ])?|\d{{1,4}}[A-Za-z]?(?:[-/]\d{{1,4}}[A-Za-z]?)?,?[ ]|(?i:{_NUMBER_WORD}),?[ ])"
_TOWN = rf"(?:,[ ]{CAPITAL}(?:[ ]{CAPITAL}){{0,2}}(?![ ]?[a-z])){{0,3}}"


@cache
def _alternatives(name: str) -> str:
    return "|".join(sorted(vocabulary("places")[name], key=len, reverse=True))


@cache
def _pattern(template: str, flags: int = 0) -> regex.Pattern[str]:
    return regex.compile(regex.sub(r"\{\{(\w+)\}\}", lambda match: _alternatives(match[1]), template), flags)


def detect(text: str) -> Iterator[Span]:
    """Addresses, streets, settlements and organisations by structure."""
    yield from _addresses(text)
    yield from _streets(text)
    yield from _settlements(text)
    yield from _organisations(text)


def _span(kind: str, start: int, end: int, confidence: Confidence) -> Span:
    return Span(kind, start, end, confidence, ("places",))


def _addresses(text: str) -> Iterator[Span]:
    types = r"(?:{{streets}}|{{soft_streets}}|{{houses}})"
    full = _pattern(rf"(?<![\w£/.-]){_HOUSE}(?:{CAPITAL}(?:'s)?'?[ ]){{1,3}}{types}(?!\w){_TOWN}", regex.V0)
    for match in full.finditer(text):
        yield _span("address", match.start(), match.end(), Confidence.CERTAIN)
    named = _pattern(
        rf"(?<![\w£/.-])(?:\d{{1,4}}[A-Za-z]?,?[ ])?The[ ](?:{CAPITAL}[ ])?(?:{{{{houses}}}})(?:,[ ]{CAPITAL}(?:[ ]{CAPITAL}){{0,2}}){{1,3}}(?!\w)"
    )
    for match in named.finditer(text):
        yield _span("address", match.start(), match.end(), Confidence.LIKELY)
    plot = _pattern(rf"(?<![\w-]){_UNIT},?[ ][Tt]he[ ]{CAPITAL}(?:[ ]{CAPITAL})?")
    for match in plot.finditer(text):
        yield _span("address", match.start(), match.end(), Confidence.LIKELY)
    road = _pattern(
        rf"(?<![\w-])[ABM]\d{{1,4}}(?:\(M\))?[ ](?:near|at|outside|between|by)[ ]{CAPITAL}(?:[ ]{CAPITAL})?"
    )
    for match in road.finditer(text):
        yield _span("place", match.start(), match.end(), Confidence.LIKELY)
    lower = _pattern(r"(?<![\w£/.-])\d{1,4}[a-z]?,?[ ](?:[\p{L}']{2,20}[ ]){1,2}(?i:{{streets}})(?!\w)", 0)
    for match in lower.finditer(text):
        if not _is_ordinary(match[0]):
            yield _span("address", match.start(), match.end(), Confidence.LIKELY)
    unnumbered = _pattern(
        r"(?<!\w)(?:at|on|in|to|near|down|up|from|round|off|outside) (?P<name>(?P<first>\p{Ll}{3,16}) (?:{{lower_streets}}))(?!\w)"
    )
    for match in unnumbered.finditer(text):
        word = look_up(match["first"])
        if not word.english and not word.role and (word.surname or word.place or word.rare):
            yield _span("place", match.start("name"), match.end("name"), Confidence.LIKELY)
    cued = _pattern(
        rf"(?i:{{{{address_cues}}}})[ ,:]{{1,3}}(?P<value>(?:{_UNIT}|\d{{1,4}}[A-Za-z]?),?(?:[ ]{CAPITAL}){{1,4}}{_TOWN})(?!\w)"
    )
    for match in cued.finditer(text):
        if not all(look_up(word).role for word in regex.findall(r"\p{L}{2,}", match["value"])):
            yield _span("address", match.start("value"), match.end("value"), Confidence.LIKELY)
    house = _pattern(
        r"(?i:{{house_cues}})[ ,:]{1,3}(?P<value>(?i:no\.?|number|flat|plot|unit)[ ]?\d{1,4}[A-Za-z]?)(?![\w,])"
    )
    for match in house.finditer(text):
        yield _span("address", match.start("value"), match.end("value"), Confidence.LIKELY)


def _is_ordinary(text: str) -> bool:
    """Whether a stretch in lower case is only a count, such as ``3 miles down the road``."""
    middle = regex.findall(r"\p{L}+", text)[:-1]
    return bool({word.lower() for word in middle} & set(vocabulary("places")["not_in_streets"]))


def _streets(text: str) -> Iterator[Span]:
    strong = _pattern(
        rf"(?<![\w'-])(?:[Tt]he[ ])?(?P<name>(?:{CAPITAL}(?:'s)?'?[ ]){{1,3}})(?:{{{{streets}}}})(?!\w|'s?[ ]\p{{Lu}})"
    )
    for match in strong.finditer(text):
        if _is_named(match["name"], "generic_streets"):
            yield _span("place", match.start("name"), match.end(), Confidence.LIKELY)
    soft = _pattern(
        rf"(?<![\w'-])(?P<the>[Tt]he[ ])?(?P<name>(?:{CAPITAL}(?:'s)?'?[ ]){{1,2}})(?:{{{{soft_streets}}}}|{{{{houses}}}}|{{{{sites}}}})(?!\w|'s?[ ]\p{{Lu}})"
    )
    for match in soft.finditer(text):
        if _is_named(match["name"], "generic_streets"):
            cue = _pattern(r"(?:{{at}})[ ](?:the[ ])?\Z").search(
                text[max(0, match.start("name") - 24) : match.start("name")]
            )
            start = match.start("name")
            yield _span("place", start, match.end(), Confidence.LIKELY if cue else Confidence.POSSIBLE)


def _settlements(text: str) -> Iterator[Span]:
    with_prefix = _pattern(
        rf"(?<![\w'-])(?:(?:{{{{prefixes}}}})[ ]{CAPITAL}(?:[ -](?:le|on|in|under|upon|by|cum|super)[ -](?:the[ -])?{CAPITAL})?|{CAPITAL}[ ](?:{{{{suffixes}}}})|{CAPITAL}[ -](?:le|on|in|under|upon|by|cum|super|next)[ -](?:the[ -]|le[ -])?\p{{Lu}}\p{{Ll}}+)(?!\w)"
    )
    for match in with_prefix.finditer(text):
        found = regex.findall(r"\p{L}+", match[0])
        if any(look_up(word).rare or look_up(word).place for word in found[:1] + found[-1:]) and not any(
            look_up(word).role or word.isupper() for word in found[1:]
        ):
            yield _span("place", match.start(), match.end(), Confidence.LIKELY)
    shaped = _pattern(
        r"(?<![\w'&-])(?:\p{Lu}\p{Ll}{1,14}(?:{{endings}})|(?:{{beginnings}})\p{Ll}{3,14})(?!\w|'s?[ ]\p{Lu})"
    )
    for match in shaped.finditer(text):
        word = look_up(match[0])
        if not word.english and not word.role and not word.given:
            cue = _pattern(r"(?i:{{at}}|{{from}})[ ]\Z").search(text[max(0, match.start() - 14) : match.start()])
            yield _span("place", match.start(), match.end(), Confidence.LIKELY if cue else Confidence.POSSIBLE)
    lower = _pattern(r"(?<!\w)(?:{{at}}|{{from}})[ ](?P<name>\p{Ll}{2,14}(?:{{endings}}))(?!\w)")
    for match in lower.finditer(text):
        word = look_up(match["name"])
        if word.rare and not word.given:
            yield _span("place", match.start("name"), match.end("name"), Confidence.LIKELY)


def _organisations(text: str) -> Iterator[Span]:
    kinds = _pattern(
        rf"(?<![\w'&-])(?P<the>[Tt]he[ ])?(?P<name>{CAPITAL}(?:'s)?'?(?:{_JOIN}{CAPITAL}(?:'s)?'?){{0,4}})[ ](?P<sort>{{{{organisations}}}})(?!\w)"
    )
    for match in kinds.finditer(text):
        if _is_named(match["name"], "generic_organisations"):
            weak = _pattern(r"(?:{{weak_organisations}})$").search(match["sort"]) and all(
                look_up(word).english for word in regex.findall(r"\p{L}{3,}", match["name"])
            )
            cue = _pattern(r"(?:{{at}}) (?:the )?\Z").search(
                text[max(0, match.start("name") - 20) : match.start("name")]
            )
            confidence = Confidence.POSSIBLE if weak and not cue else Confidence.LIKELY
            yield _span("organisation", match.start("name"), match.end(), confidence)
    yield from _beside_sort(text)
    trading = _pattern(
        rf"(?:trading as|t/a|employed (?:by|at)|works? (?:for|at)|worked (?:for|at)|job (?:at|with)|shifts? at)[ ](?:the[ ])?(?P<name>{CAPITAL}(?:[ ]?&[ ]?{CAPITAL}|[ ]{CAPITAL}){{0,3}})"
    )
    for match in trading.finditer(text):
        if _is_named(match["name"], "generic_organisations"):
            yield _span("organisation", match.start("name"), match.end("name"), Confidence.LIKELY)
    shops = _pattern(
        rf"(?<![\w'-])(?P<name>{CAPITAL}(?:'s)?[ ]the[ ](?:Ironmongers?|Bakers?|Butchers?|Chemists?|Newsagents?|Florists?|Greengrocers?|Grocers?|Fishmongers?|Jewellers?))(?!\w)"
    )
    for match in shops.finditer(text):
        yield _span("organisation", match.start("name"), match.end("name"), Confidence.LIKELY)
    royal = _pattern(
        rf"(?<![\w'-])(?:Queen|King|Princess|Prince|Duke of|Duchess of)[ ]{CAPITAL}(?:'s)?(?:[ ](?:Hospital|School|College|Infirmary))?(?!\w)"
    )
    for match in royal.finditer(text):
        if regex.search(r"'s$|Hospital$|School$|College$|Infirmary$", match[0]):
            yield _span("organisation", match.start(), match.end(), Confidence.LIKELY)
    lower = _pattern(r"(?<!\w)(?P<name>(?:\p{Ll}{3,16}'?s? ){1,2}(?:{{lower_organisations}}))(?!\w)")
    for match in lower.finditer(text):
        found = match["name"].split()[:-1]
        if look_up(found[0]).rare and len(found[0]) > 3 and found[0] not in vocabulary("words")["slang"]:
            yield _span("organisation", match.start("name"), match.end("name"), Confidence.LIKELY)
    first = _pattern(rf"(?<![\w'-])(?:{{{{leading}}}})(?:{_JOIN}{CAPITAL}(?:'s)?){{1,5}}")
    for match in first.finditer(text):
        yield _span("organisation", match.start(), match.end(), Confidence.LIKELY)
    regiment = _pattern(
        rf"(?<![\w-])(?:\d{{1,2}}(?:st|nd|rd|th)|First|Second|Third)[ ](?:\([A-Z\d ]{{1,8}}\)[ ])?(?:Battalion|Bn|Regiment|Squadron|Company)(?:,?[ ](?:the[ ]|of[ ]the[ ])?{CAPITAL}(?:[ ]{CAPITAL}){{0,4}})?"
    )
    for match in regiment.finditer(text):
        yield _span("organisation", match.start(), match.end(), Confidence.LIKELY)
    saint = _pattern(
        rf"(?<![\w'-])St\.?[ ]{CAPITAL}(?:'s)?(?:[ ](?:and|&)[ ](?:St\.?[ ])?{CAPITAL}(?:'s)?)?(?:[ ](?:{{{{saintly}}}})){{0,4}}(?!\w)"
    )
    for match in saint.finditer(text):
        yield _span("organisation", match.start(), match.end(), Confidence.LIKELY)
    pubs = _pattern(
        rf"(?<!\w)[Tt]he[ ](?P<name>{CAPITAL}(?:'s)?(?:[ ](?:and|&)[ ](?:the[ ])?|[ ]o'[ ]?|[ ]){CAPITAL})(?=[ ](?:pub|public house|inn)\b|[,.]?)(?!\w)"
    )
    named_pubs = _pattern(
        r"(?<!\w)[Tt]he[ ](?P<name>(?:{{pub_first}})[ ](?:and[ ])?(?:{{pub_second}})(?:,[ ]\p{Lu}\p{L}+)?)(?!\w)"
    )
    for match in named_pubs.finditer(text):
        yield _span("organisation", match.start("name"), match.end("name"), Confidence.LIKELY)
    messrs = _pattern(rf"(?<!\w)Messrs\.?[ ](?P<name>{CAPITAL}(?:(?:,|[ ]&|[ ]and)?[ ]{CAPITAL}){{0,3}})")
    for match in messrs.finditer(text):
        yield _span("organisation", match.start("name"), match.end("name"), Confidence.LIKELY)
    for match in pubs.finditer(text):
        around = text[max(0, match.start() - 44) : match.end() + 20]
        joined = regex.search(r" (?:and|&) ", match["name"])
        if _pattern(r"(?<!\w)(?:{{pub_cues}})(?!\w)", regex.IGNORECASE).search(around):
            yield _span("organisation", match.start("name"), match.end("name"), Confidence.LIKELY)
        elif joined and not any(look_up(word).role for word in regex.findall(r"\p{Lu}\p{L}+", match["name"])):
            yield _span("organisation", match.start("name"), match.end("name"), Confidence.POSSIBLE)


def _beside_sort(text: str) -> Iterator[Span]:
    """Names beside a word that says what they are: ``the refuge, Haven House`` and ``Beechwood, a children's home``."""
    name = rf"(?P<name>(?:[Tt]he[ ])?{CAPITAL}(?:'s)?(?:[ ](?:(?:of|and|&)[ ])?{CAPITAL}(?:'s)?){{0,3}})"
    after = _pattern(
        rf"(?<!\w)(?:{{{{sorts}}}})(?:,| called| named| known as|,? (?:which is|that is) called),?[ ][\"']?{name}(?=[,.;)\"'\n ])"
    )
    before = _pattern(
        rf"(?<![\w'-]){name}(?:,[ ]|[ ]\()(?:a|an|the|his|her|their|which (?:is|was)(?: then)? (?:a|an|the))[ ](?:[\p{{Ll}}'-]{{2,14}}[ ]){{0,3}}(?:{{{{sorts}}}})(?!\w)"
    )
    verbs = _pattern(rf"(?<!\w)(?:{{{{going}}}})[ ]{name}(?=[,.;)\"'\n ])")
    for pattern in (after, before, verbs):
        for match in pattern.finditer(text):
            found = [look_up(word) for word in regex.findall(r"\p{Lu}[\p{L}-]{2,}", match["name"]) if word != "The"]
            if found and _is_named(match["name"], "generic_organisations") and not any(word.role for word in found[:1]):
                sure = pattern is not verbs or any(word.rare for word in found)
                yield _span(
                    "organisation",
                    match.start("name"),
                    match.end("name"),
                    Confidence.LIKELY if sure else Confidence.POSSIBLE,
                )


def _is_named(name: str, generic: str) -> bool:
    """Whether the words before a sort of place or organisation name it, and do not only say what sort it is."""
    ordinary = {word.lower() for word in vocabulary("places")[generic]}
    found = regex.findall(r"\p{L}[\p{L}'-]*", name)
    found = [word for word in found if word[0].isupper()]
    return any(
        word.lower() not in ordinary
        and word.lower().removesuffix("'s") not in ordinary
        and not look_up(word).role
        and not (word.isupper() and len(word) < 6)
        for word in found
    )
