"""Findings → findings with fingerprints, by which a person can accept one of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from json import dumps

from .model import Finding, Place


def with_fingerprints(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of one rule for one case or document, each with its fingerprint, a hash of 16 hexadecimal digits.

    It is made of the rule, the document, the part of it, the kind and the length of what was found, the kinds of what
    else was found in the same paragraph, and a number where all of that is the same. It never takes in the text: a name
    can be guessed back from its hash. Numbers of pages, paragraphs and lines stay out of it, so that an edit elsewhere
    in the document changes nothing.
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
        parts = (finding.code, place.document, place.part, place.key, finding.kind, finding.length, kinds, position)
        key = dumps(parts)
        seen[key] += 1
        done.append(replace(finding, fingerprint=sha256(f"{key} {seen[key]}".encode()).hexdigest()[:16]))
    return tuple(done)
