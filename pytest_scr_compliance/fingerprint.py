"""Findings → findings with fingerprints, by which a person can accept one of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256
from json import dumps

from .model import Finding, Place


def with_fingerprints(
    findings: Iterable[Finding], paragraph: Callable[[Finding], tuple[int, int] | None] = lambda finding: None
) -> tuple[Finding, ...]:
    """The findings of one rule for one case or document, each with its fingerprint, a hash of 16 hexadecimal digits.

    It is made of the rule, the document, the part of it, the kind and the length of what was found, how far into its
    paragraph and in how long a one it stands, the kinds of what else was found there, and a number where all of that is
    the same. It never takes in the text: a name can be guessed back from its hash. Numbers of pages, paragraphs and lines
    stay out of it, so that an edit elsewhere in the document changes nothing; an edit of the paragraph itself does.

    Args:
        findings: of the rule.
        paragraph: start and end, as offsets into the document's text, of the paragraph in which a finding stands; None
            where it has none.
    """
    findings = tuple(findings)
    together: defaultdict[Place, list[Finding]] = defaultdict(list)
    for finding in findings:
        together[finding.place].append(finding)
    seen: Counter[str] = Counter()
    done = []
    for finding in findings:
        place, around = finding.place, together[finding.place]
        position = next(index for index, other in enumerate(around) if other is finding)
        kinds = [other.kind for other in around] if finding.kind else []
        shape = _shape(finding, paragraph(finding))
        parts = (
            finding.code, place.document, place.part, place.key, finding.kind, finding.length, kinds, position, shape
        )  # fmt: skip
        key = dumps(parts)
        seen[key] += 1
        done.append(replace(finding, fingerprint=sha256(f"{key} {seen[key]}".encode()).hexdigest()[:16]))
    return tuple(done)


def _shape(finding: Finding, paragraph: tuple[int, int] | None) -> tuple[int, int] | None:
    """How far into its paragraph a finding stands, and how long the paragraph is."""
    if finding.start is None or paragraph is None:
        return None
    start, end = paragraph
    return finding.start - start, end - start
