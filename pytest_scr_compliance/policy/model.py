"""A policy as frozen dataclasses: what the YAML files of this room say, with every reference resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Provision:
    """One sentence of a source that decides something.

    Args:
        id: name of the provision within its policy.
        source: full title of the source.
        paragraph: where in the source.
        quotation: a few words of it, exactly; empty if the text was not read at first hand.
        force: ``must``, ``should`` or ``intention``.
        certain: whether a public source that was read confirms it.
        remark: how the provision is read, and why.
        enforced_by: codes of the rules that enforce it, where no other part of the policy refers to it.
    """

    id: str
    source: str
    paragraph: str
    quotation: str
    force: str
    certain: bool = True
    remark: str = ""
    enforced_by: tuple[str, ...] = ()

    def __str__(self) -> str:
        quotation = f': "{self.quotation}"' if self.quotation else ""
        doubt = "" if self.certain else " [not confirmed by a source that was read]"
        return f"{self.source}, {self.paragraph}{quotation}{doubt}"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends included; an end that is None is open."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Option:
    """A decision that a regime knows.

    Args:
        outcome: value of ``decision.outcome``.
        publishes: roles of which a public document must exist.
        when: ``always``, ``exception`` or ``commitment``.
        provision: what allows it.
    """

    outcome: str
    publishes: tuple[str, ...]
    when: str
    provision: Provision


@dataclass(frozen=True, slots=True)
class Regime:
    """What is published of a review that was initiated within a period.

    Args:
        id, title: name and words for the period; the title reads after "a review".
        period: days of initiation.
        provision: what sets the period and the duty.
        duty: what is published, in one or two sentences.
        options: the decisions that are possible; the first is the duty.
        together: what asks for one day of publication.
    """

    id: str
    title: str
    period: Period
    provision: Provision
    duty: str
    options: tuple[Option, ...]
    together: Provision

    @property
    def default(self) -> Option:
        """The duty itself: what is published unless something else was decided."""
        return self.options[0]

    @property
    def decided_roles(self) -> frozenset[str]:
        """The roles whose publication depends on the decision."""
        return frozenset(role for option in self.options for role in option.publishes)

    def option(self, outcome: str) -> Option | None:
        """The option for a value of ``decision.outcome``; None if the guidance does not know it."""
        return next((option for option in self.options if option.outcome == outcome), None)


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground for an exception: whether it counts, and if not, because of what."""

    ground: str
    accepted: bool
    because: str = ""


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What an exception from publication must show."""

    provision: Provision
    needs_compelling: bool
    needs_people: frozenset[str]
    needs_advice: bool
    advice_provision: Provision
    grounds: tuple[Ground, ...]

    def ground(self, name: str) -> Ground:
        """The ground of that name; an unknown one is not accepted."""
        unknown = Ground(name, accepted=False, because="the guidance does not know it")
        return next((ground for ground in self.grounds if ground.ground == name), unknown)


@dataclass(frozen=True, slots=True)
class Criteria:
    """What must have happened: values of ``outcome`` and ``abuse_or_neglect`` of the review that qualify."""

    provision: Provision
    outcomes: frozenset[str]
    abuse_or_neglect: frozenset[str]


@dataclass(frozen=True, slots=True)
class DataProtectionLaw:
    """The data-protection law of one period of publication.

    Args:
        law: its name.
        names: ways to write it.
        period: days of publication.
        provision: what says so.
    """

    law: str
    names: tuple[str, ...]
    period: Period
    provision: Provision


@dataclass(frozen=True, slots=True)
class NationalCase:
    """A review that ministers committed themselves to publish, with its state when the source was written."""

    id: str
    title: str
    provision: Provision
    publication_date: str
    executive_summary: str
    area: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader of the source could stumble over, for reviews initiated within a period."""

    text: str
    period: Period
    provision: Provision


@dataclass(frozen=True, slots=True)
class Section:
    """A section that a document must have.

    Args:
        id, title: its name, and words that read after "no section on".
        severity: ``error`` or ``review``.
        headings: phrases, in lower case, of which a heading must hold one.
        provision: what asks for it.
    """

    id: str
    title: str
    severity: str
    headings: tuple[str, ...]
    provision: Provision


@dataclass(frozen=True, slots=True)
class Policy:
    """The law on publishing one type of review in one period.

    Args:
        id, title: name of the policy, and its country, guidance and period.
        review_types: values of ``review.type`` to which it applies.
        provisions: every provision, in the order of the file.
        regimes: what is published, by the day of initiation; their periods do not overlap.
        forbidden, questioned: role of a document → provision by which it is never, or not readily, public.
        exceptions: grounds and conditions for withholding.
        subjects: classes of people of whom a review must declare at least one.
        criteria: what must have happened.
        data_protection: the law by the day of publication.
        national_cases: the commitments, if there are any.
        notes: remarks by the day of initiation.
        sections: role of a document → sections that it must have.
    """

    id: str
    title: str
    review_types: frozenset[str]
    provisions: tuple[Provision, ...]
    regimes: tuple[Regime, ...]
    forbidden: Mapping[str, Provision]
    questioned: Mapping[str, Provision]
    exceptions: Exceptions
    subjects: frozenset[str]
    criteria: Criteria
    data_protection: tuple[DataProtectionLaw, ...]
    national_cases: tuple[NationalCase, ...]
    notes: tuple[Note, ...]
    sections: Mapping[str, tuple[Section, ...]]

    def regime_on(self, initiated_on: date) -> Regime | None:
        """The regime of a review that was initiated on that day, or None."""
        return next((regime for regime in self.regimes if initiated_on in regime.period), None)

    def law_on(self, published_on: date) -> DataProtectionLaw | None:
        """The data-protection law of that day of publication, or None."""
        return next((law for law in self.data_protection if published_on in law.period), None)

    def national_case(self, id: str) -> NationalCase | None:
        """The national commitment of that id, or None."""
        return next((case for case in self.national_cases if case.id == id), None)

    def notes_on(self, initiated_on: date) -> tuple[Note, ...]:
        """The notes for a review that was initiated on that day."""
        return tuple(note for note in self.notes if initiated_on in note.period)
