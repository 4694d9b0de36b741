"""The packed form of the word encoder: the same function, its first layer reckoned once for each different word of a batch.

Four words in five are repeats of others in a batch of 32 texts. What the first layer makes of a word follows from the word
alone, so thinc's `uniqued` may group equal ones. The static vectors, which spaCy looks up text by text, become a table of
the network, and their projection is multiplied into the layer above. Only layers that spaCy and thinc register are used:
a plain `spacy.load` reads the result.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import numpy as np


def fold(nlp: Any) -> Any:
    """The same pipeline with its first layer grouped, and a copy of its tokenizer.

    Args:
        nlp: tokenizer and `ner` with spaCy's `MultiHashEmbed` over `LOWER` and other attributes of the word, and with
            static vectors.
    """
    source: Any = nlp.get_pipe("ner")
    vectors = nlp.vocab.vectors
    keys = {int(key): int(row) for key, row in vectors.key2row.items()}
    table = np.vstack([vectors.data, np.zeros_like(vectors.data[:1])])  # the last row is that of words without a vector
    config = deepcopy(nlp.config["components"]["ner"]["model"])
    config["tok2vec"]["embed"] = _embed(config["tok2vec"]["embed"], *table.shape)
    folded = _like(nlp, config)
    model = folded.get_pipe("ner").model
    _copy(source.model, model, table)
    _node(model, "remap_ids").attrs["mapping_table"] = keys
    return folded


def with_table(folded: Any, table: Any, keys: dict[int, int]) -> Any:
    """A folded pipeline with another table of words, and all else as it is.

    Args:
        folded: what :func:`fold` made.
        table: a row for each sort of word, without that of words it does not know.
        keys: the row of each word's hash.
    """
    table = np.vstack([table, np.zeros_like(table[:1])])
    config = deepcopy(folded.config["components"]["ner"]["model"])
    _resize(config, table.shape[0])
    changed = _like(folded, config)
    old, new = folded.get_pipe("ner").model, changed.get_pipe("ner").model
    for source, target in zip(old.walk(order="dfs_pre"), new.walk(order="dfs_pre"), strict=True):
        for name in source.param_names:
            if source.has_param(name):
                target.set_param(name, table.astype("float32") if source.name == "embed" else source.get_param(name))
    _node(new, "remap_ids").attrs["mapping_table"] = {int(key): int(row) for key, row in keys.items()}
    return changed


def _like(nlp: Any, config: dict[str, Any]) -> Any:
    """A pipeline with the tokenizer and the labels of another, and a network of this configuration."""
    import spacy

    source: Any = nlp.get_pipe("ner")
    made = spacy.blank("en")
    made.tokenizer.from_bytes(nlp.tokenizer.to_bytes(exclude=["vocab"]), exclude=["vocab"])
    ner: Any = made.add_pipe("ner", config={"model": config})
    ner.from_bytes(source.to_bytes(exclude=["model", "vocab"]), exclude=["model", "vocab"])
    ner.set_output(ner.moves.n_moves)
    ner.model.initialize([made.make_doc("some words")])
    return made


def _resize(config: Any, rows: int) -> None:
    """Set the number of rows of the table of words, wherever a configuration has it."""
    if isinstance(config, dict):
        if config.get("@layers") == "remap_ids.v2":
            config["default"] = rows - 1
        if config.get("@layers") == "Embed.v1":
            config["nV"] = rows
        for value in config.values():
            _resize(value, rows)


def _embed(embed: dict[str, Any], rows: int, width: int) -> dict[str, Any]:
    """The configuration of a `MultiHashEmbed` as single layers, its static vectors as a table of so many rows."""
    columns = ["ORTH", *embed["attrs"]]
    hashed = [
        _layer("HashEmbed.v1", nO=embed["width"], nV=size, column=column, seed=7 + column, dropout=0.0)
        for column, size in enumerate(embed["rows"], 1)
    ]
    row = _layer("remap_ids.v2", mapping_table={}, default=rows - 1, column=columns.index("LOWER"))
    table = _in_turn("chain.v1", row, _layer("Embed.v1", nO=width, nV=rows, column=0))
    features = _in_turn("concatenate.v1", *hashed, table)
    inputs = embed["width"] * len(hashed) + width
    mixed = _layer("Maxout.v1", nO=embed["width"], nI=inputs, nP=3, dropout=0.0, normalize=True)
    grouped = _layer("uniqued.v1", column=0, layer=_in_turn("chain.v1", features, mixed))
    return _in_turn(
        "chain.v1",
        _layer("spacy.FeatureExtractor.v1", columns=columns),
        _layer("list2ragged.v1"),
        _layer("with_array.v1", layer=grouped),
        _layer("ragged2list.v1"),
    )


def _layer(name: str, **arguments: Any) -> dict[str, Any]:
    return {"@layers": name, **arguments}


def _in_turn(name: str, *layers: dict[str, Any]) -> dict[str, Any]:
    return {"@layers": name, "*": {str(number): layer for number, layer in enumerate(layers)}}


def _copy(source: Any, target: Any, table: Any) -> None:
    """Copy all parameters; the table of the static vectors is new, and their projection goes into the layer above."""
    projection = _node(source, "static_vectors").get_param("W")
    nodes = [[n for n in model.walk(order="dfs_pre") if n.param_names] for model in (source, target)]
    olds = [n for n in nodes[0] if n.name != "static_vectors"]
    news = [n for n in nodes[1] if n.name != "embed"]
    _node(target, "embed").set_param("E", table.astype("float32"))
    mixer = next(n for n in olds if n.name == "maxout")
    for old, new in zip(olds, news, strict=True):
        if old.name != new.name:
            raise ValueError("the encoders are not built alike")
        for name in old.param_names:
            if not old.has_param(name):
                continue
            values = old.get_param(name)
            if old is mixer and name == "W":
                plain = values.shape[2] - projection.shape[0]
                values = np.concatenate([values[:, :, :plain], values[:, :, plain:] @ projection], axis=2)
            new.set_param(name, values)


def _node(model: Any, name: str) -> Any:
    return next(node for node in model.walk() if node.name == name)
