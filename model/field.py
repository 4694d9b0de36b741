"""What the network is taught: to give the right reading of a text its share in the sum of all, and to make its moves.

The gate sums all readings of a text (``identifiers/readings.py``), so the first loss is that of a semi-Markov random field
(Sarawagi and Cohen 2004): minus the logarithm of the right reading's share. A plain spaCy pipeline takes the best move at
each word and looks no further, so each move of the right reading is taught, too, as spaCy's own training does, which knows
nothing else: with it, scores of moves at different words cannot be compared, and a beam adds up what has no common measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pytest_scr_compliance.identifiers.readings import (
    LONGEST,
    NEGLIGIBLE,
    Moves,
    Stretches,
    Words,
    add_up,
    covered,
    follow,
    gather,
)

Array = np.ndarray[Any, Any]

_WORDS = 8  # words that the loss is averaged over; it is clipped


@dataclass(frozen=True)
class _Right:
    """The right reading: for each word that begins a name its last word, for others -1; its label; and its moves."""

    last: Array
    label: Array

    @classmethod
    def of(cls, examples: Sequence[Any], words: Words, moves: Moves) -> _Right:
        last, label = np.full((2, len(words.is_end)), -1)
        for example, start in zip(examples, words.starts, strict=False):
            for entity in example.reference.ents:
                begin = start + entity.start
                last[begin] = start + min(entity.end, entity.start + LONGEST) - 1
                label[begin] = moves.labels.index(entity.label_)
        return cls(last, label)


@dataclass(frozen=True)
class _Step:
    """What the network did with some words: the names open there, the winning piece of each unit, and how to go back."""

    words: Array
    opened: Array | None
    winners: Array
    mask: Array
    back: Any
    scores: Array


class _Network:
    """The upper layers of a spaCy ``ner``, which remember what they did."""

    def __init__(self, model: Any, docs: Sequence[Any], drop: float) -> None:
        self.lower, self.upper, self.drop = model.get_ref("lower"), model.get_ref("upper"), drop
        self.vectors, self.back = model.get_ref("tok2vec").begin_update(docs)
        self.parts = self.lower.predict(self.vectors)
        self.steps: list[_Step] = []

    def score(self, words: Array, opened: Array | None) -> Array:
        """As :data:`pytest_scr_compliance.identifiers.readings.Score`."""
        pieces = gather(self.parts, self.lower.get_param("b"), words, opened)
        winners = pieces.argmax(axis=-1)
        mask = self.upper.ops.get_dropout_mask(winners.shape, self.drop)
        scores, back = self.upper.begin_update(pieces.max(axis=-1) * mask)
        self.steps.append(_Step(words, opened, winners, mask, back, scores.astype("float64")))
        return self.steps[-1].scores

    def teach(self, slopes: Sequence[Array]) -> None:
        """Add up the gradients of all parameters.

        Args:
            slopes: of the loss, for the scores of each step.
        """
        d_parts = np.zeros_like(self.parts)
        d_bias = np.zeros_like(self.lower.get_param("b"))
        for step, slope in zip(self.steps, slopes, strict=True):
            d_hidden = step.back(slope.astype("float32")) * step.mask
            d_pieces = np.where(step.winners[..., None] == np.arange(d_bias.shape[-1]), d_hidden[..., None], 0)
            d_bias += d_pieces.sum(axis=0)
            d_parts[step.words + 1, 0] += d_pieces  # no word, and no first word, comes twice in a step
            if step.opened is None:
                d_parts[0, 1:] += d_pieces.sum(axis=0)
            else:
                d_parts[step.opened + 1, 1] += d_pieces
                d_parts[step.words, 2] += d_pieces
        weights = self.lower.get_param("W")
        flat = d_parts[1:].reshape(len(self.vectors), -1)
        self.lower.inc_grad("b", d_bias)
        self.lower.inc_grad("pad", d_parts[:1])
        self.lower.inc_grad("W", (flat.T @ self.vectors).reshape(weights.shape))
        self.back(flat @ weights.reshape(flat.shape[1], -1))


def update(ner: Any, examples: Sequence[Any], drop: float, optimizer: Any) -> float:
    """Teach a spaCy ``ner`` some examples, and return the field's loss a word.

    Args:
        ner: with labels, initialised.
        examples: spaCy's, with the same words on both sides.
        drop: share of the units that are left out.
        optimizer: thinc's.
    """
    from thinc.api import set_dropout_rate

    set_dropout_rate(ner.model, drop)
    docs = [example.predicted for example in examples]
    words, moves = Words.of(docs), Moves.of(ner)
    right = _Right.of(examples, words, moves)
    network = _Network(ner.model, docs, drop)
    stretches = follow(network.score, moves, words, right.last)
    slopes, loss = _of_readings(stretches, network.steps, moves, words, right)
    for slope, step in zip(slopes, network.steps, strict=True):
        _add_moves(slope, step, moves, right)
        slope *= _WORDS / len(right.last)
    network.teach(slopes)
    ner.model.finish_update(optimizer)
    return loss / len(right.last)


def _of_readings(
    stretches: Sequence[Stretches], steps: Sequence[_Step], moves: Moves, words: Words, right: _Right
) -> tuple[list[Array], float]:
    """The slopes of the field's loss for the scores of each step, and the loss."""
    size = len(right.last)
    every = Stretches.joined(stretches)
    first, last, weight = every.first, every.last, every.weight
    is_right = (right.last[first] == last)[:, None] & (right.label[first][:, None] == np.arange(weight.shape[1]))
    place, label = np.nonzero((weight > NEGLIGIBLE) | is_right)
    probability, total = add_up(first[place], last[place], weight[place, label], words)
    excess = -is_right.astype("float64")
    excess[place, label] += probability

    slopes = [np.zeros_like(step.scores) for step in steps]
    slopes[0][:, moves.out] -= covered(first, last, excess.sum(axis=1), size)
    by_length = np.split(excess, np.cumsum([len(s.first) for s in stretches])[:-1])
    slopes[0][:, moves.single] += by_length[0]
    going_on = np.zeros_like(by_length[0])  # of each word, by label: the excess of longer stretches from there
    for slope, longer, stretch in reversed([*zip(slopes, by_length, stretches, strict=True)][1:]):
        slope[:, moves.last] += longer
        slope[:, moves.inside] += going_on[stretch.first]
        going_on[stretch.first] += longer
    slopes[0][:, moves.begin] += going_on
    return slopes, total - float(weight[is_right].sum())


def _add_moves(slope: Array, step: _Step, moves: Moves, right: _Right) -> None:
    """Add the slopes of the loss of the right reading's moves."""
    if step.opened is None:
        label, is_single = right.label, right.last == step.words
        move = np.where(label < 0, moves.out, np.where(is_single, moves.single[label], moves.begin[label]))
        firsts = np.flatnonzero(label >= 0)
        changes = np.zeros(len(label) + 1, int)
        np.add.at(changes, firsts + 1, 1)
        np.add.at(changes, right.last[firsts] + 1, -1)
        is_on_the_way = np.cumsum(changes)[: len(label)] == 0  # not inside of a name
    else:
        label, end = right.label[step.opened], right.last[step.opened]
        move = np.where(end == step.words, moves.last[label], moves.inside[label])
        is_on_the_way = end >= step.words
    scores = step.scores[is_on_the_way]
    shares = np.exp(scores - scores.max(axis=1, keepdims=True)) if len(scores) else scores
    shares /= shares.sum(axis=1, keepdims=True)
    shares[np.arange(len(shares)), move[is_on_the_way]] -= 1
    slope[is_on_the_way] += shares
