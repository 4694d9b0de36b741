"""The folded network computes what the trained one does, and a plain load reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model import folding, pack

TEXTS = ["Tilda went to Larch Close, and then she went to Larch Close again.", "tilda can't, she said.", "Nobody.", ""]


@pytest.fixture(scope="module")
def trained() -> Any:
    """A small pipeline with the parts of the real one, after a few updates."""
    import spacy
    from spacy.training import Example
    from spacy.vectors import Vectors
    from thinc.api import fix_random_seed

    fix_random_seed(0)
    nlp = spacy.blank("en")
    words = ["tilda", "went", "to", "larch", "close"]
    table = np.random.default_rng(0).normal(size=(len(words), 5)).astype("float32")
    nlp.vocab.vectors = Vectors(shape=table.shape, attr="LOWER")
    nlp.vocab.vectors.data = table
    for row, word in enumerate(words):
        nlp.vocab.vectors.key2row[nlp.vocab.strings.add(word)] = row
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": 8,
        "attrs": ["LOWER", "PREFIX", "SHAPE"],
        "rows": [50, 20, 20],
        "include_static_vectors": True,
    }
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": 8,
        "depth": 2,
        "window_size": 1,
        "maxout_pieces": 2,
    }
    model = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 8,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode},
    }
    nlp.add_pipe("ner", config={"model": model})
    gold = {"entities": [(0, 5, "PERSON"), (14, 25, "PLACE"), (48, 59, "PLACE")]}
    examples = [Example.from_dict(nlp.make_doc(TEXTS[0]), gold)]
    optimizer = nlp.initialize(lambda: examples)
    optimizer.learn_rate = 0.01
    for _ in range(60):
        nlp.update(examples, sgd=optimizer)
    return nlp


def read(nlp: Any) -> list[Any]:
    docs = list(nlp.pipe(TEXTS))
    return [[(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents] for doc in docs]


def test_a_folded_network_computes_the_same(trained: Any) -> None:
    folded = folding.fold(trained)
    assert read(folded) == read(trained)
    assert read(folded)[0]
    docs = [[nlp.make_doc(text) for text in TEXTS] for nlp in (trained, folded)]
    encoded = [
        nlp.get_pipe("ner").model.get_ref("tok2vec").predict(side)
        for nlp, side in zip((trained, folded), docs, strict=True)
    ]
    for before, after in zip(*encoded, strict=True):
        np.testing.assert_allclose(before, after, atol=1e-4)


def test_a_plain_load_reads_the_packed_folder_and_packing_is_repeatable(trained: Any, tmp_path: Path) -> None:
    import spacy

    prints = [pack.pack(folding.fold(trained), tmp_path / name, {"name": "small"}) for name in ("one", "two")]
    assert prints[0] == prints[1]
    assert read(spacy.load(tmp_path / "one")) == read(trained)


def test_a_new_table_gives_a_word_its_vector_and_changes_nothing_else(trained: Any) -> None:
    folded = folding.fold(trained)
    vectors, strings = trained.vocab.vectors, trained.vocab.strings
    keys = {int(key): int(row) for key, row in vectors.key2row.items()}
    again = folding.with_table(folded, vectors.data, keys)
    assert again.to_bytes() == folded.to_bytes()
    wider = folding.with_table(folded, vectors.data, {**keys, strings.add("mozz"): keys[strings["tilda"]]})
    encoded = [
        nlp.get_pipe("ner").model.get_ref("tok2vec").predict([nlp.make_doc("mozz went")]) for nlp in (wider, folded)
    ]
    known, unknown = (docs[0] for docs in encoded)
    assert not np.allclose(known, unknown)
