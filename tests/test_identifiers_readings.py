"""All readings of a text are summed: the sums are those of trying every reading one by one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_scr_compliance.identifiers import models, readings
from pytest_scr_compliance.identifiers.readings import Moves, Words

MOVES = Moves(("PERSON", "PLACE"), *(np.array([start, start + 1]) for start in (0, 2, 4, 6)), out=8)
Named = tuple[int, int, int]  # the first word of a name, its last one, and its label


def every_reading(first: int, end: int, names: set[Named]) -> Iterator[list[Named]]:
    """All ways to read the words from one on, with these names."""
    if first == end:
        yield []
        return
    for rest in every_reading(first + 1, end, names):
        yield rest
    for name in sorted(names):
        if name[0] == first and name[1] < end:
            for rest in every_reading(name[1] + 1, end, names):
                yield [name, *rest]


def total_score(reading: list[Named], first: int, end: int, table: Any) -> float:
    """The sum of the scores of a reading's moves, where a score depends on the word and where the open name began."""
    inside = {word: name for name in reading for word in range(name[0], name[1] + 1)}
    total = 0.0
    for word in range(first, end):
        if word not in inside:
            total += table[word, -1, MOVES.out]
            continue
        begin, last, label = inside[word]
        opened = -1 if word == begin else begin
        sort = (
            (MOVES.single if last == begin else MOVES.begin)
            if word == begin
            else MOVES.last
            if word == last
            else MOVES.inside
        )
        total += table[word, opened, sort[label]]
    return total


@settings(deadline=None, max_examples=60)
@given(
    lengths=st.lists(st.integers(0, 4), min_size=1, max_size=3).filter(any),
    seed=st.integers(0, 10_000),
    spaces=st.sets(st.integers(0, 11), max_size=3),
    least=st.sampled_from([-100.0, -3.0]),
)
def test_sums_are_those_of_all_readings_one_by_one(
    lengths: list[int], seed: int, spaces: set[int], least: float
) -> None:
    size = sum(lengths)
    table = np.random.default_rng(seed).normal(scale=2, size=(size, size + 1, 9))
    starts = np.cumsum([0, *lengths])
    is_space = np.array([word in spaces for word in range(size)])
    words = Words(starts, is_space, np.isin(np.arange(size), starts[1:] - 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readings, "NEGLIGIBLE", -100.0)
        stretches = readings.follow(lambda at, opened: table[at, -1 if opened is None else opened], MOVES, words)
    first = np.concatenate([stretch.first for stretch in stretches])
    last = np.concatenate([stretch.last for stretch in stretches])
    weight = np.concatenate([stretch.weight for stretch in stretches])
    place, label = np.nonzero(weight > least)
    probability, total = readings.add_up(first[place], last[place], weight[place, label], words)
    names = [(int(first[at]), int(last[at]), int(kind)) for at, kind in zip(place, label, strict=True)]
    if least == -100.0:
        possible = {
            (begin, end, kind)
            for start, stop in pairwise(starts.tolist())
            for begin in range(start, stop)
            for end in range(begin, stop)
            for kind in range(len(MOVES.labels))
            if begin not in spaces
        }
        assert set(names) == possible

    expected = dict.fromkeys(names, 0.0)
    logarithm = 0.0
    for begin, end in pairwise(starts.tolist()):
        ways = list(every_reading(begin, end, set(names)))
        nothing = total_score([], begin, end, table)
        scores = np.array([total_score(way, begin, end, table) - nothing for way in ways])
        logarithm += np.logaddexp.reduce(scores)
        for way, share in zip(ways, np.exp(scores - np.logaddexp.reduce(scores)), strict=True):
            for name in way:
                expected[name] += share
    assert total == pytest.approx(logarithm)
    assert dict(zip(names, probability, strict=True)) == pytest.approx(expected)
    inside = [sum(share for name, share in expected.items() if name[0] <= word <= name[1]) for word in range(size)]
    assert readings.covered(first[place], last[place], probability, size) == pytest.approx(inside)


def read(*texts: str) -> list[list[tuple[str, str, float]]]:
    nlp = models.load("")
    docs = [nlp.make_doc(text) for text in texts]
    return [
        [(doc[reading.first : reading.end].text, reading.label, reading.probability) for reading in found]
        for doc, found in zip(docs, readings.weigh(nlp.get_pipe("ner"), docs), strict=True)
    ]


def test_the_likeliest_reading_comes_first_and_probabilities_are_probabilities() -> None:
    (found,) = read("Ms Ottoline Brackenrigg took Zofia to Skelwith Bridge Primary School on the bus.")
    assert [text for text, _, _ in found[:3]].count("Zofia") == 1
    assert all(0 <= probability <= 1 for _, _, probability in found)
    sure = [text for text, _, probability in found if probability > 0.9]
    assert {"Ottoline Brackenrigg", "Zofia", "Skelwith Bridge Primary School"} <= set(sure)


def test_a_text_is_read_alike_beside_others() -> None:
    texts = ["He asked for Kerensa Trembath.", "", "The panel met twice.", "Kerensa\n\nlives in Mousehole."]
    together = read(*texts)
    for text, found in zip(texts, together, strict=True):
        alone = read(text)[0]
        assert [reading[:2] for reading in found] == [reading[:2] for reading in alone]
        assert [reading[2] for reading in found] == pytest.approx([reading[2] for reading in alone], abs=1e-4)


def test_no_name_begins_with_a_line_end_or_is_longer_than_a_name_can_be() -> None:
    nlp = models.load("")
    docs = [nlp.make_doc("\n \n" + "Zofia Brackenrigg " * 40)]
    for reading in readings.weigh(nlp.get_pipe("ner"), docs)[0]:
        assert not docs[0][reading.first].is_space
        assert 0 < reading.end - reading.first <= readings.LONGEST


def test_only_a_model_that_was_trained_for_it_is_summed() -> None:
    import spacy

    other = spacy.blank("en")
    other.add_pipe("ner")
    assert not readings.can_weigh(other)
    assert readings.can_weigh(models.load(""))
