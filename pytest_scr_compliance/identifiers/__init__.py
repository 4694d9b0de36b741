"""Text → spans that can point to a person."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from ..model import Span
from ..registry import Detector
from . import cues, dates, forms, gazetteer, patterns, places, traces
from .borders import join_addresses, widen
from .merge import merge
from .names import make_detector
from .normal import normalise
from .permitted import Permitted
from .propagation import echo, established, propagate
from .pseudonyms import doubting
from .sureness import judged

if TYPE_CHECKING:
    from ..settings import Settings

    class Registers(Protocol):
        """What this room needs of the application."""

        settings: Settings

        def add_detector(self, name: str, detector: Detector) -> None:
            """Register a detector."""


__all__ = ["Permitted", "candidates", "established", "identify", "setup", "spread"]


def setup(app: Registers) -> None:
    """Register the built-in layers, surest and cheapest first."""
    app.add_detector("patterns", patterns.detect)
    app.add_detector("dates", dates.detect)
    app.add_detector("cues", cues.detect)
    app.add_detector("forms", forms.detect)
    app.add_detector("places", places.detect)
    app.add_detector("gazetteer", gazetteer.detect)
    app.add_detector("traces", traces.detect)
    app.add_detector("names", make_detector(app.settings.model))


def identify(
    text: str, detectors: Mapping[str, Detector], permitted: Permitted, known: Collection[str] = ()
) -> tuple[Span, ...]:
    """The identifiers in a text.

    Args:
        text: of one document.
        detectors: name → detector; each is run once, over the normalised text.
        permitted: what may be published.
        known: names that other documents of the case establish.

    Returns:
        spans that do not overlap, sorted by start, with offsets into ``text`` as it was given.
    """
    normal = normalise(text)
    remaining = permitted.over(normal.text)
    weighed = doubting(normal.text)
    first = tuple(weighed(judged(normal.text, candidates(normal.text, detectors, remaining))))
    names = established(normal.text, first) | frozenset(known)
    again = (*remaining(propagate(normal.text, names)), *remaining(echo(normal.text, first)))
    whole = weighed(merge(widen(normal.text, (*first, *again)), again=True))
    return merge((normal.span(span) for span in join_addresses(normal.text, whole)), again=True)


def candidates(
    text: str, detectors: Mapping[str, Detector], remaining: Callable[[Iterable[Span]], Iterator[Span]]
) -> Iterator[Span]:
    """What the detectors find in a normalised text and may not be published, as sure as they say."""
    found = [span for detector in detectors.values() for span in detector(text)]
    return remaining(merge(remaining(found)))


def spread(text: str, spans: Collection[Span], known: Collection[str], permitted: Permitted) -> tuple[Span, ...]:
    """The identifiers of a text with those that other documents of the case establish.

    Args:
        text: of one document.
        spans: what :func:`identify` found in it.
        known: names that the other documents establish, by :func:`established`.
        permitted: what may be published.
    """
    normal = normalise(text)
    again = permitted.over(normal.text)(propagate(normal.text, known))
    return merge([*spans, *(normal.span(span) for span in widen(normal.text, again))], again=True)
