"""Check digits and check letters of the numbers that a file carries. Each takes the number as it stands in the text."""

from __future__ import annotations

import re
from collections.abc import Callable

# Check letters of PNC and CRO numbers: the number modulo 23 (Home Office; as in the Ministry of Justice's hmpps code).
_POLICE_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
_POSTCODE_AREAS = frozenset(
    [
        "AB",
        "AL",
        "B",
        "BA",
        "BB",
        "BD",
        "BH",
        "BL",
        "BN",
        "BR",
        "BS",
        "BT",
        "CA",
        "CB",
        "CF",
        "CH",
        "CM",
        "CO",
        "CR",
        "CT",
        "CV",
        "CW",
        "DA",
        "DD",
        "DE",
        "DG",
        "DH",
        "DL",
        "DN",
        "DT",
        "DY",
        "E",
        "EC",
        "EH",
        "EN",
        "EX",
        "FK",
        "FY",
        "G",
        "GL",
        "GU",
        "GY",
        "HA",
        "HD",
        "HG",
        "HP",
        "HR",
        "HS",
        "HU",
        "HX",
        "IG",
        "IM",
        "IP",
        "IV",
        "JE",
        "KA",
        "KT",
        "KW",
        "KY",
        "L",
        "LA",
        "LD",
        "LE",
        "LL",
        "LN",
        "LS",
        "LU",
        "M",
        "ME",
        "MK",
        "ML",
        "N",
        "NE",
        "NG",
        "NN",
        "NP",
        "NR",
        "NW",
        "OL",
        "OX",
        "PA",
        "PE",
        "PH",
        "PL",
        "PO",
        "PR",
        "RG",
        "RH",
        "RM",
        "S",
        "SA",
        "SE",
        "SG",
        "SK",
        "SL",
        "SM",
        "SN",
        "SO",
        "SP",
        "SR",
        "SS",
        "ST",
        "SW",
        "SY",
        "TA",
        "TD",
        "TF",
        "TN",
        "TQ",
        "TR",
        "TS",
        "TW",
        "UB",
        "W",
        "WA",
        "WC",
        "WD",
        "WF",
        "WN",
        "WR",
        "WS",
        "WV",
        "YO",
        "ZE",
    ]
)


def _compact(value: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", value.upper())


def nhs(value: str) -> bool:
    """NHS number: modulo 11."""
    from stdnum.gb import nhs as number

    return bool(number.is_valid(_compact(value)))


def upn(value: str) -> bool:
    """Unique pupil number: check letter."""
    from stdnum.gb import upn as number

    return bool(number.is_valid(_compact(value)))


def utr(value: str) -> bool:
    """Unique taxpayer reference: check digit in front."""
    from stdnum.gb import utr as number

    return bool(number.is_valid(_compact(value)))


def nino(value: str) -> bool:
    """National Insurance number: it has no check digit, but prefixes that were never given out."""
    prefix = _compact(value)[:2]
    return (
        prefix[0] not in "DFIQUV"
        and prefix[1] not in "DFIOQUV"
        and prefix not in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}
    )


def pnc(value: str) -> bool:
    """PNC id ``[19]94/156751L``: two digits of the year and seven of the serial, modulo 23."""
    year, _, serial = value.upper().replace(" ", "").partition("/")
    return _POLICE_LETTERS[int(year[-2:] + serial[:-1].zfill(7)) % 23] == serial[-1]


def cro(value: str) -> bool:
    """CRO number ``22244/99Y``: two digits of the year and six of the serial, modulo 23."""
    serial, _, year = value.upper().replace(" ", "").partition("/")
    return _POLICE_LETTERS[int(year[:2] + serial.zfill(6)) % 23] == year[-1]


def postcode(value: str) -> bool:
    """Postcode: the area exists."""
    area = re.match(r"[A-Z]{1,2}", value.upper())
    return area is not None and area[0] in _POSTCODE_AREAS


def luhn(value: str) -> bool:
    """Payment card number."""
    from stdnum import luhn as number

    return bool(number.is_valid(_compact(value)))


def iban(value: str) -> bool:
    """International bank account number: modulo 97."""
    from stdnum import iban as number

    return bool(number.is_valid(_compact(value), check_country=False))


def account(value: str) -> bool:
    """Account name: neither a code such as ``CAMHS2`` nor a word with a digit that a scanner read for a letter (medica1)."""
    from .lexicon import words

    bare = value.rstrip("0123456789")
    is_code = bare.isupper() and len(bare) < 7 and bare.lower() not in words("given-names")
    return not is_code and value.lower().replace("1", "l").replace("0", "o").replace("5", "s") not in words("english")


def dotted(value: str) -> bool:
    """Account name of words with dots between them: not all English ones, as where the space after a stop is missing."""
    from .lexicon import words

    return any(len(word) > 3 and word.lower() not in words("english") for word in value.split("."))


CHECKS: dict[str, Callable[[str], bool]] = {
    check.__name__: check for check in (nhs, upn, utr, nino, pnc, cro, postcode, luhn, iban, account, dotted)
}
"""Name in ``vocabulary/patterns.yaml`` → check."""
