"""Rules 301 to 309: which documents go out, together with which, when, and with whose leave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from ..errors import Undecided
from ..model import Case, Finding, Severity, parse_date
from .base import CaseRule, Reading
from .law import day_in, due, entries, law_of, option_of, public, publication_days, publish_on

if TYPE_CHECKING:
    from ..app import Checker, ExtensionMetadata

BRIEFING = "Kent Safeguarding Children Board briefing (June 2010)"


class ImrInPublicOutput(CaseRule):
    """An individual management review, or a document of its kind, is in the public output.

    Why it matters: an agency writes its individual management review (IMR) in confidence, with names of staff
    and every detail of the family. It is never published; nor are an agency's chronology and the health
    overview report, which hold the same material.

    How to fix: set the document's `audience` to `restricted`. The overview report may say, anonymised, what
    was learned from it.
    """

    code = "SCR301"
    name = "imr-in-public-output"
    citation = f'{BRIEFING}, on paragraph 8.50: "the IMRs should not be made publicly available"'
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        forbidden = law_of(case, reading).policy.forbidden
        for document in public(case):
            if document.role is None:
                raise Undecided("SCR101")
            if document.role in forbidden:
                why = forbidden[document.role]
                yield self.finding(
                    f"{document.id} is of role {document.role}, which is never public ({why})",
                    case.place(f"documents[{document.index}].audience"),
                )


class IncompletePublication(CaseRule):
    """The documents that must be published together are not all there, or not on the same day.

    Why it matters: an executive summary without its report hides what happened, and a report without its
    summary loses most readers. What the guidance wants published, it wants published together.

    How to fix: declare a public document of each role that the finding names, and give all of them the same
    `publish_on`, or none as long as the day is not set.
    """

    code = "SCR302"
    name = "incomplete-publication"
    citation = f'{BRIEFING}: "Overview reports should be published together with the executive summaries"'

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        law = law_of(case, reading)
        option = option_of(case, reading, law)
        due_now = due(case, reading)
        documents = [document for document in public(case) if document.role in option.publishes]
        for role in option.publishes:
            if role not in {document.role for document in documents}:
                yield self.finding(
                    f"no public document has the role {role}, which is to be published ({option.provision})",
                    case.place("documents"),
                    due_now,
                )
        days = {document.id: publish_on(case, document) for document in documents}
        if case.stage == "published" and None in days.values():
            raise Undecided("SCR304")
        if len(set(days.values())) > 1:
            said = ", ".join(f"{id} on {when or 'a day not set'}" for id, when in days.items())
            yield self.finding(f"published apart: {said} ({law.regime.together})", case.place("documents"), due_now)


class PublishedAgainstDecision(CaseRule):
    """A document is public although the decision does not publish it.

    Why it matters: a document that the board decided to withhold, or that was written under guidance that
    keeps it private, is one wrong word in this file away from the internet.

    How to fix: set the document's `audience` to `restricted`, or correct the decision.
    """

    code = "SCR303"
    name = "published-against-decision"
    citation = f'{BRIEFING}: "no change … in respect of Serious Case Reviews initiated prior to 10 June 2010"'
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        law = law_of(case, reading)
        option = option_of(case, reading, law)
        for document in public(case):
            if document.role in law.regime.decided_roles - set(option.publishes):
                yield self.finding(
                    f"{document.id} is public, but {option.outcome} does not publish a document of the role"
                    f" {document.role} ({option.provision})",
                    case.place(f"documents[{document.index}].audience"),
                    due(case, reading) if "decision" not in case.metadata else None,
                )


class UndatedPublication(CaseRule):
    """A published document carries no day of publication.

    Why it matters: the day decides which data-protection law applied and which court orders were in force. As
    long as no day is set, nothing has been published.

    How to fix: give each public document its `publish_on`, or set the stage back to `ready`.
    """

    code = "SCR304"
    name = "undated-publication"
    citation = f'{BRIEFING}: "no date for publication has yet been set"; published means dated'
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        if case.stage != "published":
            return
        for document in public(case):
            if publish_on(case, document) is None:
                yield self.finding(
                    f"{document.id} is published, and has no publish_on",
                    case.place(f"documents[{document.index}]"),
                )


class UnclearedRestriction(CaseRule):
    """A court order or other restriction is in force on the day of publication, and nothing clears it.

    Why it matters: publishing against a court order is contempt of court, and naming a child or a complainant
    against a statute is an offence, whatever the guidance on publication says.

    How to fix: ask the court for permission and set `permits_publication: true`, or take independent advice
    that the public output complies with the order, enter it under `advice`, and name its id in the
    restriction's `advice`. If the order has ended, give `expires_on`.
    """

    code = "SCR305"
    name = "uncleared-restriction"
    citation = f'{BRIEFING}: "mindful of other restrictions on publication of information, for example Court orders"'
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        if not isinstance(case.get("restrictions"), list):
            raise Undecided("SCR101")
        days = publication_days(case) or [reading.settings.today]
        for key, entry in entries(case, "restrictions"):
            made, expires = day_in(entry, "made_on"), day_in(entry, "expires_on")
            in_force = (made is None or made <= days[-1]) and (expires is None or expires >= days[0])
            if not in_force or entry.get("permits_publication") is True:
                continue
            advice = advice_by_id(case, entry.get("advice"))
            if advice is None:
                yield self.finding(
                    f"in force on {days[0]}, and cleared neither by permission nor by advice",
                    case.place(key),
                    due(case, reading),
                )
            else:
                fault = advice_fault(advice, days[0], published=bool(publication_days(case)))
                if fault:
                    yield self.finding(f"the advice that clears it {fault}", case.place(f"{key}.advice"))


def advice_by_id(case: Case, id: object) -> Mapping[str, Any] | None:
    """The entry of ``advice`` that a reference names; None for no reference.

    Raises:
        Undecided: the reference leads nowhere (SCR104) or is no id (SCR101).
    """
    if id is None:
        return None
    if not isinstance(id, str):
        raise Undecided("SCR101")
    found: Mapping[str, Any] | None = next(
        (entry for _, entry in entries(case, "advice") if entry.get("id") == id), None
    )
    if found is None:
        raise Undecided("SCR104")
    return found


def advice_fault(advice: Mapping[str, Any], day: date, published: bool) -> str | None:
    """What is wrong with a piece of advice, or None.

    Args:
        advice: the entry.
        day: of the first publication, or on which this is checked.
        published: whether ``day`` is a day of publication.

    Raises:
        Undecided: its own day is missing or malformed (SCR101).
    """
    given = parse_date(advice.get("on"))
    if given is None:
        raise Undecided("SCR101")
    if advice.get("independent") is False:
        return "is not independent"
    if given > day:
        return f"was given on {given}, after " + (f"the publication on {day}" if published else f"{day}")
    return None


class MissingAdvice(CaseRule):
    """Independent advice was not taken where it is needed, or not before publication.

    Why it matters: whoever doubts whether publication is lawful, or keeps from the public what should be
    published, needs somebody independent to say so, and early enough to be heeded.

    How to fix: take the advice, enter it under `advice`, and name its id in `decision.advice` (doubt about
    the law) or `decision.exception.advice` (an exception). Advice on a court order is named in the
    restriction itself.
    """

    code = "SCR306"
    name = "missing-advice"
    citation = f'{BRIEFING}: "will take independent advice if in any doubt on compliance with the law"'

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        law = law_of(case, reading)
        asked = law.policy.exceptions
        triggers = []
        if case.get("decision.doubt") is True:
            triggers.append(("decision.advice", "the board is in doubt about the law"))
        option = law.regime.option(str(case.get("decision.outcome")))
        withheld = option is not None and option.when == "exception"
        if asked.needs_advice and withheld and isinstance(case.get("decision.exception"), Mapping):
            triggers.append(("decision.exception.advice", "a document is withheld by an exception"))
        if reading.has_allows():
            triggers.append(("decision.advice", "findings were accepted instead of put right"))
        days = publication_days(case)
        for key, why in triggers:
            advice = advice_by_id(case, case.get(key))
            if advice is None:
                yield self.finding(
                    f"{why}, and no advice is named ({asked.advice_provision})",
                    case.place(key),
                    due(case, reading),
                )
                continue
            fault = advice_fault(advice, days[0] if days else reading.settings.today, published=bool(days))
            if fault:
                yield self.finding(f"{why}; the advice {fault} ({asked.advice_provision})", case.place(key))


class UnexpectedPublicDocument(CaseRule):
    """A document is public that reviews of this type do not usually publish.

    Why it matters: minutes of a panel name those who spoke and repeat what was said of the family. Such
    documents have been published by mistake.

    How to fix: set the document's `audience` to `restricted`. If it is meant to be public, a person accepts
    the finding.
    """

    code = "SCR307"
    name = "unexpected-public-document"
    citation = f'{BRIEFING}: only "the overview report and the executive summary" are to be published'
    severity = Severity.REVIEW

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        questioned = law_of(case, reading).policy.questioned
        for document in public(case):
            if document.role in questioned:
                yield self.finding(
                    f"{document.id} has the role {document.role}; is it meant to be public?",
                    case.place(f"documents[{document.index}].audience"),
                )


def setup(app: Checker) -> ExtensionMetadata:
    """Register the rules of this module."""
    for rule in (
        ImrInPublicOutput,
        IncompletePublication,
        PublishedAgainstDecision,
        UndatedPublication,
        UnclearedRestriction,
        MissingAdvice,
        UnexpectedPublicDocument,
    ):
        app.add_rule(rule)
    return {"version": "1"}
