"""Ages told to the day, or by a birthday: they give a date of birth away."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from ..model import Confidence, Span
from .lexicon import filled, vocabulary
from .normal import lines_with

#: A number of days, weeks or years, in figures or words, up to some hundreds.
COUNT = (
    r"(?:\d{1,4}|a(?=[ ](?:day|week|month|year))|(?:a|one|two|three)[ ]hundred(?:[ ]and[ ]\w{3,9}(?:-\w{3,5})?)?|one|two|"
    r"three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|(?:four|fif|six|seven|eigh|"
    r"nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)"
)

_NTH = (
    r"(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth"
    r"|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|twenty-first)"
)
_TO_THE_DAY = regex.compile(
    rf"""(?<![\w-])(?:age[ ]of[ ]|aged[ ])?
        {COUNT}[ -]?(?:years?|yrs?|y|months?|mths?|m|weeks?|wks?|w|/12|/52)(?:[ ]old)?
        (?:,?[ ](?:and[ ])?{COUNT}[ -]?(?:months?|mths?|m|weeks?|wks?|w))?
        (?:,?[ ](?:and[ ]|n[ ]|plus[ ]|\+[ ]?|&[ ])?){COUNT}[ -]?(?:days?|d|/7)(?:[ ]old|[ ]of[ ]age)?(?![\w-])""",
    regex.IGNORECASE | regex.VERBOSE,
)
_IN_DAYS = regex.compile(
    rf"""(?<![\w-])(?:
        aged?:?[ ]{COUNT}[ ](?:days?|hours?)[ ]and[ ]{COUNT}[ ](?:hours?|minutes?)
      | (?<!first[ ])(?<!within[ ])
        (?<!(?:fractur|bruis|injur|bleed|haem|burn|lesion|mark|scar)\w*[^.,;\n]{{0,24}}(?<![ ](?:at|aged))[ ])
        {COUNT}[ -]days?(?:[ -]old|[ ]of[ ](?:age|life))
      | (?:aged?|age[ ]of):?[ ](?:just[ ]|only[ ])?{COUNT}(?:[ -]days?|/7)
      | (?<=(?:baby|infant|newborn|(?:baby|infant|newborn|child)[ ]of|now|lived[ ]for|died[ ]at|(?:is|was)[ ](?:only|just))[ ])
        {COUNT}[ ]days(?!\w)
      | (?<=(?:baby|infant|newborn|neonate|male|female)[^.\n]{{0,40}},[ ])
        (?:{COUNT}[ ]days(?![ ]?(?:\w|in|on|of))|day[ ]\d{{1,2}})
      | (?<=how[ ]old[^\n]{{0,40}}){COUNT}[ ](?:days?|hours?)(?=[.,;"'])
      | (?<=(?:baby|twin|infant|newborn)[ ](?:is|was|now)[ ]){COUNT}[ ]days
      | (?<=twin[ ]\p{{L}}{{2,20}},[ ]|(?:birth|weights?|born)[^\n]{{0,60}}[ ]at[ ]){COUNT}[ ]days(?![ ]?\p{{L}})
      | day[ ]\d{{1,2}}(?=[ ](?:p\.?n\.?|post[- ]?nat\w*)(?!\w))
      | (?<=(?:birth|weights?)[^\n]{{0,60}}[ ])day[ ]\d{{1,2}}(?=[ ]\d)
      | (?<=seen[^\w\n]{{1,3}})day[ ]\d{{1,2}}
      | (?<=(?:baby|twin|infant|newborn)[ ](?:is|was|now|then)[ ])day[ ]\d{{1,3}}
      | (?<=(?:baby|nicu|scbu|neonat\w*|parents)[^\n]{{0,160}}[.][ ])day[ ]\d{{1,3}}(?=:)
      | (?<=(?:,|\()[ ]?)D\d{{1,2}}(?=[.,;)][^\n]{{0,40}}(?:vent|feed|jaundice|sbr|wt|weight|guthrie|cpap))
      | (?<=guthrie[^.\n]{{0,12}}[ ])D\d{{1,2}}
      | (?<=(?:weighed|weight|died|discharged|readmitted)[^.\n]{{0,30}}[ ])at[ ]{COUNT}[ ]days(?!\w)
      | at[ ]{COUNT}[ ]days[ ]of[ ]age
      | day[ ]\d{{1,3}}[ ]of[ ](?:his|her|the[ ]baby's)?[ ]?life
      | (?:(?:(?:on[ ])?the[ ])?(?:day|night|week|weekend|eve|morning|afternoon|evening)[ ](?:before|after|of)|on
        |{COUNT}[ ](?:days?|weeks?)[ ](?:before|after|short[ ]of|shy[ ]of|ahead[ ]of))
        [ ]        (?:his|her|their|the[ ](?:child|baby|boy|girl)'s)[ ](?:own[ ]|\p{{L}}{{2,12}}'s[ ])?{_NTH}[ ]birthday
      | (?<=(?:was|is|it's)[ ])(?:his|her|their|my)[ ](?:own[ ])?{_NTH}[ ]birthday(?=[.,;)])
      | (?:{COUNT}|the)[ ](?:days?|weeks?)[ ](?:before|after)[ ](?:he|she|they)
        [ ](?:turned|reached|became)[ ]\w{{3,10}}
      | {COUNT}(?:[ ]and[ ]a[ ]half)?[ -]hours?(?:[ -]old|[ ]of[ ]age)
      | (?:lived|aged?:?)[ ]{COUNT}[ ](?:days?|hours?)(?:[ ]and[ ]{COUNT}[ ](?:hours?|minutes?))?(?![ ]?\p{{L}})
      | (?:exactly[ ])?{COUNT}[ ](?:weeks|months|years)[ ](?:old[ ])?to[ ]the[ ]day
      | {COUNT}[ ]days[ ](?:into[ ](?:his|her|their)[ ](?:short[ ])?life|post[ -]?(?:birth|natal|partum|delivery)
        |after[ ]delivery)
      | (?:the[ ](?:(?:day|eve|night|week)[ ](?:of|before|after)|day|night|week)|on)[ ](?:that[ ])?(?:he|she|they)
        [ ](?:turned|became)[ ](?:{COUNT})
      | (?:the[ ]day|(?:{COUNT})[ ]days)[ ](?:before|after)[ ](?:his|her|their)[ ](?:birth|birthday)
      )(?![\w-])""",
    regex.IGNORECASE | regex.VERBOSE,
)


@cache
def _forms(name: str) -> regex.Pattern[str]:
    """A list of forms of ``vocabulary/ages.yaml``."""
    pieces = {"COUNT": COUNT, "NTH": _NTH, **vocabulary("ages")["pieces"]}
    forms = filled("|".join(vocabulary("ages")[name]), pieces.__getitem__)
    return regex.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", regex.IGNORECASE | regex.MULTILINE)


_REACH = 24  # characters before an age in which the words stand that belong to it
_BEFORE = regex.compile(
    r"(?<!\w)(?:(?:on|at|aged?|the age of|just|only|exactly|nearly|almost|barely|not yet|still|then|by now|under|over)[ ])"
    r"{1,3}\Z",
    regex.IGNORECASE,
)
_AFTER = regex.compile(r"[ ](?:old|of age|of life)(?!\w)", regex.IGNORECASE)
_SIGN_OF_AGE = regex.compile(
    r"(?i:tomorrow|day|week|month|year|yr|hour|minute|birth|turned|turning|became|of life|/7|/52|\d ?[dwm]\b|"
    r"\d(?:st|nd|rd|th)\b)"
)


def ages(text: str) -> Iterator[Span]:
    """Ages to the day in a normalised text; ages in whole weeks, months and years point to nobody."""
    forms = (
        *((pattern, Confidence.LIKELY) for pattern in (_TO_THE_DAY, _IN_DAYS, _forms("likely"))),
        (_forms("forms"), Confidence.POSSIBLE),
    )
    for start, end in lines_with(text, _SIGN_OF_AGE):
        for pattern, confidence in forms:
            for match in pattern.finditer(text, start, end):
                before = _BEFORE.search(text[max(0, match.start() - _REACH) : match.start()])
                after = _AFTER.match(text, match.end())
                begin = match.start() - len(before[0]) if before else match.start()
                yield Span("age", begin, after.end() if after else match.end(), confidence, ("dates",))
