"""What the network is taught: slopes are those of the loss, and what was taught is read by the sum and by the best move."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from model import evaluate, field

TEXTS = [
    ("Then Tilda Marsh went home.", {"entities": [(5, 16, "PERSON")]}),
    ("She saw Tilda at Larch Close.", {"entities": [(8, 13, "PERSON"), (17, 28, "PLACE")]}),
    ("Nobody went there.", {"entities": []}),
]


@pytest.fixture
def untaught() -> tuple[Any, list[Any]]:
    """A small pipeline and its examples."""
    import spacy
    from spacy.training import Example
    from thinc.api import fix_random_seed

    fix_random_seed(0)
    nlp = spacy.blank("en")
    encoder = {"@architectures": "spacy.HashEmbedCNN.v2", "width": 16, "depth": 1, "embed_size": 100}
    encoder |= {"window_size": 1, "maxout_pieces": 2, "subword_features": True, "pretrained_vectors": None}
    model = {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "extra_state_tokens": False}
    model |= {"hidden_width": 8, "maxout_pieces": 2, "use_upper": True, "tok2vec": encoder}
    nlp.add_pipe("ner", config={"model": model})
    examples = [Example.from_dict(nlp.make_doc(text), gold) for text, gold in TEXTS]
    nlp.initialize(lambda: examples)
    return nlp, examples


def test_slopes_are_those_of_the_fields_loss(untaught: tuple[Any, list[Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    nlp, examples = untaught
    ner = nlp.get_pipe("ner")
    monkeypatch.setattr(field, "_add_moves", lambda *arguments: None)
    weights = ner.model.get_ref("upper").get_param("W")
    ner.model.get_ref("upper").set_param("W", np.random.default_rng(0).normal(size=weights.shape).astype("float32"))
    size = sum(len(example.reference) for example in examples)
    slopes: dict[Any, Any] = {}

    def loss() -> float:
        slopes.clear()
        return field.update(ner, examples, 0.0, watch)

    def watch(key: Any, weights: Any, gradient: Any, **_: Any) -> tuple[Any, Any]:
        slopes[key] = gradient.copy()
        gradient[:] = 0
        return weights, gradient

    compared = 0
    for node in ner.model.walk():
        for name in node.param_names:
            loss()
            if (node.id, name) not in slopes or node.name == "hashembed":
                continue
            slope = slopes[node.id, name] / field._WORDS
            place = np.unravel_index(np.abs(slope).argmax(), slope.shape)
            values = node.get_param(name)
            around = []
            for step in (0.01, -0.01):
                moved = values.copy()
                moved[place] += step
                node.set_param(name, moved)
                around.append(loss())
            node.set_param(name, values)
            assert (around[0] - around[1]) / 0.02 == pytest.approx(float(slope[place]), rel=0.05, abs=1e-3), node.name
            compared += 1
    assert compared >= 6 and size


def test_what_is_taught_is_read(untaught: tuple[Any, list[Any]]) -> None:
    from thinc.api import Adam

    nlp, examples = untaught
    optimizer = Adam(0.01)
    losses = [field.update(nlp.get_pipe("ner"), examples, 0.1, optimizer) for _ in range(200)]
    assert losses[-1] < losses[0] / 10
    for example, (text, gold) in zip(examples, TEXTS, strict=True):
        expected = [tuple(entity) for entity in gold["entities"]]
        assert [(entity.start_char, entity.end_char, entity.label_) for entity in nlp(text).ents] == expected
        assert sorted(evaluate.weighed(nlp, 0.5)(example.text)) == expected
