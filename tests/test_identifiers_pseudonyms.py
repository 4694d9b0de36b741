"""What a text says of its own names: which of them are invented, and which a reader must judge."""

from __future__ import annotations

import pytest

from pytest_scr_compliance.identifiers.pseudonyms import doubting, pseudonyms
from pytest_scr_compliance.model import Confidence, Span

NEVER = "Nuala was seen by Ned at home."


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I will call her Mrs Quince. Mrs Quince rang.", {"Mrs Quince"}),
        (
            "No name in this report is real. Their mother is called Ms Quince, their stepfather Mr Sorrel. Towns are "
            "Seatown and Hilltown. Mr Sorrel left Seatown.",
            {"Ms Quince", "Mr Sorrel", "Seatown", "Hilltown"},
        ),
        (
            "The family have been given names that are not theirs. They were chosen by Nuala's sister:\nNuala - the "
            "subject, fourteen\nNed - father of both\n\nNuala ate. Ned left.",
            {"Nuala", "Ned"},
        ),
        (
            "1.4 No one in these pages bears their own name. The child is Nuala, her partner Mr Quince.\nNuala fell. "
            "Mr Quince left.",
            {"Nuala", "Mr Quince"},
        ),
        ("The names Nuala and Ned (her half-brother) are not the children's own. Ned left.", {"Nuala", "Ned"}),
        ('The child, who is "Nuala" in this report and was ten, left.', {"Nuala"}),
        ('"Nuala" and "Ned" (neither is a real name) left.', {"Nuala", "Ned"}),
        ("(Nuala is not this young woman's real name.) Nuala left.", {"Nuala"}),
        ("A note on names. Nuala is not the name of the child. Nuala left.", {"Nuala"}),
        ("We have called the two young people Nuala and Ned. Ned left.", {"Nuala", "Ned"}),
        ("A girl whom I shall name Nuala has missed the bus.", {"Nuala"}),
        ("What Nuala (as she will be called in this report) liked. Nuala left.", {"Nuala"}),
        ('Five forms, one girl ("Nuala", 14, an invented name). Nuala left.', {"Nuala"}),
        ("Where the Board has used a name - Nuala, Ned - it is an invented one. Ned left.", {"Nuala", "Ned"}),
        ('It asks that the child be known as "Child Ned".', {"Child Ned", "Ned"}),
        ('"Mr Ned" (no more his name than theirs) kept the shop.', {"Mr Ned"}),
        ("Let us call her Nuala, then. Nuala came on a boat.", {"Nuala"}),
        ("She is called Nuala here. Nuala's class made a bench.", {"Nuala"}),
        ("The name [Nuala] was agreed with the family. [Nuala] was seen.", {"Nuala"}),
        ("The names Nuala and Ned were chosen because they are short.", {"Nuala", "Ned"}),
        ('In this paper, "Nuala" denotes the eldest child in Family 3.', {"Nuala"}),
        ("Pseudonyms: Subject, 'Nuala'. Sister, 'Ned'. 'Nuala' left.", {"Nuala", "Ned"}),
        ("The adults are given pseudonyms (Nuala - victim; Ned - her son). Ned left.", {"Nuala", "Ned"}),
        ('The victim is "Nuala" [pseud.] and she died.', {"Nuala"}),
        (
            "Mr Amber and Mrs Amber (invented surnames, as are all the colours here). Mrs Amber left.",
            {"Mr Amber", "Mrs Amber"},
        ),
        ('Read the vignette ("Nuala", a made-up case). Nuala is 8.', {"Nuala"}),
        ("Counsel said that Nuala (that is not what she was called) could not face it. Nuala left.", {"Nuala"}),
        ("Her boy's pseudonym, Ned, was picked by her. Ned left.", {"Ned"}),
        ("Nuala, Nula and Ned are all the one woman, and none of them is her name. Nuala left.", {"Nuala", "Ned"}),
        (
            "In it the twins are called Nuala and Ned, their mother Perpetua, and her son Gil. None of these is a real name.",
            {"Nuala", "Ned", "Perpetua", "Gil"},
        ),
        (
            "Everybody in this report who is no professional has been given a colour. Amber rang. Violet rang.",
            {"Amber", "Violet"},
        ),
        ("Mr Blue and Ms Green, as they are called throughout, met. Mr Blue left.", {"Mr Blue", "Ms Green"}),
        ("Nuala is the code surname the Board gave them. Nuala is not on the system.", {"Nuala"}),
        ("The siblings, Nuala and Ned in this report, were alone.", {"Nuala", "Ned"}),
        ("Names have been changed. The mother is called Nuala and the baby is called Ned.", {"Nuala", "Ned"}),
        (
            "They have been given names at random. The mother is Mrs Quince. The father is Mr Tallow.",
            {"Mrs Quince", "Mr Tallow"},
        ),
        ("Nuala fell. (Nuala, like all the names that follow, is made up.) Nuala died.", {"Nuala"}),
        (
            "| Name used in this review | Who |\n| Nuala | the child |\n| Ned | her father |\nNed left.",
            {"Nuala", "Ned"},
        ),
        ("Key to names used\nNuala - child\nNed - her father\nNone of the above is a real name.", {"Nuala", "Ned"}),
        ("The names that she and I have used are these:\n\nNuala - the girl.\nNed - her father.", {"Nuala", "Ned"}),
        ("Nuala, as she asked to be called in a story, and as we call her here, was ill. Nuala died.", {"Nuala"}),
        ('Names. Other than "Nuala", all are replaced by a letter or a role. Nuala left.', {"Nuala"}),
        ("They are called here Nuala (13), Ned (11) and Nan (the baby). Ned left.", {"Nuala", "Ned"}),
        ("Mr and Mrs Linden (not their real name) came. Mr Linden left.", {"Mrs Linden", "Linden"}),
        (
            "The following names, chosen by her aunt from a box of paints, are used.\n\nMrs Quince - the mother\nNed - her son",
            {"Mrs Quince", "Ned"},
        ),
        # a naming: the report's own verb, no more than function words, the name
        ("The victim, whom the panel names here as Nuala, left. Nuala died.", {"Nuala"}),
        ("In this report she will be referred to throughout as Nuala and the perpetrator as Dean.", {"Nuala", "Dean"}),
        (
            "Sibling 1 is called Nuala in this learning review; Sibling 2, Ned; and the baby, Gil.",
            {"Nuala", "Ned", "Gil"},
        ),
        ("We have settled the matter by calling her Ms Quince, which is none of them.", {"Ms Quince"}),
        ("The following have been allocated alternative names: child, Nuala; mother, Perpetua.", {"Nuala", "Perpetua"}),
        ("For reasons of confidentiality she is described by a fictional name, Miss Quince.", {"Miss Quince"}),
        ("Nuala, as we have decided to name her, met a man.", {"Nuala"}),
        ("To that end Nuala replaces the name of the young person.", {"Nuala"}),
        ("The children, renamed for this publication Nuala and Ned, had been seen.", {"Nuala", "Ned"}),
    ],
)
def test_invented_names_are_heard(text: str, names: set[str]) -> None:
    assert names <= pseudonyms(text)
    assert not names & pseudonyms(NEVER)


@pytest.mark.parametrize(
    "text",
    [
        "I shall call them Ptolemy and Ned. Those are not their names. Represented: the mother by Miss Nuala Quince;",
        "The child likes to be called Nuala. Nuala will not answer to Nan. Nuala left.",
        "She was met at the home where he is known as Nuala. Nothing had been said of the report. Nuala left.",
        'The boy first appears as "Nuala\'s little brother", and is then lost. Nuala left.',
        "Nuala Quince (invented a story of a fall) was seen. Nuala left.",
        "The man was known locally as Nuala. Nuala used other names when Nuala rented cars.",
        "Key to the code: where it says Child W read Nuala Quince; Nuala is at school.",
        'Name given: "Nuala". No forename. Nuala had two more.',
        "Names used:\nNuala - on the tenancy\nNuala left.",
        "He has asked staff to call him Nuala. His parents say Nuala.",
        "Nobody called him Reg. They knew him as Nuala. Nuala was harmless.",
        "Names have been changed. The social worker, Nuala, left. Nuala is new.",
        "They were called in by Nuala (13), who rang. Nuala left.",
        "Other than Nuala, nobody came. Nuala left.",
        "A boy called Ned and a girl called Nuala were there. Neither is known to us. Nuala left.",
        "They had children called Ned and Nuala. None of them is at school. Nuala left.",
        "Nuala was very tired, and it is her name on the tenancy. Nuala left.",
        "Nuala, as she is known here, has settled. Nuala left.",
        "Nuala (as she is called here) rang. Nuala (her name in this country) left.",
        "Children are given flowers for good work. Nuala cried. NUALA left.",
        "The mother, whom the report will call Perpetua, wrote that she was sick of pretending for Nuala.",
        "Her brother's first name (there given as Nuala) should be read as Sibling 2 in this report.",
        "In this report, by oversight, he is Nuala.",
        "The panel welcomed the pseudonyms. In this report his mother is given as Nuala Quince.",
        "The panel was told that he had been called Nuala at school.",
        "The neighbours called him Nuala. This report does not name him.",
        "In this report the police are said to have named her brother Nuala.",
        "In this review the panel learnt that the baby was named Nuala by his grandmother.",
        "For the purposes of this review it was said that the worker was known as Nuala.",
        "We have called Nuala to give evidence for this review.",
        "In the published report his name, Nuala, appears twice by mistake.",
        "All the names in this report are those of real people. Nuala fell. Then Nuala left.",
        "The names of those involved are given in full here. Nuala fell. Then Nuala left.",
        "Names are used with the consent of the family. Nuala fell. Then Nuala left.",
        "No pseudonym was sought, since Nuala has no relations. Nuala fell. Then Nuala left.",
        "Throughout this review the social worker, Nuala, was helpful.",
        "In this report the chronology is given by Nuala and by his aunt.",
    ],
)
def test_real_names_are_not_declared_by_what_sounds_alike(text: str) -> None:
    assert "Nuala" not in pseudonyms(text)


def weighed(text: str, name: str, detectors: tuple[str, ...] = ("names",)) -> Confidence:
    start = text.index(name)
    (span,) = doubting(text)([Span("person", start, start + len(name), Confidence.LIKELY, detectors)])
    return span.confidence


@pytest.mark.parametrize(
    "text",
    [
        "The children are given stars for good work. Leo cried. Leo left. Leo sat down.",
        "She was identified as a person of colour. Ruby cried. Ruby left. Ruby sat down.",
        "She invented a song about the stars. Leo cried. Leo left. Leo sat down.",
    ],
)
def test_stars_and_colours_are_no_scheme_of_names_by_themselves(text: str) -> None:
    assert not pseudonyms(text)


def test_a_name_that_may_be_invented_is_for_review_and_not_dropped() -> None:
    text = "We speak of the boy by a name that his nan would not know. Nuala sang. He heard Nuala."
    assert "Nuala" not in pseudonyms(text)
    assert weighed(text, "Nuala") is Confidence.POSSIBLE


@pytest.mark.parametrize(
    "text",
    [
        "Reading this, bear in mind that the name that we print is a mask. Nuala took an overdose.",
        "Anonymisation table\nSubject: Ned\nNuala - his mother\nOriginals are held by the Board.",
        "Cast of people\nNuala - a girl of 14\nMiss Quince - her tutor\nThese are not the names their owners would know.",
    ],
)
def test_a_name_beside_words_of_invented_names_is_for_review(text: str) -> None:
    assert weighed(text, "Nuala") is Confidence.POSSIBLE


def test_a_name_that_stands_once_or_in_the_register_is_as_sure_as_before() -> None:
    text = "We speak of the boy by a name which is none of his own names. Nuala sang. He heard Ned. Nuala ate."
    assert weighed(text, "Ned") is Confidence.LIKELY
    assert weighed(text, "Nuala", ("register",)) is Confidence.LIKELY
    assert weighed(NEVER, "Nuala") is Confidence.LIKELY
