"""How likely each stretch of a text is a name, by all the ways in which a model can read the text.

spaCy's ``ner`` reads from left to right and scores what it may do with each word: leave it out, begin a name, go on with
one, end it. Its scores depend on that word and on where the name began that is open there, and on nothing else that was
read. So the readings of a text need not be tried one by one, as a beam does with a few of them: scores add up over a
reading, and one pass to the end of the text and one back sum all readings exactly (a semi-Markov random field: Sarawagi
and Cohen 2004). The packed model is trained for that sum (``model/field.py``); one that is not would run names on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
    #: From words, and for each where the name began that is open there (None: none is), to a row of scores of all moves.
    Score = Callable[[Array, Array | None], Array]

LONGEST = 16  # words of a name
NEGLIGIBLE = -10.0  # logarithm of the odds from which a name that has begun is followed
_LEAST = 0.01  # probability from which a reading counts
#: Labels of names: which of them a name has matters little, so they add up. Others, such as that of a date, stand alone.
NAMES = frozenset({"PERSON", "PLACE", "ORG_LOCAL"})
_RIVAL = 0.02  # of the probability of a likelier reading of the same words: from there another one counts, too


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch that may be a name; words are counted in a document of spaCy's.

    Args:
        first, end: its first word, and the one after its last.
        label: the model's.
        probability: that its least sure word is a part of a name, of whatever label and borders; of another label, of one
            with that label.
    """

    first: int
    end: int
    label: str
    probability: float


@dataclass(frozen=True, slots=True)
class Moves:
    """The numbers of a model's moves: of each label, how a name begins, goes on, ends, or is a single word; and none."""

    labels: tuple[str, ...]
    begin: Array
    inside: Array
    last: Array
    single: Array
    out: int

    @classmethod
    def of(cls, ner: Any) -> Moves:
        """Those of a spaCy ``ner``."""
        import numpy as np

        numbers = {ner.moves.get_class_name(number): number for number in range(ner.moves.n_moves)}
        labels = sorted({name[2:] for name in numbers if name[1:2] == "-" and name[2:]})
        begin, inside, last, single = (np.array([numbers[f"{sort}-{label}"] for label in labels]) for sort in "BILU")
        return cls(tuple(labels), begin, inside, last, single, numbers["O"])


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some documents, one after another, and what the moves may not do with them.

    Args:
        starts: of each document, and the number of words.
        is_space: no name begins there.
        is_end: the last of a document.
    """

    starts: Array
    is_space: Array
    is_end: Array

    @classmethod
    def of(cls, docs: Sequence[Any]) -> Words:
        """Those of documents of spaCy's."""
        import numpy as np

        starts = np.cumsum([0, *map(len, docs)])
        is_end = np.zeros(starts[-1], bool)
        is_end[[end - 1 for doc, end in zip(docs, starts[1:], strict=True) if len(doc)]] = True
        spaces = [doc.to_array("IS_SPACE").astype(bool) for doc in docs if len(doc)]
        return cls(starts, np.concatenate(spaces) if spaces else is_end, is_end)


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of as many words each, in arrays of one length.

    Args:
        first, last: the words of each.
        weight: for each label, the logarithm of the odds against leaving all of its words out.
    """

    first: Array
    last: Array
    weight: Array

    @classmethod
    def joined(cls, stretches: Sequence[Stretches]) -> Stretches:
        """Those of all lengths, one after another."""
        import numpy as np

        return cls(
            np.concatenate([stretch.first for stretch in stretches]),
            np.concatenate([stretch.last for stretch in stretches]),
            np.concatenate([stretch.weight for stretch in stretches]),
        )


def follow(score: Score, moves: Moves, words: Words, until: Array | None = None) -> list[Stretches]:
    """All stretches whose odds are not negligible, by their length.

    Args:
        score: what the model thinks.
        moves: what it can do.
        words: of the texts.
        until: for each word, the last one of the stretch from there that is followed whatever its odds.
    """
    import numpy as np

    every = np.arange(len(words.is_end))
    scores = score(every, None)
    out = scores[:, [moves.out]]
    single = np.where(words.is_space[:, None], -np.inf, scores[:, moves.single] - out)
    found = [Stretches(every, every, single)]
    first, weight = every, np.where(words.is_space[:, None], -np.inf, scores[:, moves.begin] - out)
    for length in range(1, LONGEST):
        last = first + length - 1
        goes_on = weight.max(axis=1) > NEGLIGIBLE
        if until is not None:
            goes_on |= until[first] > last
        goes_on &= ~words.is_end[last]
        first, weight, last = first[goes_on], weight[goes_on], last[goes_on] + 1
        if not len(first):
            break
        scores = score(last, first)
        found.append(Stretches(first, last, weight + scores[:, moves.last] - out[last]))
        weight = weight + scores[:, moves.inside] - out[last]
    return found


def add_up(first: Array, last: Array, weight: Array, words: Words) -> tuple[Array, float]:
    """The probability of each stretch, by all readings of its text, and the logarithm of what those of all texts sum up to.

    Args:
        first, last: the words of each stretch.
        weight: the logarithm of its odds against leaving its words out.
        words: of the texts.
    """
    import numpy as np

    lengths = np.diff(words.starts)
    text_of = np.repeat(
        np.arange(len(lengths)), lengths + 1
    )  # of each border: before a word, or after the last one of a text
    opening = words.starts[:-1] + np.arange(len(lengths))  # the first border of each text
    position = np.arange(len(text_of)) - opening[text_of]
    begin = first + np.searchsorted(words.starts, first, side="right") - 1
    end = begin + 1 + last - first
    before = _swept(position, 1, begin, end, weight)
    after = _swept(lengths[text_of] - position, -1, end, begin, weight)
    totals = after[opening]
    return np.exp(before[begin] + weight + after[end] - totals[text_of[begin]]), float(totals.sum())


def _swept(position: Array, step: int, origin: Array, target: Array, weight: Array) -> Array:
    """The logarithm of the sum of what can be read up to each border of all texts, side by side.

    Args:
        position: of each border in its text, in the direction of the sweep.
        step: from a border to the next one.
        origin, target: the borders of each stretch, in that direction.
        weight: of each stretch.
    """
    import numpy as np

    sums = np.zeros(len(position))
    farthest = int(position.max())
    borders, endings = _grouped(position, farthest), _grouped(position[target], farthest)
    for here, ending in zip(borders[1:], endings[1:], strict=True):
        sums[here] = sums[here - step]
        np.logaddexp.at(sums, target[ending], sums[origin[ending]] + weight[ending])
    return sums


def _grouped(numbers: Array, greatest: int) -> list[Array]:
    """For each number from 0 to the greatest, where it stands."""
    import numpy as np

    order = np.argsort(numbers, kind="stable")
    return np.split(order, np.searchsorted(numbers[order], np.arange(1, greatest + 1)))


def covered(first: Array, last: Array, share: Array, size: int) -> Array:
    """For each word of a text, the sum of the shares of the stretches that it lies in."""
    import numpy as np

    changes = np.zeros(size + 1)
    np.add.at(changes, first, share)
    np.add.at(changes, last + 1, -share)
    return np.cumsum(changes)[:size]


def can_weigh(nlp: Any) -> bool:
    """Whether the readings of a pipeline may be summed: its ``meta.json`` says that it was trained for that."""
    return bool(nlp.meta.get("summed")) and nlp.pipe_names == ["ner"]


def weigh(ner: Any, docs: Sequence[Any]) -> list[list[Reading]]:
    """The readings of each document that are likely enough to count, the likeliest first.

    Args:
        ner: the component of a pipeline that :func:`can_weigh`.
        docs: documents of spaCy's; they are not changed.
    """
    import numpy as np

    found: list[list[Reading]] = [[] for _ in docs]
    words = Words.of(docs)
    size = int(words.starts[-1])
    if not size:
        return found
    moves = Moves.of(ner)
    every = Stretches.joined(follow(_score(ner.model, docs), moves, words))
    place, label = np.nonzero(every.weight > NEGLIGIBLE)
    first, last = every.first[place], every.last[place]
    probability, _ = add_up(first, last, every.weight[place, label], words)
    group = np.array([0 if name in NAMES else number + 1 for number, name in enumerate(moves.labels)])[label]
    sure = {
        int(one): covered(first[group == one], last[group == one], probability[group == one], size)
        for one in np.unique(group)
    }
    best = np.zeros(size)  # of each word, the probability of the likeliest reading that it lies in
    for number in np.argsort(-probability, kind="stable")[: np.count_nonzero(probability >= _LEAST)]:
        begin, end = int(first[number]), int(last[number]) + 1
        if probability[number] < _RIVAL * best[begin:end].max():
            continue
        best[begin:end] = np.maximum(best[begin:end], probability[number])
        doc = int(np.searchsorted(words.starts, begin, side="right")) - 1
        offset = int(words.starts[doc])
        least_sure = min(1.0, float(sure[int(group[number])][begin:end].min()))
        found[doc].append(Reading(begin - offset, end - offset, moves.labels[label[number]], least_sure))
    return found


def _score(model: Any, docs: Sequence[Any]) -> Score:
    """What a network of spaCy's, without its leaning, thinks of each word of some documents."""
    lower, upper = model.get_ref("lower"), model.get_ref("upper")
    parts = lower.predict(model.get_ref("tok2vec").predict(docs))
    bias, weights, offset = lower.get_param("b"), upper.get_param("W"), upper.get_param("b")

    def score(words: Array, opened: Array | None) -> Array:
        hidden = gather(parts, bias, words, opened).max(axis=-1)
        scores: Array = (hidden @ weights.T + offset).astype("float64")
        return scores

    return score


def gather(parts: Array, bias: Array, words: Array, opened: Array | None) -> Array:
    """The pieces of the hidden units at some words, for :data:`Score`.

    Args:
        parts: of no word and of each word: as the one to be read, as the first of the open name, and as the one before.
        bias: of the units.
        words, opened: as the score takes them.
    """
    first, before = (0, 0) if opened is None else (opened + 1, words)
    pieces: Array = parts[words + 1, 0] + parts[first, 1] + parts[before, 2] + bias
    return pieces
