"""What rules 1xx to 3xx share: the law of a case, its decision, and the days that matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ..errors import Undecided
from ..model import Case, Document, Severity, parse_date
from ..policy import Law, decide
from ..policy.model import Option
from .base import Reading


def law_of(case: Case, reading: Reading) -> Law:
    """The law that applies to a case.

    Raises:
        Undecided: the date or type of the review is missing (SCR101), or no policy fits them (SCR207).
    """
    initiated_on, review_type = case.date("review.initiated_on"), case.get("review.type")
    if initiated_on is None or not isinstance(review_type, str):
        raise Undecided("SCR101")
    law = decide(initiated_on, review_type, reading.settings.policy)
    if law is None:
        raise Undecided("SCR207")
    return law


def is_drafting(case: Case, reading: Reading) -> bool:
    """Whether what is still to be done is forgiven."""
    return case.stage == "drafting" and not reading.settings.strict


def due(case: Case, reading: Reading) -> Severity:
    """The severity of something that must be there from stage ready on: in drafting it is only shown."""
    return Severity.REVIEW if is_drafting(case, reading) else Severity.ERROR


def option_of(case: Case, reading: Reading, law: Law) -> Option:
    """What the board decided; in drafting, while nothing is decided, what the guidance presumes.

    Raises:
        Undecided: the decision is missing (SCR201), malformed (SCR101) or unknown to the guidance (SCR202).
    """
    if "decision" not in case.metadata:
        if is_drafting(case, reading):
            return law.regime.default
        raise Undecided("SCR201")
    outcome = case.get("decision.outcome")
    if not isinstance(outcome, str):
        raise Undecided("SCR101")
    option = law.regime.option(outcome)
    if option is None:
        raise Undecided("SCR202")
    return option


def day(case: Case, key: str) -> date | None:
    """The date at a key path; None if the key is not there.

    Raises:
        Undecided: there is something that is not a date (SCR101).
    """
    value = case.date(key)
    if value is None and case.get(key) is not None:
        raise Undecided("SCR101")
    return value


def day_in(item: Any, key: str) -> date | None:
    """The date under a key of one entry of a list; None if the key is not there.

    Raises:
        Undecided: there is something that is not a date (SCR101).
    """
    if not isinstance(item, Mapping):
        raise Undecided("SCR101")
    value = parse_date(item.get(key))
    if value is None and item.get(key) is not None:
        raise Undecided("SCR101")
    return value


def entries(case: Case, key: str) -> list[tuple[str, Any]]:
    """Key path and value of each entry of the list at a key path; empty if the key is not there.

    Raises:
        Undecided: there is something that is not a list of mappings (SCR101).
    """
    values = case.get(key)
    if values is None:
        return []
    found = list(case.items(key))
    if not isinstance(values, list) or len(found) != len(values):
        raise Undecided("SCR101")
    return found


def public(case: Case) -> Iterator[Document]:
    """The documents of the public output."""
    return (document for document in case.documents if document.is_public)


def publish_on(case: Case, document: Document) -> date | None:
    """The day on which a document is, or is to be, published; None if none is given.

    Raises:
        Undecided: it is not a date (SCR101).
    """
    return day_in(case.get("documents")[document.index], "publish_on")


def publication_days(case: Case) -> list[date]:
    """The days on which public documents are, or are to be, published, in order.

    Raises:
        Undecided: one of them is not a date (SCR101).
    """
    return sorted(day for document in public(case) if (day := publish_on(case, document)) is not None)
