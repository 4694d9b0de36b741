"""Spans of several detectors → one span for each stretch of text, saying who agrees on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..model import Confidence, Span

#: Detectors that look at the same thing count as one hint: lists of words, or the words around.
_HINTS = {"gazetteer": "lists", "places": "lists", "traces": "lists", "cues": "words around", "forms": "words around"}


def merge(spans: Iterable[Span], again: bool = False) -> tuple[Span, ...]:
    """Join overlapping spans.

    A joined span covers all of its parts and names every detector that found one of them. It takes the kind of its
    surest part, the longest of those. What lists of words or the words around say is one hint each: alone it is
    ``possible``, and two hints make it ``likely``. A faint hint counts only beside another, and makes an error only of
    what the words around say, too; a slight one is ``possible`` where it stands alone.

    Args:
        spans: with offsets into one text, in any order.
        again: whether they were merged before, so that what stands alone is not weighed once more.

    Returns:
        spans that do not overlap, sorted by start.
    """
    groups: list[list[Span]] = []
    end = -1
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start < end:
            groups[-1].append(span)
        else:
            groups.append([span])
        end = max(end, span.end) if len(groups[-1]) > 1 else span.end
    return tuple(
        group[0] if again and len(group) == 1 else _joined(group) for group in groups if again or not _is_faint(group)
    )


def joined(spans: Iterable[Span], belong: Callable[[Span, Span], bool], kind: str = "") -> Iterator[Span]:
    """Neighbours that belong together as one span, which is as sure as its surest piece.

    Args:
        spans: sorted by start.
        belong: whether a span goes on in the next one.
        kind: of what is joined; empty for that of the surest piece.
    """
    last: Span | None = None
    for span in spans:
        if last and belong(last, span):
            surest = max(last, span, key=lambda piece: piece.confidence.rank)
            detectors = tuple(dict.fromkeys((*last.detectors, *span.detectors)))
            probability = max(last.probability, span.probability)
            last = Span(kind or surest.kind, last.start, span.end, surest.confidence, detectors, probability)
        else:
            if last:
                yield last
            last = span
    if last:
        yield last


def _is_faint(group: list[Span]) -> bool:
    """Whether there is only one faint hint, or the structure of a place alone, which was wrong nine times in ten."""
    return len(_hints(group)) == 1 and all(
        span.confidence is Confidence.FAINT
        or (span.confidence is not Confidence.CERTAIN and span.detectors == ("places",))
        for span in group
    )


def _hints(group: Iterable[Span]) -> set[str]:
    return {_HINTS.get(name, name) for span in group for name in span.detectors}


def _joined(group: list[Span]) -> Span:
    surest = max(group, key=lambda span: (span.confidence.rank, span.end - span.start))
    detectors = tuple(dict.fromkeys(name for span in group for name in span.detectors))
    end, probability = max(span.end for span in group), max(span.probability for span in group)
    return Span(surest.kind, group[0].start, end, _confidence(group, surest), detectors, probability)


def _confidence(group: list[Span], surest: Span) -> Confidence:
    if surest.confidence is Confidence.CERTAIN:
        return Confidence.CERTAIN
    clear = _hints(span for span in group if span.confidence.rank >= 0)
    if len(clear) > 1 or ("words around" in clear and len(_hints(group)) > 1):
        return Confidence.LIKELY
    return Confidence.POSSIBLE if clear <= set(_HINTS.values()) else surest.confidence
