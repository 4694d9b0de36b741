"""The model for names: where it is, what its labels mean, whether it is the one that was published, how it is loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from ..errors import ModelError
from .lexicon import load_yaml, vocabulary

_UNUSED = ["tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer", "sentencizer"]


@dataclass(frozen=True, slots=True)
class Label:
    """What a label of a model means here.

    Args:
        kind: of the spans.
        possible, likely: probabilities from which a reading is that sure (model/README.md: reliability).
        trusted: probability from which the lists of words have no say.
        alone: probability from which a reading counts that no other detector agrees with.
    """

    kind: str
    possible: float = 0.3
    likely: float = 2.0
    trusted: float = 2.0
    alone: float = 0.0

    @property
    def is_calibrated(self) -> bool:
        """Whether the model's probabilities mean something here; one that nobody calibrated makes no error by itself."""
        return self.likely <= 1


def labels_of(model: str) -> dict[str, Label]:
    """What the labels of a model mean here; names as for :func:`load`."""
    settings = vocabulary("models")
    known = settings["models"].get(model or settings["default"], {})
    labels = settings["labels"][known.get("labels", "any")]
    return {
        name: Label(entry["kind"], **{key: float(value) for key, value in entry.items() if key != "kind"})
        for name, entry in labels.items()
    }


@cache
def load(model: str) -> Any:
    """The spaCy pipeline of a model.

    Args:
        model: name of an installed spaCy model, or path of one; empty for the one that comes with the package.

    Raises:
        ModelError: if it is not there, cannot be read, or is not the one that was published.
    """
    settings = vocabulary("models")
    name = model or settings["default"]
    known = settings["models"].get(name)
    try:
        source = _verified(known) if known else name
        import spacy

        return upright(spacy.load(source, exclude=_UNUSED))
    except (ImportError, OSError, ValueError) as error:
        raise ModelError(
            "the model for names cannot be loaded; install the package again or set another model"
        ) from error


def upright(nlp: Any) -> Any:
    """A pipeline that leans no more.

    The packed model leans towards finding names, since its plain use takes the best reading alone, by what its ``meta.json``
    says. Here every reading is weighed by its probability, which the lean would blur.
    """
    return lean(nlp, {label: -by for label, by in nlp.meta.get("lean", {}).items()})


def lean(nlp: Any, by: Mapping[str, float]) -> Any:
    """A pipeline whose best reading takes in more words: beginning a name of a label scores more by so much."""
    if by:
        ner = nlp.get_pipe("ner")
        for move in range(ner.moves.n_moves):
            kind, _, label = ner.moves.get_class_name(move).partition("-")
            if kind in ("B", "U"):  # the first or the only word
                ner.model.get_ref("upper").get_param("b")[move] += by.get(label, 0.0)
    return nlp


def _verified(known: dict[str, Any]) -> Path:
    """The folder of a model whose files are, byte for byte, the ones that were published."""
    spec = find_spec(known["package"])
    if spec is None or spec.origin is None:
        raise ModelError("the model for names is not installed; install the package again")
    root = Path(spec.origin).parent
    folder = root / str(known["folder"])
    fingerprints = known["sha256"]
    if isinstance(fingerprints, str):
        fingerprints = _fingerprints(root / fingerprints)
    for name, expected in fingerprints.items():
        file = folder / name
        if not file.is_file():
            raise ModelError("a file of the model for names is missing; install the package again")
        if hashlib.sha256(file.read_bytes()).hexdigest() != expected:
            raise ModelError(
                "a file of the model for names is not the one that was published; install the package again"
            )
    return folder


def _fingerprints(path: Path) -> dict[str, str]:
    try:
        found = load_yaml(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        found = None
    if not isinstance(found, dict) or not found:
        raise ModelError("the fingerprints of the model for names are missing; install the package again")
    return found
