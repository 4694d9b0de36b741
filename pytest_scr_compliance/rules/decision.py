"""Rules 2xx: whether the decision to publish is the one that the guidance asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..errors import Undecided
from ..model import Case, Finding, Place, Severity
from ..policy import Law, decide
from ..policy.model import Exceptions
from .base import CaseRule, Reading
from .law import entries, is_drafting, law_of
from .reasons import empty_reason

if TYPE_CHECKING:
    from ..app import Checker, ExtensionMetadata

BRIEFING = "Kent Safeguarding Children Board briefing (June 2010)"


class UndecidedPublication(CaseRule):
    """The board has not recorded a decision on publication.

    Why it matters: the presumption is that reviews are published. Silence is not a decision to withhold, and
    nothing goes out, or stays in, without somebody who decided it.

    How to fix: record `decision` with its outcome, the day, and who decided. While the documents are still
    being written, leave the stage at `drafting`.
    """

    code = "SCR201"
    name = "undecided-publication"
    citation = f'{BRIEFING}: "The presumption will be that both … should be published"'
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        if "decision" not in case.metadata and not is_drafting(case, reading):
            yield self.finding(f"the stage is {case.stage}, and there is no decision", case.place("decision"))


class DecisionAgainstGuidance(CaseRule):
    """The decision is not the one that the guidance asks for, by the day on which the review was initiated.

    Why it matters: of a serious case review initiated on or after 10 June 2010 the overview report and the
    executive summary are published; of an earlier one the executive summary alone. Publishing less hides the
    lessons, and publishing more gives away what was written to stay private.

    How to fix: decide what the guidance asks for, or record under `decision.exception` the compelling reasons
    that relate to the welfare of a child directly concerned. For a review that ministers committed themselves
    to publish, give `review.national_case` and `decision.override`.
    """

    code = "SCR202"
    name = "decision-against-guidance"
    citation = (
        f'{BRIEFING}: "should publish overview reports of all new SCRs initiated on or after'
        ' 10 June 2010"; "no change … in respect of Serious Case Reviews initiated prior to 10 June 2010"'
    )
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        law = law_of(case, reading)
        for note in law.notes:
            place = case.place("review.initiated_on")
            yield self.finding(f"{note.text} ({note.provision})", place, Severity.NOTE)
        decision = case.get("decision")
        if decision is None:
            return
        outcome = case.get("decision.outcome")
        if not isinstance(outcome, str):
            raise Undecided("SCR101")
        yield from self._judge(case, law, outcome)

    def _judge(self, case: Case, law: Law, outcome: str) -> Iterator[Finding]:
        option, place = law.regime.option(outcome), case.place("decision.outcome")
        asked = f"the review was {law.regime.title} (on {law.initiated_on}). {law.regime.duty}"
        if option is None:
            yield self.finding(f"{asked} The guidance does not know this decision ({law.regime.provision})", place)
        elif option.when == "exception" and case.get("decision.exception") is None:
            yield self.finding(f"{asked} Less is decided, and no exception is recorded ({option.provision})", place)
        elif option.when == "commitment" and case.get("decision.override") is None:
            yield self.finding(
                f"{asked} More is decided, and no national commitment is recorded ({law.regime.provision})",
                place,
            )
        elif option.when != "exception" and case.get("decision.exception.compelling") is True:
            yield self.finding(
                "it is decided to publish, and compelling reasons not to are recorded; one of them is wrong",
                case.place("decision.exception"),
            )


def exception_of(case: Case) -> Mapping[str, Any] | None:
    """The exception on which a decision relies; None if there is none.

    Raises:
        Undecided: it is not a mapping (SCR101).
    """
    exception = case.get("decision.exception")
    if exception is None:
        return None
    if not isinstance(exception, Mapping):
        raise Undecided("SCR101")
    return exception


def _relied_on(case: Case, reading: Reading) -> tuple[Mapping[str, Any], Exceptions] | None:
    """The exception and what it must show, if the decision needs one."""
    exception = exception_of(case)
    if exception is None:
        return None
    law = law_of(case, reading)
    option = law.regime.option(str(case.get("decision.outcome")))
    if option is None or option.when != "exception":
        return None
    return exception, law.policy.exceptions


class GroundNotAccepted(CaseRule):
    """An exception rests on a ground that the guidance does not accept.

    Why it matters: only compelling reasons that relate to the welfare of a child directly concerned outweigh
    the presumption of publication. Embarrassment, cost and the comfort of staff do not.

    How to fix: publish, with the documents anonymised. If a child's welfare is in truth at stake, record that
    ground, the child and the reason.
    """

    code = "SCR203"
    name = "ground-not-accepted"
    citation = f'{BRIEFING}: "compelling reasons relating to the welfare of any children directly concerned"'
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        relied = _relied_on(case, reading)
        if relied is None:
            return
        exception, asked = relied
        name = exception.get("ground")
        if not isinstance(name, str):
            raise Undecided("SCR101")
        ground = asked.ground(name)
        if not ground.accepted:
            yield self.finding(
                f"this ground does not count, because {ground.because} ({asked.provision})",
                case.place("decision.exception.ground"),
            )


class ExceptionWithoutChild(CaseRule):
    """An exception does not name a child directly concerned whose welfare is at stake.

    Why it matters: the welfare that counts is that of a particular child, who lives and is directly concerned
    in the case. Without one there is nothing to weigh against publication.

    How to fix: declare the child under `people` as a subject or surviving child, or as another child with
    `directly_concerned: true`, and give the child's id under `decision.exception.children`. A child who died
    cannot be harmed by publication; name the siblings.
    """

    code = "SCR204"
    name = "exception-without-child"
    citation = f'{BRIEFING}: "any children directly concerned"; "any surviving children and their siblings"'
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        relied = _relied_on(case, reading)
        if relied is None or not relied[1].needs_people:
            return
        exception, asked = relied
        named, key = exception.get("children"), "decision.exception.children"
        if not isinstance(named, list):
            raise Undecided("SCR101")
        people = {entry.get("id"): entry for _, entry in entries(case, "people") if isinstance(entry.get("id"), str)}
        if not named:
            yield self.finding(f"nobody is named whose welfare is at stake ({asked.provision})", case.place(key))
        for index, id in enumerate(named):
            fault = self._fault(case, people.get(id) if isinstance(id, str) else None, asked)
            if fault:
                yield self.finding(f"{fault} ({asked.provision})", case.place(f"{key}[{index}]"))

    def _fault(self, case: Case, person: Mapping[str, Any] | None, asked: Exceptions) -> str | None:
        if person is None:
            return "there is nobody with this id in people"
        sort = person.get("class")
        if not isinstance(sort, str):
            raise Undecided("SCR101")
        if sort not in asked.needs_people:
            return "this is nobody whose welfare the guidance counts here"
        if sort == "other-child" and person.get("directly_concerned") is not True:
            return "it is not said that this child is directly concerned in the case"
        subjects = [entry for _, entry in entries(case, "people") if entry.get("class") == "subject-child"]
        if sort == "subject-child" and case.get("review.outcome") == "died" and len(subjects) == 1:
            return "this child has died; name the surviving child whose welfare is at stake"
        return None


class ExceptionWithoutReason(CaseRule):
    """An exception gives no reason, or a reason that says nothing, or one that is not compelling.

    Why it matters: the reasons must be compelling, so somebody must be able to read them. Words that would
    fit any case show that the welfare of this child was not weighed.

    How to fix: write under `decision.exception.reason`, in your own words and under pseudonyms, what would
    happen to the child, how it is known, and why anonymising or redacting the documents would not prevent it.
    Set `compelling: true` only if the board found so.
    """

    code = "SCR205"
    name = "exception-without-reason"
    citation = f'{BRIEFING}: "unless there are compelling reasons"'
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        relied = _relied_on(case, reading)
        if relied is None:
            return
        exception, asked = relied
        reason, compelling = exception.get("reason"), exception.get("compelling")
        if not isinstance(reason, str) or not isinstance(compelling, bool):
            raise Undecided("SCR101")
        if asked.needs_compelling and not compelling:
            yield self.finding(
                f"the reasons are not said to be compelling ({asked.provision})",
                case.place("decision.exception.compelling"),
            )
        fault = empty_reason(reason)
        if fault:
            yield self.finding(f"{fault} ({asked.provision})", case.place("decision.exception.reason"))


class UnsupportedOverride(CaseRule):
    """A national commitment is claimed for a case that has none.

    Why it matters: ministers committed themselves to publish four older reviews. Their list is closed; no
    board can add to it, and the overview report of any other older review was written under guidance that
    kept it private.

    How to fix: give in `review.national_case` one of the ids that `scr-compliance policy` lists, or delete
    `decision.override` and publish what the guidance asks for.
    """

    code = "SCR206"
    name = "unsupported-override"
    citation = (
        f'{BRIEFING}: Peter Connelly; "Edlington, Shannon Matthews in Kirklees and Khyra Ishaq,'
        ' in Birmingham will also be published"'
    )
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        law = law_of(case, reading)
        named, override = case.get("review.national_case"), case.get("decision.override")
        if named is None and override is None:
            return
        place = case.place("decision.override" if named is None else "review.national_case")
        if named is None:
            yield self.finding("an override needs review.national_case", place)
        elif not isinstance(named, str):
            raise Undecided("SCR101")
        elif law.policy.national_case(named) is None:
            known = ", ".join(item.id for item in law.policy.national_cases) or "none"
            yield self.finding(f"ministers made no such commitment; those known: {known}", place)
        elif not any(option.when == "commitment" for option in law.regime.options):
            yield self.finding(f"the commitments are to earlier reviews, and this one was {law.regime.title}", place)


class NoApplicablePolicy(CaseRule):
    """No policy is known for a review of this type that was initiated on this day.

    Why it matters: what may be published depends on the type of the review and on the day on which it was
    initiated. Where the gate knows no guidance it cannot say that anything may be published.

    How to fix: correct `review.type` or `review.initiated_on`. For a review under other guidance, write a
    policy file (see docs/policy.md) and name it in the setting `policy`.
    """

    code = "SCR207"
    name = "no-applicable-policy"
    citation = "Gate's own rule: what could not be decided is a failure (fail closed)"
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        initiated_on, review_type = case.date("review.initiated_on"), case.get("review.type")
        if initiated_on is None or not isinstance(review_type, str):
            raise Undecided("SCR101")
        if decide(initiated_on, review_type, reading.settings.policy) is None:
            place: Place = case.place("review.initiated_on")
            yield self.finding(f"no policy covers this type of review initiated on {initiated_on}", place)


def setup(app: Checker) -> ExtensionMetadata:
    """Register the rules of this module."""
    for rule in (
        UndecidedPublication,
        DecisionAgainstGuidance,
        GroundNotAccepted,
        ExceptionWithoutChild,
        ExceptionWithoutReason,
        UnsupportedOverride,
        NoApplicablePolicy,
    ):
        app.add_rule(rule)
    return {"version": "1"}
