"""What may stand in a published review is not flagged, and does not hide what may not."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pytest_scr_compliance import Checker, Settings, identifiers
from pytest_scr_compliance.errors import ConfigError
from pytest_scr_compliance.identifiers import Permitted
from pytest_scr_compliance.identifiers.lexicon import public_terms
from pytest_scr_compliance.identifiers.normal import normalise
from pytest_scr_compliance.model import Confidence, Span

BUILT_IN = Permitted.build()


def remains(
    text: str,
    part: str,
    permitted: Permitted = BUILT_IN,
    detector: str = "names",
    confidence: Confidence = Confidence.POSSIBLE,
) -> bool:
    start = text.index(part)
    span = Span("person", start, start + len(part), confidence, (detector,))
    return bool(list(permitted.over(text)([span])))


@pytest.mark.parametrize(
    "term",
    [
        "Child A",
        "Sibling 2",
        "Adult B",
        "Mr X",
        "SW1",
        "MGM",
        "School 1",
        "Hospital A",
        "Baby C",
        "West Mercia Police",
        "Norfolk County Council",
        "Cafcass",
        "Ofsted",
        "Great Ormond Street Hospital for Children NHS Foundation Trust",
        "Family Court at Swansea",
        "Greater Manchester Police",
        "Northmere Safeguarding Children Board",
        "Primary Care Trust",
        "Children Act 1989",
        "Working Together to Safeguard Children",
        "Domestic Violence, Crime and Victims Act 2004",
        "Lord Laming",
        "Victoria Climbié",
        "Munro (2011)",
        "Brandon et al. (2012)",
        "Reder and Duncan (1999)",
        "Glasgow Coma Scale",
        "Graded Care Profile",
        "Citalopram",
        "Kent",
        "Birmingham",
        "December",
        "Septmber",
        "Novernber",
        "Wendesday",
        "ISBN 978-1-84775-712-4",
        "HSC 2002/007",
        "[name redacted]",
        "XXXXXX",
    ],
)
def test_the_language_of_reviews_is_permitted(term: str) -> None:
    assert not remains(f"It was said that {term} was there.", term)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("She met Mrs Kent there.", "Kent"),
        ("Mr April called.", "April"),
        ("Yes, Jayden Marsh, Care Order.", "Jayden Marsh"),
    ],
)
def test_a_cue_outweighs_a_word_that_is_only_weakly_permitted(text: str, part: str) -> None:
    assert remains(text, part, detector="cues")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mr Tasker of Lincolnshire Police agreed.", "Tasker"),
        ("From Maggie Hogben, Medway Trust, by fax.", "Maggie Hogben"),
        ("Re Isobel Carrick, aged twelve.", "Isobel Carrick"),
        ("Joint visit by SW Adeyinka Bright and DC 1 to Address 2.", "Adeyinka Bright"),
        ("Clive + Tamsin Trethewey (m. 2012).", "Tamsin Trethewey"),
    ],
)
def test_a_person_of_whom_the_model_is_sure_outweighs_a_loose_pattern(text: str, name: str) -> None:
    assert remains(text, name, confidence=Confidence.LIKELY)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("and the General Practitioner, Dr Ravindran, wrote", "Ravindran"),
        ("In Abernethy and Falzon the Local Authority issued", "Falzon"),
        (
            "by the Fellmarch Safeguarding Children Board following the death of a young man, Tegan Marsh, in May",
            "Tegan Marsh",
        ),
        ("Learning Lessons from Serious Case Reviews, Tegan Marsh was", "Tegan Marsh"),
        ("interviewed by DC Ormandroyd & DC 2", "Ormandroyd"),
        ("Subject: Re Zdzisław, who came", "Zdzisław"),
        ("an invoice from Safe Hands Care Agency for", "Safe Hands Care Agency"),
        ("tenant of the Solway Rural Housing Trust since", "Solway Rural Housing Trust"),
        ("a raffle at the Foresters' Institute on", "Foresters' Institute"),
        ("Abbey Wood Academy Trust, 61", "Abbey Wood Academy Trust"),
    ],
)
def test_a_public_body_hides_no_name_that_stands_near_it(text: str, name: str) -> None:
    assert remains(text, name)


@pytest.mark.parametrize("term", ["Re Ashworth", "Safeguarding Children in whom illness is fabricated", "Fellmarch DC"])
def test_cases_guidance_and_councils_are_public(term: str) -> None:
    assert not remains(f"It was read in {term} (A Child) [2009] that", term)


@pytest.mark.parametrize("name", ["Fraser", "Barlow", "Denver", "Holmes", "Elvis", "Guthrie", "Elsa"])
def test_who_is_called_as_a_guideline_a_test_or_a_program_is_found(name: str) -> None:
    assert remains(f"Her brother {name} had seen it.", name, confidence=Confidence.LIKELY)
    assert remains(f"Mrs {name} had seen it.", name, detector="cues", confidence=Confidence.LIKELY)


@pytest.mark.parametrize(
    "use", ["Kent County Council answered.", "Services in Kent, and schools across Kent, are good."]
)
def test_a_county_of_the_text_is_one_however_sure_the_model_is(use: str) -> None:
    text = "Children do well. Kent has more of them. "
    assert remains(text, "Kent", confidence=Confidence.LIKELY, detector="names")
    assert not remains(text + use, "Kent", confidence=Confidence.LIKELY, detector="names")
    assert remains(f"She met Mr Kent. {use}", "Kent", confidence=Confidence.LIKELY, detector="cues")
    assert remains(f"Kent told his aunt. {use}", "Kent", confidence=Confidence.LIKELY, detector="names")


def test_a_religion_is_nobody_but_somebody_may_be_called_so() -> None:
    for text in ("They described themselves to the census as Christian.", "A Christian nurse came."):
        assert not remains(text, "Christian", confidence=Confidence.POSSIBLE)
    assert remains("His uncle, Christian, left. Christian rang.", "Christian", confidence=Confidence.LIKELY)


def test_authors_with_surnames_of_two_words_are_cited() -> None:
    text = "Goff, P. A., Jackson, M. C., Di Leone, B. A. L. and Culotta, C. M. (2014) The Essence of Innocence."
    assert not remains(text, "Jackson", confidence=Confidence.POSSIBLE)


def test_a_month_that_was_withdrawn_is_a_child() -> None:
    assert remains("The teacher noticed that April was withdrawn.", "April")
    assert not remains("The panel met in April was the answer.", "April")


def test_guidelines_tests_and_programs_are_nobody() -> None:
    for text, name in [("The Fraser guidelines apply.", "Fraser"), ("A Barlow test was done.", "Barlow")]:
        assert not remains(text, name, confidence=Confidence.POSSIBLE)


def test_a_birth_on_a_feast_is_no_feast() -> None:
    text = "The twins were born on Hallowe'en."
    start = text.index("Hallowe")
    span = Span("date", start, len(text) - 1, Confidence.CERTAIN, ("dates",))
    assert list(BUILT_IN.over(text)([span]))


def test_a_reading_of_which_the_model_is_not_sure_does_not() -> None:
    text = "Mr Tasker of Lincolnshire Police agreed."
    assert not remains(text, "Tasker", confidence=Confidence.POSSIBLE)
    assert not remains(text, "Tasker", confidence=Confidence.FAINT)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Baby Charlie was born in May.", "Charlie"),
        ("Young Person Romeo left the home.", "Romeo"),
        ("| 3 March 2004 | Amber |", "Amber"),
        ("Family | Amber | sister, 9\nMother | Kelly | 31\nSibling | Kian | 12", "Amber"),
        ("The neighbours, Kelly and Ryan were quoted by the Echo. Kelly left.", "Kelly"),
        ("Mother, echoing Sharon and Dave, said no. Sharon left.", "Sharon"),
        ("Sol: where r u\nDev: home\nSol: ok\nDev: yes", "Sol"),
    ],
)
def test_what_is_permitted_hides_nobody_who_is_called_alike(text: str, name: str) -> None:
    assert remains(text, name)


def test_what_is_certain_outweighs_a_loose_pattern() -> None:
    text = (
        "Form FPR 2010, C100, of Sheldon. Telephone 01632 960 341. Brandon, M. (2010). Child: Rosalind, born in 2010."
    )
    assert remains(text, "01632 960 341", detector="patterns", confidence=Confidence.CERTAIN)


@pytest.mark.parametrize(
    "name", ["Alder Hey", "Ward 4B", "Ward 14", "HMP Fellmarch", "Ribble Coast Homes", "HMS Ardmore", "Furness General"]
)
def test_hospitals_wards_prisons_and_housing_associations_are_found(name: str) -> None:
    assert remains(f"She was taken to {name} that night.", name)


@pytest.mark.parametrize("name", ["Bristol Children's Hospital", "Furness General Hospital", "Guru Nanak Gurdwara"])
def test_pieces_of_public_terms_make_no_permitted_organisation(name: str) -> None:
    text = f"She was taken to {name} that night."
    start = text.index(name)
    span = Span("organisation", start, start + len(name), Confidence.LIKELY, ("names", "places"))
    assert list(BUILT_IN.over(text)([span]))


@pytest.mark.parametrize("after", ["on the Sunday", "and died there", "for a scan"])
def test_a_general_hospital_is_no_public_body(after: str) -> None:
    text = f"She was taken to Furness General {after}."
    assert remains(text, "Furness General")


def test_a_family_that_calls_its_child_by_name_declares_nothing() -> None:
    assert remains('She said: "They had a name for him, but we called him Ayomikun."', "Ayomikun")


def test_a_chronology_behind_the_references_is_no_list_of_references() -> None:
    lines = ["References", "Brandon, M. (2009) Understanding Reviews. London: DCSF.", "", "Appendix 2: Chronology"]
    text = "\n".join([*lines, "3.4.2010 HV saw Rackstraw at home."])
    assert remains(text, "Rackstraw")
    assert not remains(text, "Brandon")


def test_a_name_beside_a_permitted_term_stays() -> None:
    assert remains("Kent Police spoke to Tegan Marsh.", "Kent Police spoke to Tegan Marsh")


def test_a_child_with_a_year_in_brackets_is_no_citation() -> None:
    assert remains("Kayleigh (2004) and her brother.", "Kayleigh")


def test_the_register_is_never_overruled() -> None:
    assert remains("Child A lived in Kent.", "Kent", detector="register")


def test_declared_officials_are_permitted_with_and_without_title() -> None:
    permitted = Permitted.build(["Dr Helen Tollerton OBE"])
    for form in ("Dr Helen Tollerton", "HELEN TOLLERTON", "Dr Tollerton", "Tollerton's"):
        assert not remains(f"It was {form} who wrote.", form, permitted)
    assert remains("It was Mary Tollertone who wrote.", "Mary Tollertone", permitted)


def test_what_the_text_itself_declares_is_permitted() -> None:
    text = "This is about Holly (not her real name). Later Holly said so. Tegan did not."
    assert not remains(text, ["Holly", "said"][0])
    assert remains(text, "Tegan")
    table = "Name in this report | Who\nJoanne | mother\nCarl | father\n\nThen Joanne and Carl and Amber came."
    assert not remains(table + " So Carl", "Carl")
    assert remains(table, "Amber")


def test_the_area_of_the_board_is_public() -> None:
    text = "Fellmarch Safeguarding Children Board met. The town is in Fellmarch too."
    assert not remains(text, "Fellmarch")


@pytest.mark.parametrize("body", ["Local Safeguarding Children Board", "Metropolitan Borough Council", "LSCB"])
def test_what_a_body_is_is_no_part_of_its_area(body: str) -> None:
    assert not remains(f"Fellmarch {body}\n\nFinding 1. In Fellmarch, professionals have too few words.", "Fellmarch")


def test_a_board_adds_its_own_vocabulary(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("- reason: our early help service\n  terms: [Bramble House]\n", "utf-8")
    assert not remains("They went to Bramble House.", "Bramble House", Permitted.build(files=[own]))


@pytest.mark.parametrize(
    "content",
    [
        "just text",
        "- terms: [Secretname]\n",
        "- reason: x\n  terms: Secretname\n",
        "- reason: x\n  patterns: ['(Secretname']\n",
        "\x00",
        "{",
    ],
)
def test_a_vocabulary_that_is_none_is_refused_without_quoting_it(tmp_path: Path, content: str) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(content, "utf-8")
    with pytest.raises(ConfigError) as caught:
        Permitted.build(files=[own])
    assert "own.yaml" in str(caught.value)
    assert "Secretname" not in str(caught.value)


def test_the_terms_of_a_case_do_not_show() -> None:
    assert "Tollerton" not in repr(Permitted.build(["Helen Tollerton"]))


@pytest.mark.parametrize(
    "piece",
    [
        "A",
        "a ",
        "A ",
        "Ab ",
        "Ab and ",
        "Ab, ",
        "Ab (2001) ",
        "Mr ",
        "[",
        "[a] ",
        "the ",
        "Act ",
        "v Ab ",
        "Ab-",
        "(Ab, ",
        "1999 ",
        "Ab C, ",
        "A. Ab, ",
        ". Ab C. Ab ",
        "ABC: a b ",
        "Mon Sun ",
    ],
)
def test_no_text_makes_the_filter_slow(piece: str) -> None:
    text = (piece * (100_000 // len(piece)))[:100_000]
    start = time.process_time()
    list(BUILT_IN.over(text)([]))
    assert time.process_time() - start < 60


@pytest.mark.parametrize(
    "path", sorted(Path(identifiers.__path__[0]).glob("vocabulary/public/*.txt")), ids=lambda path: path.stem
)
def test_lists_of_public_terms_are_written_as_a_text_is_read(path: Path) -> None:
    terms = public_terms(path.stem)
    assert terms
    assert [term for term in terms if term != normalise(term).text or term != term.strip()] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('Two names are used in Part D: "Perpetua" for MA and "Gil" for FC. Gil left.', "Gil"),
        ('The names "Poppy" and "Ned", being pseudonyms, may stay. Ned left.', "Ned"),
        ("The other pseudonyms (Linnet for her sister, Merlin for the man) stay. Merlin left.", "Merlin"),
        ("Child F is called Juniper, a name nobody in her family bears. Juniper left.", "Juniper"),
        ("She asked that the child be called Nuala in this report and her brother Ned. Ned sang.", "Ned"),
        ("Nuala is not her name. Her father is called Mr Quince. Mr Quince sang.", "Mr Quince"),
        ("None of these is a real name. His mother asked to be Ms Umber. Ms Umber left.", "Ms Umber"),
        ('Throughout the report the mother is "Ms Umber". Ms Umber left.', "Ms Umber"),
        ("They are called after garden birds. The eldest is Jay; their mother is Ms Finch. Ms Finch left.", "Ms Finch"),
        ('LEARNING REVIEW: "NUALA AND NED"\n(These names were chosen by an aunt.)\nNuala and Ned lived there.', "Ned"),
        ('They agreed to the pseudonyms "Nuala" and "Ned" for the two. Ned left.', "Ned"),
        ('We heard that "Nuala" and "Ned" - both names are invented - came. Ned rang.', "Ned"),
        ('INTO THE DEATH OF "NUALA" (Nuala is not this child\'s real name). Nuala died.', "Nuala"),
        ("Their mother is Ms Umber and their stepfather Mr Quince. All four names are inventions.", "Ms Umber"),
        ("Her friend is called Ned and her sister Nuala; these too are invented. Ned and Ned. Ned ate.", "Ned"),
        ("REPORT\nNuala\nDate: May\nWe used different names for the children.\nNuala fell. Nuala died.", "Nuala"),
        ("The following pseudonyms have been used:\n   Nuala - victim, 41\n   Ned: her son\n3. Ned left.", "Ned"),
        ("Key to pseudonyms\n• Nuala (the mother)\n• Ned, her husband\n\nNed left.", "Ned"),
        ("Ned is not his real name.\nFamily: Ned (child), Nuala (sister), Mother.\nNuala ate. Nuala left.", "Nuala"),
        ('The child "Nuala" (a name chosen by her sister for this report) left. Nuala sang.', "Nuala"),
    ],
)
def test_more_ways_of_declaring_a_pseudonym_are_heard(text: str, name: str) -> None:
    assert not remains(text, name, confidence=Confidence.LIKELY)


def test_a_key_of_real_names_declares_nothing() -> None:
    assert remains('Note to editor: "Tezza" = the father, "Shelley" = the mother.', "Shelley")
    assert remains("The following pseudonyms were used:\nNuala - Child A\nNed: SW2\n\nNed left.", "Ned")
    assert remains("Names used:\nNuala Quince - on the tenancy\n\nNuala Quince left.", "Nuala Quince")
    assert remains("REPORT\nNuala\nDate: May\nWe used the children's words.\nNuala fell. Nuala died.", "Nuala")
    assert remains("Family: Ned (child), Nuala (sister).\nNuala ate. Nuala left.", "Nuala")
    assert remains("Mother wanted the baby to be called Nuala. Nuala sang.", "Nuala")
    assert remains("Ned is not his real name. The social worker, Quince, left. Quince is new.", "Quince")
    assert remains("Ned is not his real name. He was taught by his teacher Mrs Quince, who left.", "Mrs Quince")
    assert remains("Ned is not his real name. The social worker is Mrs Quince.", "Mrs Quince")


def test_a_county_needs_a_sure_reading_and_a_season_any() -> None:
    assert not remains("Following referral to Kent they were seen.", "Kent", confidence=Confidence.POSSIBLE)
    assert not remains(
        "Staff in Kent told the author so.", "Kent", detector="gazetteer", confidence=Confidence.POSSIBLE
    )
    assert remains("He had gone home. Summer had gone home as well.", "Summer", confidence=Confidence.POSSIBLE)


@pytest.mark.parametrize(
    "text",
    [
        "Mrs Love always said so.",
        "Mon: Mrs Sun visited.",
        "Mrs Ward rang about the baby.",
        "She was seen by Sarah Wilson 2010; 3 children were in.",
        "He rang from the iPhone 07700900123 twice.",
        "Mum supports Chelsea with her reading.",
        "our autumn wont go skool 2moro n tess is at nans",
        "Mrs Sen rang, and Cait was in.",
        "J. Dhaliwal, Social Worker (appointed 2010), did the visit.",
        "Dhaliwal K. Home visit, no concerns were noted. Seen in summer, 2010.",
        "Wilson S. Mother of three, seen by the health visitor, 2010 at home.",
    ],
)
def test_what_is_a_word_or_a_citation_elsewhere_hides_nobody(text: str) -> None:
    assert identifiers.identify(text, Checker(Settings()).registry.detectors.as_dict(), BUILT_IN)
