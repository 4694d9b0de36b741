"""Which policy and which of its regimes apply to a review: the decision that all else follows from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .load import DEFAULT, load, shipped
from .model import Note, Policy, Regime


@dataclass(frozen=True, slots=True)
class Law:
    """What applies to one review.

    Args:
        policy: the policy.
        regime: its regime for the day of initiation.
        initiated_on: that day.
    """

    policy: Policy
    regime: Regime
    initiated_on: date

    @property
    def notes(self) -> tuple[Note, ...]:
        """What to know about a review that was initiated on that day."""
        return self.policy.notes_on(self.initiated_on)


def decide(initiated_on: date, review_type: str = "serious-case-review", policy: str = DEFAULT) -> Law | None:
    """The law for a review of that type that was initiated on that day.

    The named policy comes first; a review of another type or period falls to the package's other policies.

    Args:
        initiated_on: the day on which the review was initiated.
        review_type: value of ``review.type``.
        policy: name or path of the policy, as in the setting ``policy``.

    Returns:
        None if no policy fits.

    Raises:
        ConfigError: the named policy cannot be loaded.
    """
    for name in dict.fromkeys((policy, *shipped())):
        candidate = load(name)
        regime = candidate.regime_on(initiated_on) if review_type in candidate.review_types else None
        if regime is not None:
            return Law(candidate, regime, initiated_on)
    return None
