"""The model's text generator, noise and scoring: quick, no training, no third-party lists."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from model import authored, corpus, evaluate, lexicon, marked, noise, renamed, render
from model.marked import Marked
from model.render import Record, Template
from model.scene import CONTACT, DATE, LABELS, NUMBER, Scene


def record(marked_text: str) -> Record:
    """A record from marks, for short tests."""
    item = marked.parse(marked_text)
    return Record(item.text, tuple((s, e, marked.ASKED[m]) for s, e, m in item.marks))


def shown(item: Record) -> list[tuple[str, str]]:
    """The identifiers of a record as (text, label)."""
    return [(item.text[s:e], label) for s, e, label in item.spans]


def test_training_and_test_names_are_disjoint() -> None:
    train, test = lexicon.load(False), lexicon.load(True)
    for name in train.lists:
        if name.startswith(("given.", "surnames.")) or name in ("towns", "villages", "real_towns"):
            assert not set(train[name]) & set(test[name]), name


def test_every_template_renders_named_and_anonymous() -> None:
    for template in render.read_templates():
        for share in (0.0, 1.0):
            made = render.render(Scene(random.Random(5), lexicon.load(False), share), template)
            assert made.text.strip(), template
            assert "{" not in made.text, template
            assert all(0 <= s < e <= len(made.text) and label in LABELS for s, e, label in made.spans), template


def test_decoys_and_anonymous_scenes_name_nobody() -> None:
    for template in render.read_templates():
        share = 0.0 if template.decoy else 1.0
        made = render.render(Scene(random.Random(9), lexicon.load(False), share), template)
        labels = {label for *_, label in made.spans}
        assert labels <= ({NUMBER, CONTACT} if template.decoy else {DATE, NUMBER, CONTACT}), template


def test_a_copy_has_other_figures_of_the_same_form() -> None:
    dates = [record.text[s:e] for record in authored.generate(3) for s, e, label in record.spans if label == DATE]
    for form in (r"\d\d/\d\d/\d{4}", r"\d{1,2} (?:March|April|May) \d{4}"):
        assert len({date for date in dates if re.fullmatch(form, date)}) > 100
    assert not [date for date in dates if (match := re.match(r"(\d\d)/(\d\d)/", date)) and int(match[1]) > 31]


def test_same_seed_same_corpus() -> None:
    assert corpus.generate(40, 7) == corpus.generate(40, 7)
    assert corpus.generate(40, 7) != corpus.generate(40, 8)


def test_held_out_templates_are_never_trained_on(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Template] = []

    def watch(scene: Scene, template: Template) -> Record:
        seen.append(template)
        return render.render(scene, template)

    monkeypatch.setattr("model.corpus.render", watch)
    corpus.generate(300, 3)
    assert seen and not any(lexicon.held_out(t.text) for t in seen)


def test_people_of_a_scene_stay_the_same() -> None:
    scene = Scene(random.Random(1), lexicon.load(False))
    scene.rng = random.Random(2)
    names = {scene.who("C") for _ in range(20)}
    assert len(names) == 1


def test_titles_and_lower_case_articles_stay_outside() -> None:
    for seed in range(200):
        scene = Scene(random.Random(seed), lexicon.load(False))
        for slot in ("WT", "PUB", "SURG"):
            made = render.render(scene, Template(f"Then {{{slot}}}.", "t", False))
            for text, _ in shown(made):
                assert not text.startswith(("the ", "Mr ", "Mrs ", "Dr ")), made


@pytest.mark.parametrize("seed", range(60))
def test_noise_keeps_spans_on_their_names(seed: int) -> None:
    before = record(
        "[[P|Kayleigh-Mae Featherstone]], of [[L|14 Larch Close]], saw Dr [[P|O'Neil]] at [[O|Pines Surgery]]."
    )
    after = noise.apply(random.Random(seed), before)

    def letters(text: str) -> str:
        return "".join(c for c in text.lower() if c.isalpha())

    assert len(after.spans) == len(before.spans)
    if (
        sum(a.isalpha() for a in after.text) == sum(b.isalpha() for b in before.text)
        and "0" not in after.text
        and "5" not in after.text
    ):
        kept = [letters(t) for t, _ in shown(after)]
        wanted = [letters(t) for t, _ in shown(before)]
        differing = [1 for a, b in zip(kept, wanted, strict=True) if a != b]
        assert len(differing) <= 2, after  # OCR misreads letters one for one


def test_substitute_moves_what_follows() -> None:
    before = record("He saw [[P|Bev]] and [[P|Tel]].")
    after = noise.substitute(before, [(0, 2, "Nobody"), (11, 14, "with")])
    assert after.text == "Nobody saw Bev with Tel."
    assert shown(after) == [("Bev", "PERSON"), ("Tel", "PERSON")]


def test_substitute_inside_a_name_widens_it() -> None:
    before = record("[[P|Featherstone]] left.")
    assert shown(noise.substitute(before, [(7, 7, "-\n")])) == [("Feather-\nstone", "PERSON")]


def test_wrapped_lines_fall_inside_names_too() -> None:
    text = record("He went to see [[P|Bernadette Achebe]] about it, and she was out. " * 1)
    broken = [shown(noise.wrap_lines(random.Random(s), text))[0][0] for s in range(80)]
    assert "Bernadette\nAchebe" in broken


def test_marks_are_parsed_to_offsets() -> None:
    item = marked.parse("Saw [[P|Bev]] on [[D|3 May]].")
    assert item.text == "Saw Bev on 3 May."
    assert item.marks == ((4, 7, "P"), (11, 16, "D"))


TEXT = marked.parse("Dr [[P|Patel]] met [[OFFICIAL|Ann Lee]] at [[L|the Red Lion]] on [[D|3 May]].")


def score(*spans: str) -> evaluate.Score:
    """Score a prediction given as texts to find in TEXT."""
    found = [(TEXT.text.index(s), TEXT.text.index(s) + len(s), "PERSON") for s in spans]
    return evaluate.measure(lambda _: found, [TEXT])


def test_a_mention_counts_only_when_wholly_covered() -> None:
    assert score("Patel", "Red Lion").found == {"PERSON": 1, "PLACE": 1}  # title and article aside
    assert score("Pat", "Lion").found == {}


def test_alarms_are_what_touches_no_mark() -> None:
    assert score("Ann Lee", "3 May").alarms == 0
    assert score("met").alarms == 1


def test_words_beside_the_marks_are_counted_of_spans_that_run_on() -> None:
    assert score("Patel", "3 May").beside == 0
    assert score("Patel met Ann").beside == 1
    assert score("met").beside == 1


def test_score_row_names_every_label() -> None:
    assert "PERSON 1.000 of 1" in score("Patel").row()
    assert "alarms per 1,000 words" in replace(score("Patel")).row()


def test_marked_paragraphs_come_from_a_folder(tmp_path: Path) -> None:
    folder = tmp_path
    (folder / "a.txt").write_text("One [[P|Bev]].\n\nTwo.\n", encoding="utf-8")
    assert [item.text for item in marked.read_folder(folder)] == ["One Bev.", "Two."]
    assert all(isinstance(item, Marked) for item in marked.read_folder(folder))


def test_passages_of_authors_keep_their_marks_under_other_names() -> None:
    made = authored.generate(3, copies=1)
    assert made == authored.generate(3, copies=1)
    assert any(item.spans for item in made) and any(not item.spans for item in made)
    for item in made:
        for start, end, label in item.spans:
            assert 0 <= start < end <= len(item.text) and label in LABELS
            assert item.text[start:end].strip(), item.text


def test_a_name_becomes_the_same_other_name_through_its_passage() -> None:
    passage = record("[[P|Tracey Walsh]] rang. TRACEY left; [[P|Walsh]] and [[P|walsh]] were told by Mr [[P|Walsh]].")
    for seed in range(20):
        made = authored._renamed(random.Random(seed), lexicon.load(False), passage)
        full, surname, lower, again = (text for text, _ in shown(made))
        assert full.endswith(surname)
        assert surname == again
        assert lower.islower()


def test_a_word_that_somebody_is_called_by_becomes_another_word() -> None:
    passage = record("Ask [[P|Squeak]]. [[P|squeak]] was out.")
    words = {word.lower() for word in lexicon.load(False)["nickname_words"]}
    made = [authored._renamed(random.Random(seed), lexicon.load(False), passage) for seed in range(20)]
    assert all(text.lower() in {*words, "squeak"} for one in made for text, _ in shown(one))
    assert len({one.text for one in made}) > 5


def test_the_anonymised_version_of_a_passage_holds_none_of_its_names() -> None:
    passage = record("[[P|Tracey]] took [[P|Kian]] to [[O|Mossgate High]]; Mrs [[P|Oduya]] saw [[P|Kian]].")
    made = authored._anonymised(random.Random(2), passage)
    assert made.spans == ()
    assert not any(name in made.text for name in ("Tracey", "Kian", "Mossgate", "Oduya"))


@pytest.mark.parametrize(
    "name",
    [
        "test",
        "test-two",
        "test-three",
        "test-four",
        "test-five",
        "test-six",
        "test-seven",
        "test-eight",
        "test-nine",
        "test-ten",
        "test-eleven",
        "test-twelve",
        "test-thirteen",
        "test-fourteen",
        "test-fifteen",
        "test-sixteen",
        "test-seventeen",
        "test-eighteen",
        "test-nineteen",
        "test-twenty",
        "test-twenty-one",
        "test-twenty-two",
        "test-twenty-three",
        "test-twenty-four",
        "test-twenty-five",
        "test-twenty-six",
    ],
)
def test_the_frozen_texts_are_the_ones_that_were_frozen(name: str) -> None:
    folder = evaluate.EVALUATION
    prints = dict(reversed(line.split()) for line in (folder / f"{name}.sha256").read_text("utf-8").splitlines())
    assert prints == {path.name: sha256(path.read_bytes()).hexdigest() for path in (folder / name).glob("*.txt")}


@pytest.mark.parametrize(
    "path", sorted(Path("model").glob("texts/*/*.txt")) + sorted(Path("model").glob("evaluation/*/*.txt"))
)
def test_marks_of_the_texts_are_whole(path: Path) -> None:
    assert not [doubt for doubt in marked.doubts(path.read_text("utf-8")) if "unmarked" not in doubt]


def test_people_get_common_names_the_same_through_a_passage_and_nothing_else_changes() -> None:
    source = "[[P|Zbigniew Hebblewhite]] (HEBBLEWHITE) rang. Was [[P|HEBBLEWHITE]] at [[L|Nether Cassop]]? No, [[P|zbigniew]]."
    new = renamed.renamed(source, random.Random(1))
    names = [match[1] for match in re.finditer(r"\[\[P\|(.*?)\]\]", new)]
    first, last = names[0].split()
    lexicon_of_names = lexicon.load(False)
    assert first in lexicon_of_names["given.common"]
    assert last in lexicon_of_names["surnames.common"]
    assert re.sub(r"\[\[P\|.*?\]\]", "", new) == re.sub(r"\[\[P\|.*?\]\]", "", source)
    assert names[1:] == [last.upper(), first.lower()]
