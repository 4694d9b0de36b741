"""The statistical model is one detector among others: verified, loaded once, and never a silent gap."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pytest_scr_compliance.errors import ModelError
from pytest_scr_compliance.identifiers import formless, lexicon, models, names
from pytest_scr_compliance.model import Confidence


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package with a model whose one file is declared in the vocabulary."""
    root = tmp_path / "toy_model_for_names"
    (root / "model").mkdir(parents=True)
    (root / "__init__.py").write_text("", "utf-8")
    (root / "model" / "weights").write_bytes(b"weights")
    (root / "prints.yaml").write_text("weights: " + "0" * 64 + "\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setitem(
        lexicon.vocabulary("models")["models"],
        "toy",
        {"package": "toy_model_for_names", "folder": "model", "sha256": "prints.yaml", "labels": "any"},
    )
    models.load.cache_clear()
    return root


def run(model: str) -> None:
    list(names.make_detector(model)("A text."))


def test_a_changed_weight_is_a_failure(package: Path) -> None:
    with pytest.raises(ModelError, match="not the one that was published"):
        run("toy")


def test_a_missing_file_is_a_failure(package: Path) -> None:
    (package / "model" / "weights").unlink()
    with pytest.raises(ModelError, match="missing"):
        run("toy")


def test_missing_fingerprints_are_a_failure(package: Path) -> None:
    (package / "prints.yaml").write_text("", "utf-8")
    with pytest.raises(ModelError, match="fingerprints"):
        run("toy")


def test_an_unknown_model_is_a_failure() -> None:
    with pytest.raises(ModelError):
        run("no_such_model_is_installed")


def test_nothing_is_loaded_before_there_is_text() -> None:
    names.make_detector("no_such_model_is_installed")
    assert list(names.make_detector("no_such_model_is_installed")("")) == []


def test_a_models_labels_are_mapped_and_ordinary_words_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import spacy

    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [
            {"label": "PERSON", "pattern": "Zofia Featherby"},
            {"label": "PERSON", "pattern": "Board"},
            {"label": "GPE", "pattern": "Skelwithby"},
            {"label": "DATE", "pattern": "Monday"},
        ]
    )
    nlp.to_disk(tmp_path / "model")
    models.load.cache_clear()
    text = "On Monday Zofia Featherby left Skelwithby for the Board."
    spans = list(names.make_detector(str(tmp_path / "model"))(text))
    assert [(text[span.start : span.end], span.kind) for span in spans] == [
        ("Zofia Featherby", "person"),
        ("Skelwithby", "place"),
    ]
    assert not any(span.probability for span in spans)  # nobody calibrated it: sureness.py leaves it alone


def test_the_lean_of_the_packed_model_is_taken_back() -> None:
    """Plain use takes in more words than the gate does, which weighs every reading."""
    import spacy

    folder = Path(models.__file__).parent / "model"
    scores = [
        nlp.get_pipe("ner").model.get_ref("upper").get_param("b") for nlp in (spacy.load(folder), models.load(""))
    ]
    actions = models.load("").get_pipe("ner").moves
    moves = [actions.get_class_name(move) for move in range(actions.n_moves)]
    leans = {move: score for move, score in zip(moves, scores[0] - scores[1], strict=True) if abs(score) > 1e-5}
    others = dict.fromkeys(("DATE", "AGE", "CONTACT", "NUMBER"), -2.0)
    for label, by in {"PERSON": 1.0, "PLACE": 1.5, "ORG_LOCAL": 2.5, **others}.items():
        assert leans.pop(f"B-{label}") == leans.pop(f"U-{label}") == pytest.approx(by, abs=1e-5)
    assert not leans


def test_importing_the_room_imports_no_heavy_library() -> None:
    import subprocess

    code = (
        "import sys, pytest_scr_compliance.identifiers as i, pytest_scr_compliance.identifiers.register\n"
        "sys.exit(bool({'spacy', 'pyrage', 'rapidfuzz', 'stdnum'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("text", "names_found"),
    [
        (
            "Zarnwick Works should make sure that a child who is not brought is seen by Brindlow Lodge",
            ["Zarnwick Works", "Brindlow Lodge"],
        ),
        ("Zarnwick Hall, June 2011", ["Zarnwick Hall"]),
        ("the Brindlow Lodge on the corner of Zarnwick Lane by the old quay", None),
    ],
)
def test_a_reading_that_runs_on_is_cut_to_its_names(
    text: str, names_found: list[str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "load", lambda model: None)
    monkeypatch.setattr(names, "entities", lambda nlp, text, pieces: iter([(0, len(text), "ORG_LOCAL", 0.97)]))
    found = [text[span.start : span.end] for span in names.make_detector()(text)]
    assert found == ([text] if names_found is None else names_found)


def test_no_word_of_records_is_in_a_list_of_names() -> None:
    """Such a word counts as an English one, so a name among them would hardly be a hint; three are dialect, too."""
    listed = lexicon.words("given-names") | lexicon.words("surnames")
    assert lexicon.words("jargon") & listed == {"fundi", "poss", "thon"}


@pytest.mark.parametrize(
    ("text", "part", "kind"),
    [
        ("hes 4 on saturday and he wants to come home", "4 on saturday", "age"),
        ("ring me on nought seven seven double oh, ask for the flat", "nought seven seven double oh", "contact"),
        ("Evidence bag seal no. A four four one seven nine, handed in.", "A four four one seven nine", "reference"),
    ],
)
def test_what_is_written_in_no_known_form_is_read(text: str, part: str, kind: str) -> None:
    spans = list(names.make_detector()(text))
    assert [span for span in spans if part in text[span.start : span.end] and span.kind == kind]


def test_a_day_of_an_office_is_none_of_the_familys_however_sure_the_model_is() -> None:
    for confidence in (Confidence.LIKELY, Confidence.POSSIBLE):
        text = "Final report signed off by the Board on 4 May 2011 and published on 3 June 2011."
        assert formless.span(text, text.index("4"), text.index(" and"), "date", confidence) is None
    text = "Mother rang the ward on 4 May 2011, and he was born that night."
    span = formless.span(text, text.index("4"), text.index(","), "date", Confidence.LIKELY)
    assert span is not None and span.confidence is Confidence.LIKELY


def test_a_single_sign_or_the_path_of_a_file_tells_nothing() -> None:
    assert formless.span("file:///S:/reviews/final.docx", 0, 10, "contact", Confidence.LIKELY) is None
    assert formless.span("file:///S:/reviews/final.docx", 19, 29, "contact", Confidence.LIKELY) is None
    assert formless.span("Ref 7.", 4, 5, "reference", Confidence.LIKELY) is None
