"""A policy as rows that a lawyer can read beside the guidance, and the answer for one day of initiation."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from .decide import Law, decide
from .load import DEFAULT, load, shipped
from .model import Option, Period, Policy, Provision

CONDITIONS = {
    "always": "the duty",
    "exception": "only with a valid exception",
    "commitment": "only for a national commitment, by override",
}


class Row(NamedTuple):
    """One line of the table.

    Args:
        topic: what it is about.
        says: what the gate does by it.
        force: ``must``, ``should`` or ``intention``, with a question mark if no source was read that confirms it.
        source: source, paragraph and quotation.
    """

    topic: str
    says: str
    force: str
    source: str


def rows(policy: Policy) -> tuple[Row, ...]:
    """The whole policy, line by line; every provision is named at least once."""
    found = list(_rows(policy))
    named = {row.source for row in found}
    for provision in policy.provisions:
        if str(provision) not in named:
            codes = f"Enforced by {' and '.join(provision.enforced_by)}." if provision.enforced_by else ""
            found.append(_row("Also said", " ".join(filter(None, [codes, provision.remark])), provision))
    return tuple(found)


def _row(topic: str, says: str, provision: Provision) -> Row:
    return Row(topic, says, provision.force + ("" if provision.certain else " (?)"), str(provision))


def _rows(policy: Policy) -> Iterator[Row]:
    for regime in policy.regimes:
        topic = f"Review {regime.title}"
        yield _row(topic, regime.duty, regime.provision)
        for option in regime.options:
            yield _row(topic, f"{option.outcome}: {CONDITIONS[option.when]}; {_published(option)}", option.provision)
        if len(regime.default.publishes) > 1:
            yield _row(topic, "What is published is published together, on the same day.", regime.together)
    for role, provision in policy.forbidden.items():
        yield _row("Never public", role, provision)
    for role, provision in policy.questioned.items():
        yield _row("Public only if a person confirms it", role, provision)
    yield from _exception_rows(policy)
    yield _row(
        "Criteria",
        f"outcome {_either(policy.criteria.outcomes)}; abuse or neglect {_either(policy.criteria.abuse_or_neglect)}",
        policy.criteria.provision,
    )
    for law in policy.data_protection:
        yield _row("Data protection", f"{law.law}, for publication {_days(law.period)}", law.provision)
    for case in policy.national_cases:
        state = f"date of publication: {case.publication_date}; executive summary: {case.executive_summary}"
        name = f"{case.title}, {case.area}" if case.area else case.title
        yield _row("National commitment", f"{case.id} ({name}); {state}", case.provision)
    for role, sections in policy.sections.items():
        for section in sections:
            weight = "must" if section.severity == "error" else "should"
            says = f"{weight} have a section on {section.title}, known by: {', '.join(section.headings)}"
            yield _row(f"Content of the {role}", says, section.provision)
    for note in policy.notes:
        yield _row("Note", f"{note.text} (for a review initiated {_days(note.period)})", note.provision)


def _exception_rows(policy: Policy) -> Iterator[Row]:
    asked = policy.exceptions
    conditions = ["a ground that is accepted", "a reason in its own words", "who decided, and when"]
    conditions += ["compelling reasons"] if asked.needs_compelling else []
    conditions += [f"at least one person of class {_either(asked.needs_people)}"] if asked.needs_people else []
    yield _row("Exception", f"must show {'; '.join(conditions)}", asked.provision)
    if asked.needs_advice:
        yield _row("Exception", "must be supported by independent advice before publication", asked.advice_provision)
    for ground in asked.grounds:
        says = "accepted" if ground.accepted else f"not accepted, because {ground.because}"
        yield _row("Ground for an exception", f"{ground.ground}: {says}", asked.provision)


def _published(option: Option) -> str:
    return f"publishes {' and '.join(option.publishes)}" if option.publishes else "publishes nothing"


def _either(values: Iterable[str]) -> str:
    return " or ".join(sorted(values))


def _days(period: Period) -> str:
    if period.first and period.last:
        return f"from {period.first} to {period.last}"
    if period.first:
        return f"from {period.first} on"
    return f"until {period.last}" if period.last else "on any day"


def policy_text(name: str = DEFAULT, width: int = 110) -> str:
    """A policy as a table in plain text, ending with a line end.

    Args:
        name: name or path of the policy.
        width: characters in a line.

    Raises:
        ConfigError: there is no such policy, or it is not one.
    """
    policy = load(name)
    lines = [policy.title, f"for: {', '.join(sorted(policy.review_types))}", ""]
    topic = ""
    for row in rows(policy):
        if row.topic != topic:
            topic = row.topic
            lines += [topic, "-" * len(topic)]
        lines += textwrap.wrap(row.says, width, initial_indent="  ", subsequent_indent="  ")
        lines += textwrap.wrap(f"{row.force}: {row.source}", width, initial_indent="      ", subsequent_indent="      ")
        lines.append("")
    lines += textwrap.wrap(
        "(?) and [not confirmed …]: no public source that was read says this; check it first.", width
    )
    lines += textwrap.wrap(f"All policies of this package: {', '.join(shipped())}.", width)
    return "\n".join(lines) + "\n"


def decide_text(
    initiated_on: date, review_type: str = "serious-case-review", policy: str = DEFAULT, width: int = 110
) -> str | None:
    """What is published of a review that was initiated on a day, with the citations; None if no policy fits.

    Args:
        initiated_on: the day.
        review_type: value of ``review.type``.
        policy: name or path of the policy to ask first.
        width: characters in a line.

    Raises:
        ConfigError: the policy cannot be loaded.
    """
    law = decide(initiated_on, review_type, policy)
    return None if law is None else "\n".join(_answer(law, review_type, width)) + "\n"


def _answer(law: Law, review_type: str, width: int) -> Iterator[str]:
    yield f"{review_type} initiated on {law.initiated_on}: {law.regime.title}"
    yield from textwrap.wrap(law.regime.duty, width)
    yield from _cited(law.regime.provision, width)
    yield ""
    for option in law.regime.options:
        yield from textwrap.wrap(f"- {option.outcome}: {CONDITIONS[option.when]}; {_published(option)}", width)
        yield from _cited(option.provision, width)
    for note in law.notes:
        yield ""
        yield from textwrap.wrap(f"Note: {note.text}", width)
        yield from _cited(note.provision, width)


def _cited(provision: Provision, width: int) -> list[str]:
    return textwrap.wrap(str(provision), width, initial_indent="      ", subsequent_indent="      ")
