"""The layers together: what is found, with what confidence, and by whom."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_scr_compliance.app import Checker
from pytest_scr_compliance.identifiers import Permitted, established, identify
from pytest_scr_compliance.identifiers.merge import merge
from pytest_scr_compliance.model import Confidence, Span
from pytest_scr_compliance.registry import Detector

ALL: Mapping[str, Detector] = Checker().registry.detectors.as_dict()
LAYERS = {name: detector for name, detector in ALL.items() if name != "names"}
PERMITTED = Permitted.build()


def found(text: str, confident: bool = False) -> set[str]:
    """What all layers find as errors, or what the layers without the model find at all."""
    spans = identify(text, ALL if confident else LAYERS, PERMITTED)
    return {text[span.start : span.end] for span in spans if span.confidence.rank > 0 or not confident}


def bare(date: str) -> str:
    """A date without what leads to it, which belongs to the span."""
    return re.sub(r"^(?:(?:[Oo]n|from|between) )?(?:the )?", "", date)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("She spoke to Mrs Featherby about it.", ["Featherby"]),
        ("Father, Mark Young, said that there had been a row.", ["Mark Young"]),
        ("K. White signed the form, and J. Hall read it.", ["K. White", "J. Hall"]),
        ("She attended Park Primary School. They live in Church Street.", ["Park Primary School", "Church Street"]),
        ("Her sister April was in the room with Sarah Wilson.", ["April", "Sarah Wilson"]),
        ("PC 2281 Okonjo attended.", ["Okonjo"]),
        ("Her daughter, Tegan, was seen.", ["Tegan"]),
        ("The boy is known as Deano.", ["Deano"]),
        ("A girl called Summer was left there.", ["Summer"]),
        ("DENNY, Carl was visited.", ["DENNY, Carl"]),
        ("Imran AKHTAR was arrested.", ["Imran AKHTAR"]),
        ("Surname: Wojciechowski\nForename: Kacper", ["Wojciechowski", "Kacper"]),
        ("[09:13] jade x: good luck hun", ["jade"]),
        ("pls tell mia auntie jade luvs her", ["mia", "jade"]),
        ("The pharmacist at Tunnard's knew the whole family by sight.", ["Tunnard's"]),
        ("Told them go to the chippy on Nelson Street and wait.", ["the chippy on Nelson Street"]),
        ("was out til 11 then sat in the feathers wi him", ["feathers"]),
        ("The younger answers to Baran, the elder (Hêvî) not at all.", ["Baran"]),
        ("They asked Thandiwe Mokoena to wait.", ["Thandiwe Mokoena"]),
        ("He spoke to Rhodri ap Dafydd.", ["Rhodri ap Dafydd"]),
        ("It was Aoife Ní Dhomhnaill who called.", ["Aoife Ní Dhomhnaill"]),
        ("They live at 31 Priory Leys, Thornby Magna.", ["31 Priory Leys, Thornby Magna"]),
        ("She was seen on Dray Street.", ["Dray Street"]),
        ("They moved to Nether Cassop.", ["Nether Cassop"]),
        ("He attends St Cuthbert's RC Primary now.", ["St Cuthbert's RC Primary"]),
        ("He was born at Heddlesworth Cottage Hospital.", ["Heddlesworth Cottage Hospital"]),
        ("He drank in the Drovers' Arms.", ["Drovers' Arms"]),
        ("He drank in the Lord Nelson most nights.", ["Lord Nelson"]),
        ("He was arrested at the Crown & Cushion.", ["Crown & Cushion"]),
        ("Holy Family excluded him.", ["Holy Family"]),
        ("He was in 2 PARA for a year.", ["2 PARA"]),
        ("D.O.B.: 02/11/2004", ["02/11/2004"]),
        ("She died on 3rd June 2010.", ["3rd June 2010"]),
        ("both got the squits! Bk mon. Shelz xx", ["Shelz"]),
        ("He was born at the John Radcliffe, she said.", ["the John Radcliffe"]),
        ("He was taken to Addenbrooke's by ambulance.", ["Addenbrooke's"]),
        ("Thank you for asking me to see Abdirahman, eight, with his aunt.", ["Abdirahman"]),
        ("Dr Sillence saw the twins; Sillence was told on the Sunday.", ["Dr Sillence", "Sillence"]),
        ("Thank you for seeing Tiwalade today.", ["Tiwalade"]),
        ("Please ring me, Glenroy, on the works number.", ["Glenroy"]),
        ("A complaint came from Flat 63, where she lived.", ["Flat 63"]),
        ("The baby was only 19 days old.", ["19 days old"]),
        ("THE OFFICER, MR GARETH PROBERT-LLOYD, WAS THERE.", ["GARETH PROBERT-LLOYD"]),
        ("THE FAMILY LIVED AT 22 TANNERS REACH.", ["22 TANNERS REACH"]),
        ("M0ther: Chantel1e Bax-\nter", ["Chantel1e Bax-\nter"]),
        ("The child was seen [NHS 999 551 6028] that day.", ["999 551 6028"]),
        ("Compared with those of Mr D, Mr T, Mrs Quennell, the dog and a brother.", ["Mrs Quennell"]),
        ("CMW team [mailto:cmw.north@stbrannocktrust.example]", ["cmw.north@stbrannocktrust.example"]),
        ("His mother died on 14th September last, at home.", ["14th September last"]),
        ("custody nurse  dp mcilwraith, jamie  shirt soaked", ["mcilwraith, jamie"]),
        ("Re: tenancy of PETER JOHN 0STLER of this parish.", ["PETER JOHN 0STLER"]),
        ("he wos at hers on tinkers lane wen kiddy got hurt", ["tinkers lane"]),
        ("Surname  : O'DONOVAN-    \nCLARKE", ["O'DONOVAN-    \nCLARKE"]),
        ("We live with it. T. & B. Adewale-Hart", ["T. & B. Adewale-Hart"]),
        ("hi its dawn from downstairs at flat 3", ["dawn"]),
        ("Nah man lil ghost got shanked outside.", ["lil ghost"]),
        ("The girl Deirdre has had a son, Feast of St Joseph, 1996.", ["Feast of St Joseph, 1996"]),
        ("ear1y on Sat 5th Ju1y 2oo8 I attendecl", ["Sat 5th Ju1y 2oo8"]),
        ("Adm 1 9/ 0 8/ 2 0 1 7. Accidental ingestion", ["1 9/ 0 8/ 2 0 1 7"]),
        ("Surname: 0yelaran   Forenames: Wi11iam", ["0yelaran"]),
        ("Dad's text: br00ke im sorry an ill b there", ["br00ke"]),
        ("RSPCA inspector F A I R B R A S S says the dog bit.", ["F A I R B R A S S"]),
        ("Rasheeda went out to 12 Lapwing Ct at ten.", ["12 Lapwing Ct"]),
        ("He said bring them down to the Cottage Hospital.", ["the Cottage Hospital"]),
        ("TENANT NATI0NAL 1NSURANCE N0. QQ 77 1O 26 A", ["QQ 77 1O 26 A"]),
        ("She is here. Is it allergic? Twin two died at nineteen hours.", ["nineteen hours"]),
        ('search slip. M/Tobias "Tobes" Nkemelu/b.30.8.02/Sutton Bridge. See', ["30.8.02"]),
        ("shes took tyler-jay up the plough wiv her dad", ["plough"]),
        ("They took Mummy Jo and our Donny to the park; Baby Indie slept.", ["Mummy Jo", "our Donny", "Baby Indie"]),
        ("date of birth is the twenty second of the tenth oh nine. I got", ["twenty second of the tenth oh nine"]),
        ("He was bailed to Bourne Police Station that day.", ["Bourne Police Station"]),
        ("His father sails with MFV Silver Darling on Monday.", ["MFV Silver Darling"]),
        ("Her brother, who commands 9th/12th Lancers, telephoned.", ["9th/12th Lancers"]),
        ("Righteous b. 6 Jany 1999. Nelson b. & d. 8 Novr 2002.", ["6 Jany 1999", "8 Novr 2002"]),
        ("presentcd at Selly 0ak on l2th Feb. with the infant Darren.", ["l2th Feb"]),
        ("He will live at Chalet 19, Wavecrest Holiday Park.", ["Chalet 19"]),
        ("The Children Act 1989\nRe OLUWATOBI FASHOLA-WEST (a girl)\nUPON", ["OLUWATOBI FASHOLA-WEST"]),
        ('Say in the report that our son was called Dilraj and not "Child N".', ["Dilraj"]),
    ],
)  # fmt: skip
def test_identifiers_are_found_as_errors(text: str, names: list[str]) -> None:
    spans = found(text, confident=True)
    for name in names:
        assert any(name in span for span in spans), name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It should not come back by post. – RJH Maddicott", "RJH Maddicott"),
        ("The younger answers to Baran, the elder (Hêvî) not at all.", "Hêvî"),
    ],
)
def test_a_name_that_little_speaks_for_is_shown_to_a_reader(text: str, name: str) -> None:
    assert name in {text[span.start : span.end] for span in identify(text, ALL, PERMITTED)}


@pytest.mark.parametrize(
    "text",
    [
        "The Health Visitor told the Named Nurse that Child A had not been brought.",
        "Working Together to Safeguard Children, Chapter 8, requires publication of the executive summary.",
        "Ms B. and Mr C. separated before Child A was born.",
        "CAF, MARAC, MAPPA and CAMHS were all involved, but no Lead Professional was named.",
        "May came and went. The Will of the deceased and the Bill of costs are not relevant.",
        "Finding 2 - Professional Curiosity and the Rule of Optimism",
        "GP2 saw MB on 14 occasions, prescribing Citalopram 20mg and Diazepam.",
        "West Yorkshire Police and Norfolk County Council told Ofsted and Cafcass in March 2013.",
        "The Detective Superintendent, the Head of Safeguarding and the Assistant Director, Children's Services, met.",
        "Reder, Duncan and Gray (1993), in Beyond Blame, spoke of closure; Lord Laming agreed.",
        "SERIOUS CASE REVIEW IN RESPECT OF CHILD A\nOVERVIEW REPORT",
        "School 1 and Hospital A knew that Mother lived with Mr R.",
        "IMR, Individual Management Review. EPDS, Edinburgh Postnatal Depression Scale.",
        "Q. Who did you tell? A. Mum. Q. Tell me about the van. A. Spell it how you like.",
        "Priority 1, Priority 2 and Priority 3. Leeds 12, Hull 3.",
        "OP: Where are you?\nCALLER: At home.\nOP: Is he breathing?\nCALLER: No.",
        "BWRDD LLEOL DIOGELU PLANT\n\nADOLYGIAD ACHOS DIFRIFOL",
        "Gweithiwr cymdeithasol / Social worker: SW2. Disgybl / Pupil: Child A. Dyddiad / Date: May 2011.",
        "Ophth: seen by GP2. Ophthal rv pls. Hshld: two adults.",
        "Audit of files. Lead: Business Manager. By: 30 September 2014. RAG: Amber.",
        "Meadow, Southall and Asher are cited by everybody, and the report asks what Southall said.",
        "RA: Did you read the chronology?\nHV2: I read mine.\nRA: The merged one?\nHV2: No.",
        "In May she started at the Second School. He was last at Hyndburn Magistrates' Court.",
        "| Audit of files | QA Unit | Jan 2016 | Amber",
        "R1 | Audit log | Chair | Green\nR2 | Dashboard | Head of Service | Amber\nR3 | Training | Board | Red",
        "C. How it was done\nD. People and places\nE. Findings\nF. Train all staff\nG. Ban the form",
        "Sib1 and Sib2 were at home. Father1 said that Child2 was out.",
        'The record: "DP is 14 yrs. Mother travelling."',
        "Ident1ty needs met: M is Br1tish. Bas1c care: see HV.",
        'HX: "HE WENT ONE WAY AND HIS ARM STOPPED WITH ME." CPMS INFORMED, CARER PRESENT AND CRYING.',
        "Saved as NSCP_LCSPR_Child_A_FINAL_clean.docx by the Board.",
        "The family were Roma from eastern Slovakia. The Roma community in the city is young. Ethnicity: Roma",
        "Redcar & Cleveland, Cheshire West & Chester and Cwm Taf Morgannwg did not reply.",
        "DKA, diabetic ketoacidosis. CEMACH - Confidential Enquiry into Maternal and Child Health.",
        "SW-Delta and TM-Echo met Young Person Delta and Baby Bravo.",
        "Seen on the ward.  Ward: 4B.  Lang: Somali.  Occ: none.",
        "The Co-ordinator spoke to Nan, who said yes Ma'am.",
        "He moved to the Isle of Wight, Portsmouth and then Leicester.",
        "Fabricated illness was first raised by the Consultant Gastroenterologist, and at Great Ormond Street.",
        "PC3 put in a Merlin, graded Green. Merlin - a police system. The Schools' Forum met.",
        "The dates: Oxford, and then Milton Keynes. Essex & Herts Air Ambulance came.",
        "GLOSSARY: ABE - Achieving Best Evidence; CAADA - Co-ordinated Action Against Domestic Abuse.",
        "Rec. 5 (schools): escalation - RED. He has von Willebrand disease, and SENCo1 knew.",
        "A Key Worker at the Hostel and the Sure Start centre said so in open court.",
        "The arm was X-rayed. Barcode and MDSA log follow. Airedale, Wharfedale and the Aire Valley are named.",
        "Child ben ref to follow; housing ben stopped in May.",
        "Dr Peter Sidebotham's paper (2011) was circulated.",
        "Horwath, J. (ed.) (2003) Assessment in Child Care. Lyme Regis: Russell House. It was read.",
        "The judgment in Harris, Rock, Cherry and Faulder [2005] EWCA Crim 1980 was read.",
        "Parents as Patients. CR164. 6.14 MGF was registered with GP Practice 2.",
        "They took him to Hospital A. Seven stitches were put in.",
        "The evaluators, from the Universities of Lancaster and Bath, asked.",
        "MGM, who is referred to in this report as Philomena, came in 1969. Philomena told the author.",
        "He drank 6 x Stella and 4 cans of Carling. The Helpdesk rang EMAS.",
        "Her Ah Ma hits with the ruler, and Baba Ji does not want this.",
        "A barrister taught them on a course entitled Defensible Documentation.",
        "The Catering Supervisor and the Roma Link Worker gave GP IRIS training after an Osman warning.",
        "RH2 was registered for five. The Police and Crime Plan for 2016-20 says so. Form MG12.",
        "Minute 14/09. He was seen at the railway station and at the PRU by Peer A and the Major Incident Team.",
        "The Private Arrangements Panel met in THE FAMILY COURT AT PLYMOUTH, where Sheldon's Law was discussed.",
        "She goes to bed with a walking frame called Doris and a donkey called Pickles.",
        "Those who served in Afghanistan and Iraq were asked at the Fact-Finding Hearing.",
        "Some appear as Village 1, Village 2 and Market Town. A bus went to Market Town.",
    ],
)
def test_properly_anonymised_prose_is_clean(text: str) -> None:
    assert found(text) == set()


def test_who_is_to_do_something_in_a_plan_is_somebody_though_it_is_a_word() -> None:
    assert found("THE PLAN: 1. Grace to attend the group. 2. Nursery to weigh. 3. Hope & Mark to engage.") == {
        "Grace",
        "Mark",
    }


def test_a_name_found_once_is_found_everywhere() -> None:
    text = "She spoke to Mrs Featherby.\nLater featherby rang. FEATHERBY was not in."
    assert sum(span.kind == "person" for span in identify(text, LAYERS, PERMITTED)) == 3


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Everyone called him Squeak, on account of his chest.", "Squeak"),
        ('The telephone held 212 messages with "Trigger" about a drop.', "Trigger"),
        ('"Grace, I think her name was, said he would ring back."', "Grace"),
        ("She was with a lad they call Wotsit.", "Wotsit"),
        ("See also the MARLOWE sibs (Petal, Bear).", "Petal"),
        ("shaz: any1 seen our demi\nbean: she was in town\nshaz: who has got her\nbean: idk", "bean"),
    ],
)
def test_words_are_names_where_somebody_is_called_so(text: str, name: str) -> None:
    assert name in found(text)


def test_a_reading_ends_with_its_sentence() -> None:
    spans = found("It was seen on Tanner's Row. Smiler, as his friends called him, drove it.")
    assert not any("Smiler" in span and "Row" in span for span in spans)


def test_ages_are_told_in_days() -> None:
    assert found("his name is Zion, hes 7 days. she said take a seat") >= {"7 days"}
    assert found("he was six days off being five an still in nappies") >= {"six days off being five"}


def test_a_word_that_joins_ends_no_name() -> None:
    assert "Mr Tasker" in found("He parked behind Mr Tasker van and waited.")


def test_colleagues_of_a_mrs_are_no_citation() -> None:
    assert "Mrs Thurkettle" in found("Thanks go, for the biscuits, to Mrs Thurkettle and her colleagues.")
    assert not found("Munro and her colleagues (2011) say so.")


def test_labels_that_come_back_are_no_senders() -> None:
    assert not found("plan: see mum\nplan: ring\nnote: none")


def test_children_are_found_by_their_ages() -> None:
    assert found("Children: Reign 4, Royal 3, Saint 1.") >= {"Reign", "Royal", "Saint"}
    assert found("Reign 4, Royal 3 and Saint 1 lived next door.") >= {"Reign", "Royal", "Saint"}


@pytest.mark.parametrize(("times", "found"), [(3, 3), (9, 1)])
def test_a_name_for_review_is_shown_in_each_place_unless_the_text_is_full_of_it(times: int, found: int) -> None:
    def unsure(text: str) -> Iterator[Span]:
        yield Span("person", text.index("Goose"), text.index("Goose") + 5, Confidence.POSSIBLE, ("names",))

    text = "She was at Goose's flat. " * times + "A goose was there. GOOSE."
    spans = identify(text, {"names": unsure}, Permitted(()))
    assert [text[span.start : span.end] for span in spans] == ["Goose"] * found
    assert {span.confidence for span in spans} == {Confidence.POSSIBLE}


def test_names_of_other_documents_are_found() -> None:
    first = "She spoke to Mrs Skelwithby."
    names = established(first, identify(first, LAYERS, PERMITTED))
    second = "then skelwithby came"
    assert identify(second, LAYERS, PERMITTED) == ()
    assert len(identify(second, LAYERS, PERMITTED, names)) == 1


def test_each_detector_runs_once_over_the_text() -> None:
    calls: list[str] = []

    def detector(text: str) -> Iterator[Span]:
        calls.append(text)
        yield Span("person", 0, 5, Confidence.POSSIBLE, ("own",))

    spans = identify("Xzqwv was here", {"own": detector}, PERMITTED)
    assert len(calls) == 1
    assert spans[0].detectors[0] == "own"


def test_two_hints_make_likely_and_the_span_says_whose() -> None:
    one = Span("place", 4, 9, Confidence.POSSIBLE, ("names",))
    two = Span("person", 0, 9, Confidence.POSSIBLE, ("gazetteer",))
    merged = merge([one, two])
    assert merged == (Span("person", 0, 9, Confidence.LIKELY, ("gazetteer", "names")),)
    assert merge([one]) == (one,)


SHOWN = [confidence for confidence in Confidence if confidence is not Confidence.FAINT]


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(1, 12), st.sampled_from(SHOWN), st.sampled_from(["a", "b", "c"])),
        max_size=20,
    )
)
def test_merged_spans_cover_the_same_text_in_order(parts: list[tuple[int, int, Confidence, str]]) -> None:
    spans = [Span("person", start, start + length, confidence, (name,)) for start, length, confidence, name in parts]
    merged = merge(spans)
    covered = {i for span in spans for i in range(span.start, span.end)}
    assert {i for span in merged for i in range(span.start, span.end)} == covered
    assert all(before.end <= after.start for before, after in itertools.pairwise(merged))
    assert all(
        any(part.confidence.rank <= span.confidence.rank for span in merged if span.start <= part.start < span.end)
        for part in spans
    )


@given(st.text(alphabet=st.sampled_from("Mrs Kaylegh Ft1/0-.,\n'’\u00ad[]|:@ABC"), max_size=300))
def test_spans_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    spans = identify(text, LAYERS, PERMITTED)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))


@pytest.mark.parametrize("name", sorted(LAYERS))
@pytest.mark.parametrize(
    "piece",
    [
        "A",
        "a ",
        "A ",
        "Ab ",
        "A. ",
        "Mr ",
        "Ab-",
        "O'A",
        "Aa, ",
        "ab cd ",
        "1 Ab ",
        "the Ab ",
        "Name: ",
        "| Ab ",
        "AB ",
        "1 May ",
        "1/1/",
        "St Ab's ",
        "(Ab ",
        "\n",
        " ",
    ],
)
def test_no_layer_can_be_made_slow(name: str, piece: str) -> None:
    quarter, whole = (_seconds(LAYERS[name], (piece * (size // len(piece) + 1))[:size]) for size in (25_000, 100_000))
    assert whole < 2 or whole < 8 * quarter  # four times the text: four times as long, and not sixteen
    assert whole < 60


def _seconds(layer: Detector, text: str) -> float:
    """The time of the processor that a layer takes for a text."""
    import time

    start = time.process_time()
    for _ in layer(text):
        pass
    return time.process_time() - start


def span(start: int, end: int, detector: str, confidence: Confidence = Confidence.POSSIBLE) -> Span:
    return Span("person", start, end, confidence, (detector,))


@pytest.mark.parametrize(
    ("detectors", "expected"),
    [
        (["gazetteer"], Confidence.POSSIBLE),
        (["gazetteer", "places", "traces"], Confidence.POSSIBLE),
        (["cues", "forms"], Confidence.POSSIBLE),
        (["gazetteer", "cues"], Confidence.LIKELY),
        (["gazetteer", "names"], Confidence.LIKELY),
        (["cues", "names"], Confidence.LIKELY),
        (["names"], Confidence.POSSIBLE),
    ],
)
def test_lists_of_words_are_one_hint_and_the_words_around_another(detectors: list[str], expected: Confidence) -> None:
    (joined,) = merge([span(0, 4, name) for name in detectors])
    assert joined.confidence is expected
    assert set(joined.detectors) == set(detectors)


def test_a_list_that_is_sure_of_itself_is_one_hint_all_the_same_and_a_model_that_is_sure_needs_none() -> None:
    assert merge([span(0, 4, "gazetteer", Confidence.LIKELY)])[0].confidence is Confidence.POSSIBLE
    assert merge([span(0, 4, "names", Confidence.LIKELY)])[0].confidence is Confidence.LIKELY
    assert merge([span(0, 4, "cues", Confidence.CERTAIN)])[0].confidence is Confidence.CERTAIN


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([], None),
        ([("names", Confidence.FAINT)], None),
        ([("traces", Confidence.FAINT)], Confidence.POSSIBLE),
        ([("gazetteer", Confidence.POSSIBLE)], Confidence.POSSIBLE),
        ([("cues", Confidence.POSSIBLE)], Confidence.LIKELY),
        ([("patterns", Confidence.CERTAIN)], Confidence.CERTAIN),
    ],
)
def test_a_faint_hint_counts_beside_another(others: list[tuple[str, Confidence]], expected: Confidence | None) -> None:
    merged = merge([span(0, 4, "names", Confidence.FAINT), *(span(0, 4, name, how) for name, how in others)])
    assert [found.confidence for found in merged] == ([expected] if expected else [])


def test_what_was_weighed_once_is_not_weighed_again() -> None:
    once = merge([span(0, 4, "names", Confidence.FAINT), span(0, 4, "gazetteer")])
    assert merge(once, again=True) == once
    place = merge([span(0, 4, "places", Confidence.CERTAIN)])
    assert merge(place, again=True) == place != ()
    assert merge([span(0, 4, "places", Confidence.LIKELY)]) == ()


INVENTED = (
    "In it he is called Jasper. It is not his name. It was picked by his sister, who is called Coral, from a list.\n\n"
    "Jasper was seen in May. Coral told school. Later Jasper moved. Nobody asked Coral or Jasper.\n\n{}"
)


def test_a_report_that_says_that_its_names_are_invented_is_heard() -> None:
    assert not {"Jasper", "Coral"} & found(INVENTED.format(""), confident=True)


def test_a_name_that_stands_once_beside_invented_ones_is_found_all_the_same() -> None:
    assert "Tegan" in found(INVENTED.format("A neighbour, Tegan, rang the police."), confident=True)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("The Panel met on 21 June, 19 July and 13 September 2010.", set()),
        ("The report was accepted by the Board on 14 July 2011.", set()),
        ("He fell on 21 June, and again on 19 July.", {"21 June", "19 July"}),
        ("She died on the fourteenth of July.", {"fourteenth of July"}),
        ("Seen 17.O9.2OO3 with a bruise.", {"17.O9.2OO3"}),
        ("DOB 3-xi-08, brought by a neighbour.", {"3-xi-08"}),
        ("8.9.15 Starts in Year 1.\n5.10.15 Spoke to Mum.", {"8.9.15", "5.10.15"}),
        ("He came 2010-07-08T03:40 and left.", {"2010-07-08T03:40"}),
        ("Rec'd: 23/11 by hand.", {"23/11"}),
        ("Last seen 15/4 21.30 near home.", {"15/4 21.30"}),
        ("GCS 15/15, d+v 4/7, for 24/52, 14/20 on the scale.", set()),
        ("He came on the 8th and the 11th, he said.", {"8th and the 11th"}),
        ("Seen l7/ll/2oo4 at home.", {"l7/ll/2oo4"}),
        ("EDD = Xmas Eve, first baby.", {"Xmas Eve"}),
        ("Please visit Mon 24, after lunch.", {"Mon 24"}),
        ("4 | Audit of files | Head of Service | 31 May 2015 | Green", set()),
        ("12.3.09 | HV | Mother admitted to hospital | 4.4.09", {"12.3.09", "4.4.09"}),
        ("Her birth was on the first Sunday of Advent 2013.", {"the first Sunday of Advent 2013"}),
        ("She died 5 days before Xmas 2015.", {"5 days before Xmas 2015"}),
        ("Mar 03 - rang.\nApr 14 03 - ceiling down.", {"Apr 14 03"}),
        ("He fell on l4 July 2Ol1, they say.", {"l4 July 2Ol1"}),
        ("He was born on the fifteenth o' March.", {"fifteenth o' March"}),
        ("I phone council 6/1, 9/1, and 15/1.", {"6/1", "9/1", "15/1"}),
        ("Seen 18 Ionawr by the school nurse.", {"18 Ionawr"}),
        ("22 Aug 08 Rec'd call from her aunt.", {"22 Aug 08"}),
        ("It's the baby. Born 14.2. Mum said so.", {"14.2"}),
        ("Baby born 2.1 kg at 3.10 am, on the last working day of January 2012.", set()),
        ("Fri 9 am clinic, all well.", set()),
        ("Thurs 8 he said he had a key.", {"Thurs 8"}),
        ("He fell on 3.4.09 (seen by his aunt) for the entire period", {"3.4.09"}),
        ("Taken to hospital on 3 Mar 09 with bruises.", {"3 Mar 09"}),
        ("Taken to hospital on 3 March 12 of the children were seen.", {"3 March"}),
        ("DOB: 03 03 09, first baby.", {"03 03 09"}),
        ("He was found dead on 3rdMarch 2009.", {"3rdMarch 2009"}),
        ("Father was arrested on Boxing Day.", {"Boxing Day"}),
        ("Father was arrested (Christmas Day 2008) and charged.", {"Christmas Day 2008"}),
        ("She rang 999 on Eid al-Fitr 2009.", {"Eid al-Fitr 2009"}),
        ("The office is closed on Boxing Day.", set()),
        ("She fell on the eve of St Swithin's 2009 at home.", {"the eve of St Swithin's 2009"}),
        ("He was hit on the night of 4/5 June 2009.", {"night of 4/5 June 2009"}),
        ("12.02 T/C to mother, no reply.", {"12.02"}),
        (
            "Collected late: 18:40 7/2, 19:15 18/2, not at all 9/2 (he was 3/12 and 4/7).",
            {"18:40 7/2", "19:15 18/2", "9/2"},
        ),
        ("Her son, b. 2003/07/29, was seen.", {"2003/07/29"}),
        ("I saw him hit her on the Sunday, the 23rd.", {"Sunday, the 23rd"}),
        ("He was hit on 17th Febuary 2011 and on 3 Ocotber 2011.", {"17th Febuary 2011", "3 Ocotber 2011"}),
        ("He fell in Agust 2012 and again in Septmber.", set()),
        ("He was hit on the 20th of that month, December, at home.", {"20th of that month, December"}),
        ("He was hit on 30th Nov/1st Dec at home.", {"30th Nov/1st Dec"}),
        ("She sold the boy a roll on each of the 6th to the 10th of January.", {"6th to the 10th of January"}),
        ("From the phone: IMG_20130714_0233.jpg (infant).", {"20130714"}),
        ("He was arrested on 6 March, a Tuesday, at home.", {"6 March, a Tuesday"}),
        ("Driver stopped 120709 0110 hrs near the bridge.", {"120709"}),
        ("Mother said he was born on 1st of the 1st 91.", {"1st of the 1st 91"}),
        ("She left for good on the twelfth.", {"twelfth"}),
        ("He was arrested. Notified: Sept 12, by his aunt.", {"Sept 12"}),
        ("He was hit on July the 9th.", {"July the 9th"}),
        ("He was hit on July the ninth when she was out.", {"July the ninth"}),
        ("Seen l7 Apri1 1996 at home.", {"l7 Apri1 1996"}),
        ("On the evening of 2nd\nDecember 2012 he struck her.", {"evening of 2nd\nDecember 2012"}),
        ("Completed: 3\nJune 2013 | MARAC | heard", set()),
        ("He was hit on Hogmanay morning, 2009.", {"Hogmanay morning, 2009"}),
        ("He was hit on 3ydd Hydref at home.", {"3ydd Hydref"}),
        ("Her bracelet is dated 30.6 and is blue.", {"30.6"}),
        ("Came in dead this morn 2/2. Very sad.", {"2/2"}),
        ("She was born 1911 Apr 30, of Loveday.", {"1911 Apr 30"}),
        ("In hospital from 2 July to 9 July 2014 with burns.", {"2 July to 9 July 2014"}),
        ("Row 488 / Tue 8 Apr 14 / assaulted by his father", {"Tue 8 Apr 14"}),
        ("He was born on St Davids Day.", {"St Davids Day"}),
        ("OVERVIEW REPORT\nChild D\nAuthor: A. Writer\n\nDate: 22nd June 2021\n", set()),
        ("Author: HV2\nDate: 22nd June 2021\nMother found with bruises at home.", {"22nd June 2021"}),
        ("10.00 Father came.\n10.05 The boy ran to him.\n10.40 He left.", set()),
        ("He was beaten on Halloween night 2012, he said.", {"Halloween night 2012"}),
        ("6.2.10 The panel asked why.\n6.2.11 The answer was that nobody knew.", set()),
        ("ADM: 28:02:1997 with burns to the left foot", {"28:02:1997"}),
        ("Found dead, arr. 22.08.09 0215hrs at the flat.", {"22.08.09 0215hrs"}),
        ("The body was found at 0640, 1 Feb. 1996, dead.", {"0640, 1 Feb. 1996"}),
        ("She was hit on February the twenty-fourth, at home.", {"February the twenty-fourth"}),
        ("My grandson was born 18 Ramadan, at home.", {"18 Ramadan"}),
        ("Father was arrested on valentines day.", {"valentines day"}),
    ],
)
def test_dates_of_the_family_are_told_from_those_of_the_review(text: str, dates: set[str]) -> None:
    found = {text[s.start : s.end] for s in identify(text, LAYERS, PERMITTED) if s.kind == "date"}
    assert {bare(date) for date in found} == {bare(date) for date in dates}


@pytest.mark.parametrize(
    ("head", "times"),
    [("Re: the baby, born 04/05/2007", 4), ("Page header: admitted 04/05/2007", 4), ("4 May 2007", 0)],
)
def test_of_lines_that_come_back_on_each_page_only_a_bare_date_is_the_papers(head: str, times: int) -> None:
    text = "\n\n".join(f"{head}\nNothing else stands on page {page}." for page in "abcd")
    assert len([span for span in identify(text, LAYERS, PERMITTED) if span.kind == "date"]) == times


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Photographs KJB/12 show the bedroom.", "KJB/12"),
        ("her name on there is xx_tilz_xx09, she said", "xx_tilz_xx09"),
        ("From: kmensah at stpetersprimary dot example", "kmensah at stpetersprimary dot example"),
        ("ring 0113 496 0 3 8 8 after six", "0113 496 0 3 8 8"),
        ("Niche occ 41190177623 refers.", "41190177623"),
        ("Rent a/c 300194472 in arrears", "300194472"),
        ("the order B01LS771 was made", "B01LS771"),
        ("still headed with the rent account, VH 60417/3.", "VH 60417/3"),
        ("Child Benefit no: CHB 29473316 KL, paid", "CHB 29473316 KL"),
        ("Adm. nos. 03117, 03244.", "03244"),
        ("a call to 0116 496 0274 after six", "0116 496 0274"),
        ("my number is o7700 9oo 318 please", "o7700 9oo 318"),
        ("(mob) (07700) 90-07-61 only", "(07700) 90-07-61"),
        ("UPN B820200306014, on roll", "B820200306014"),
        ("hidden column, UPN T66440991082", "T66440991082"),
        ("note put through the door (exhibit HG 9), capitals", "HG 9"),
        ("in the account ending 7719 since", "7719"),
        ("touched in with 0612 3349 1077 at noon", "0612 3349 1077"),
        ("Exh. PJV/6 - letter headed so", "PJV/6"),
        ("NHS 999/871/4026, seen today", "999/871/4026"),
        ("in a dark BMW part index YJ07, and off.", "YJ07"),
        ("off in a van, part index FN07 K. I ran.", "FN07 K"),
        ("National Insurance QQ118823A; passport none", "QQ118823A"),
        ("rang 01632 / 960 077 no reply", "01632 / 960 077"),
        ("RE HER SON, Hosp AC 660713. I enclose", "AC 660713"),
        ('exhibit marked "BNW1" being a photograph', "BNW1"),
        ("in a silver car, seen as LM61 ??K, and off", "LM61 ??K"),
        ("in his old Rover, LCK 416P. I ran", "LCK 416P"),
        ("took a bus, K482 JPT, to town", "K482 JPT"),
        ("NI: TN 01 11 75 M (temp.)", "TN 01 11 75 M"),
        ("adm 999-402-6618 and home", "999-402-6618"),
        ("My rent acc. is 40 0811 7723 06 and paid", "40 0811 7723 06"),
        ("write to office@harrowgate.example today", "office@harrowgate.example"),
        ("write to safeguarding@stpetrocs.example today", "safeguarding@stpetrocs.example"),
        ("see www.stpetrocs.fellmarch.sch.uk for it", "www.stpetrocs.fellmarch.sch.uk"),
        ("see www.larkrisesurgery.nhs.uk for it", "www.larkrisesurgery.nhs.uk"),
        ("COLLECTED IN HIS MONDEO, R77 MOZ.", "R77 MOZ"),
        ("my reg was kx 02 ohf back then", "kx 02 ohf"),
        ("in a Seat, reg KX12 0LJ, at six", "KX12 0LJ"),
        ("The drawing I produce as RQ 1.", "RQ 1"),
        ("It is exhibit KMcV-3, a postcard.", "KMcV-3"),
        ("Named nurse, bleep 4417, aware.", "4417"),
        ("Security x 5555 if he comes.", "x 5555"),
        ("Write to v dot pillai at example dot net.", "v dot pillai at example dot net"),
        ("Claim JSA/HB/2210486 is suspended.", "JSA/HB/2210486"),
        ("Book CHB 88 44 71 20 was found.", "CHB 88 44 71 20"),
        ("On each page: CSC ref FWi 3308871", "FWi 3308871"),
        ("BOOKING CONFIRMATION: QK7TRV, for two", "QK7TRV"),
        ("UTR 6540 177 930, a fryer.", "6540 177 930"),
        ("Handset IMEI 35 735117 409620 7 was off.", "35 735117 409620 7"),
        ("Passport 7 0 4 4 1 8 8 2 3 was given up.", "7 0 4 4 1 8 8 2 3"),
        ("Logged in from 192.168.20.14.", "192.168.20.14"),
        ("It came from 2a02:c7d:5327::220 at night", "2a02:c7d:5327::220"),
        ("URN 13BD 0081 702. He said no.", "13BD 0081 702"),
        ("Letter from HMP. I am VX 8812 and write for my son.", "VX 8812"),
        ("Ring +44 (0)161 496 O 133 at night.", "+44 (0)161 496 O 133"),
        ("Mobile (new): 07700  9oo  085", "07700  9oo  085"),
        ("Tel 0116 496 0552 ext 9, please.", "0116 496 0552 ext 9"),
        ("Old plate, K617 ... EJO, silver.", "K617 ... EJO"),
        ("White van, part index ?? 57 UJD.", "?? 57 UJD"),
        ("Paid to 09-06-66 a/c 4417 0023 twice.", "09-06-66 a/c 4417 0023"),
        ("NI q q 6 1 2 2 0 4 a on the form.", "q q 6 1 2 2 0 4 a"),
        ("Hospital no. HOO477l2, term baby.", "HOO477l2"),
    ],
)
def test_numbers_are_found_in_the_ways_in_which_they_are_written(text: str, number: str) -> None:
    assert any(number in span for span in found(text))


@pytest.mark.parametrize(
    "text",
    [
        "Cm no. 5730, page no. 1234, Recommendation no. 1234 and Form no. 4471.",
        "In 2005 2006 2007 2008 there were more.",
        "Write to lscb@fellmarch.example or foi@fellmarch.gov.uk.",
        "See www.nhs.uk/conditions/measles or www.fellmarch.gov.uk.",
        "Write to fscb@fellmarch.example, or ring Fellmarch Safeguarding Children Board on 01632 960118.",
        "Fellmarch Safeguarding Children Board, Room B4, Civic Centre, Stockwell Close, Fellmarch, CT3 3XX.",
        "Help: www.womensaid.org.uk, www.mind.org.uk/help and www.fellmarchhospitals.nhs.uk.",
        "See the comments on 4.2, 5.1 and 6.3.",
        "Ring the Samaritans on 116 123 or 0300 123 4567.",
        "It was his first snap. Nobody knew his shot.",
        "She rang 101, then 999, and 111 in the end.",
        "Each clinic looked at one dot at a time.",
        "The figures are those of DfE SFR 45/2013.",
        "See 4.2.1.3 and 7.10.2.1 of the report.",
    ],
)
def test_numbers_that_are_nobodys_are_left_alone(text: str) -> None:
    assert not [span for span in identify(text, LAYERS, PERMITTED) if span.kind not in ("person", "place")]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("It was the day he turned six.", "the day he turned six"),
        ("The cake came on the eve of his sixteenth birthday.", "the eve of his sixteenth birthday"),
        ("Baby very hot in sling, 24 days.", "24 days"),
        ("At 38 hours of age he was moved.", "38 hours of age"),
        ("Seen: day 11, wt 2.98", "day 11"),
        ("A visit on his bro's tenth birthday, please.", "his bro's tenth birthday"),
        ("She's three days short of eighteen and came alone.", "three days short of eighteen"),
        ("The little lad, who had turned five that very morning, was sat there.", "turned five that very morning"),
        ("shes not walkin because shes only 1 an 2 days not because of it", "1 an 2 days"),
        ("Tell little man he's one a week today and not to wait.", "one a week today"),
        ("Boy's fourth bday yest, no cake, and out of insulin.", "fourth bday yest"),
        ("Baby f, 5 months + 2 wks + 1 d, in swing chair.", "5 months + 2 wks + 1 d"),
        ("Baby was Day 9, gavage feeds.", "Day 9"),
        ("He is a year and nine days old.", "a year and nine days old"),
        ("Mother in with baby, 12 days old today, sticky eye.", "12 days old today"),
        ("Weights. 11 days: 3.02 kg.", "11 days"),
        ("shes 6 weeks n 2 days now", "6 weeks n 2 days"),
        ("She had turned sixteen the day before the Order.", "turned sixteen the day before"),
        (
            "It was six months to the day before his seventeenth birthday.",
            "six months to the day before his seventeenth birthday",
        ),
        ("We went up and down on the morning he turned four.", "the morning he turned four"),
        ("She's only nine days and he left.", "nine days"),
        ("He was eight years and three weeks old.", "eight years and three weeks"),
        ("It was his sixth birthday. No-one said.", "his sixth birthday"),
        ("He told her that he'd be fourteen a week on Sunday.", "fourteen a week on Sunday"),
        ("She was six that very day.", "six that very day"),
        ("At 16 days he was readmitted.", "16 days"),
        ("He was found on the morning of his sixth birthday.", "the morning of his sixth birthday"),
        ("She died four days shy of her second birthday.", "four days shy of her second birthday"),
        ("The party for his third birthday was that afternoon.", "his third birthday"),
        ("Born 26 days earlier, he weighed 2.1 kg.", "26 days earlier"),
        ("On his 40th day he was circumcised.", "40th day"),
        ("Within nine days of his birth they were evicted.", "nine days of his birth"),
        ("He would have been two on the Friday.", "two on the Friday"),
        ("Baby girl, 19/7, feeding well.", "19/7"),
        ("Seen at 3+4 weeks with his aunt.", "3+4 weeks"),
        ("He'd be six on the 4th.", "six on the 4th"),
        ("She had been sixteen for nine days.", "sixteen for nine days"),
        ("She was two days off six months.", "two days off six months"),
        ("It was what would have been his tenth birthday.", "what would have been his tenth birthday"),
        ("A fortnight after her second birthday he left.", "A fortnight after her second birthday"),
        ("One hundred and twelve days: that was his life.", "One hundred and twelve days"),
        ("He had been fed by his sister in the nineteen days that he lived.", "nineteen days that he lived"),
        ("It was held on the baby's hundredth day.", "on the baby's hundredth day"),
        ("He was not yet 48 hours old.", "not yet 48 hours old"),
        ("The injury was done at 11 days old.", "11 days old"),
        ("The baby had lived four days and six hours.", "lived four days and six hours"),
        ("It was the morning he turned four.", "the morning he turned four"),
        ("He spoke the day before he was three.", "the day before he was three"),
        ("Eluned, aged 4 and 0 days, drew it.", "aged 4 and 0 days"),
        ("It was the day before my fifteenth birthday, she said.", "the day before my fifteenth birthday"),
        ("A male child who lived 1 day 6 hours.", "lived 1 day 6 hours"),
        ("The infant was 3 weeks minus 2 days by then.", "3 weeks minus 2 days"),
        ("Baby Rowe, DOL 6, PMA 33+2, off CPAP.", "DOL 6"),
        ("Age at death: 9 hours 20 minutes.", "9 hours 20 minutes"),
        ("He was 26 minutes old.", "26 minutes old"),
        ("She has been 361 days in the world.", "361 days in the world"),
        ("His niece came two days after turning sixteen.", "two days after turning sixteen"),
        ("How old? Three on Sunday.", "Three on Sunday"),
        ("He had a beard at sixteen and eleven days, she says.", "sixteen and eleven days"),
        ("She is eighty years old tomorrow.", "eighty years old tomorrow"),
        ("It was the fifth day of his life.", "fifth day of his life"),
        ("Cot 14, D9 of life, on oxygen.", "D9 of life"),
        ("His mother says 89/7 and is sure.", "89/7"),
        ("It was a day after his birthday.", "a day after his birthday"),
        ("Body of a well-nourished male infant, 83 days by the dates supplied.", "83 days"),
        ("Baby boy, one hour and ten minutes, to SCBU with grunting.", "one hour and ten minutes"),
        ("He lived in the box room for all 83 days of the baby's life.", "all 83 days of the baby's life"),
        ("Passport valid to 08/2011. 16 yrs 0 mths 1 day on issue.", "16 yrs 0 mths 1 day on issue"),
        ("she hold her off the balcony when shes 10 days for likes", "when shes 10 days"),
        ("hes 3 on tuesday", "3 on tuesday"),
        ("its her bday shes 4 tmrw", "4 tmrw"),
        ("its 2 days til im 14 he said hes takin me", "2 days til im 14"),
        ("It was two days after the little man turned one that they rang.", "two days after the little man turned one"),
        ("Gone eleven days before he'd of been four.", "eleven days before he'd of been four"),
        ("Applicant turned 16 on the day that she landed.", "turned 16 on the day that she landed"),
        ("Head inj. Day before 1st birthday.", "Day before 1st birthday"),
    ],
)
def test_ages_to_the_day_are_found(text: str, age: str) -> None:
    assert any(age in span for span in found(text))


@pytest.mark.parametrize(
    "text",
    [
        "On day three of the trial he was at the day centre.",
        "He was born at 38+4 weeks.",
        "She was eleven weeks old.",
        "The rib fractures were at least ten days old.",
        "He is aged six.",
        "Kept for 28 days, then wiped.",
        "One day she will read this report.",
        "The panel met on three days and took two hours each time.",
        "It took 2 days to find a bed, and an assessment within 45 working days.",
    ],
)
def test_ages_in_weeks_and_years_and_other_times_are_none(text: str) -> None:
    assert not [span for span in identify(text, LAYERS, PERMITTED) if span.kind == "age"]


SCHEME = (
    "In this report people have colours instead of names.\n\nMr RUST is her stepfather. AMBER was seen by Ms CORAL. "
    "Then AMBER rang. It was BLUE who told her. AMBER left.\n\n{}"
)


@pytest.mark.parametrize(
    "text", ['SW4 wrote: "KR presents as flat but engaged."', "Phone call also from KR's mum, upset."]
)
def test_initials_of_whom_a_record_says_something_are_for_review(text: str) -> None:
    assert "KR" in found(text) and "KR" not in found(text, confident=True)
    assert not found(f"{text} KR (kinship review) means a review of kin.".replace("KR (", "The review (KR) ("))


@pytest.mark.parametrize("code", ["YP", "OT", "GP", "SW", "MA", "ED"])
def test_codes_and_abbreviations_are_no_initials(code: str) -> None:
    assert not found(f"{code} was asked about it, and {code}'s family, too.")


def test_marks_out_of_ten_and_numbers_of_appendices_are_no_dates() -> None:
    marks = "Week | At home | At school\n1 | 5/10 | 10/10\n2 | 0/10 | 9/10\n"
    assert not found(f'The scores of the diary:\n{marks}"Appendix 14/3" follows Appendix 14/2.')
    assert "5/10" in found("Week | Seen\n1 | 5/10 | at home\n2 | 12/10 | no reply, card left\n3 | 19/10 | seen, bruise")


def test_a_time_of_day_is_no_contact_and_a_chat_no_registration() -> None:
    assert not found("who dis\nits me from the group. im 13 btw\nage is a number lol")


def test_a_name_in_the_name_of_a_folder_is_found() -> None:
    path = r"N:\LSCB\Case Reviews\2013\kettleborough - SILP\final\draft.docx"
    assert found(f"Electronic copies: {path}. Retention: five years") == {"kettleborough"}
    assert found("It was sent as Prob_IMR_ChildK_Hartley_v5_clean.doc, and not filed.") == {"Hartley"}


def test_a_telephone_number_in_words_is_sure() -> None:
    number = "oh seven seven double oh, nine double oh, six four oh"
    assert number in found(f"Ring her, it's um, {number}. Before four.", confident=True)


def test_the_parts_of_an_address_and_a_school_are_one() -> None:
    assert "rear of 8 Denholme Road" in found("arrested, rear of 8 Denholme Road, at two")
    assert "Roeburn C of E" in found("On roll at Roeburn C of E until Y5.")


def test_a_scheme_of_colours_is_heard_and_hides_nobody_else() -> None:
    assert found(SCHEME.format("She met Tegan Marsh."), confident=True) == {"Tegan Marsh"}


def test_people_of_colour_are_no_scheme() -> None:
    text = "Families of people of colour were asked. Amber Skelwithby came. Amber told us. Amber left. Amber said so."
    assert any("Amber" in span for span in found(text, confident=True))


def test_letters_that_are_not_initials_are_nobody() -> None:
    text = (
        'Persons have letters. These are not their initials. "N.M." is the mother, "N.X." her partner. N.M. told N.X.'
    )
    assert found(text, confident=True) == set()


@pytest.mark.parametrize(
    "text",
    [
        "She liked her Tripp Trapp.",
        "He was read The Big Issue.",
        "They asked Marian Brandon.",
        "The moses basket was wet.",
    ],
)
def test_public_things_are_left_alone_without_a_cue(text: str) -> None:
    assert found(text, confident=True) == set()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("PC1 (Hadlow) took the call; Housing (Fagg) saw the bare chest.", {"Hadlow", "Fagg"}),
        ("Kids x2 (Poppy, Kayden) upstairs.", {"Poppy", "Kayden"}),
        ("A hooded male known as Wonky ran off.", {"Wonky"}),
        ("SW1 (Agency) and HV2 (Bank) met Police (Response).", set()),
        ("Finding B. MACSE meetings, and ANNEX D. READING", set()),
    ],
)
def test_names_are_found_whole_and_by_what_they_do(text: str, names: set[str]) -> None:
    assert {text[s.start : s.end] for s in identify(text, LAYERS, PERMITTED)} == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("In April was the panel told of it, and by June told again.", set()),
        ("file:///S:/reviews/final.docx", set()),
        ("She lives at Flat 3, Ebba House, Ebb Road. The child was taken to Ebba's Infirmary.",
         {"Flat 3, Ebba House, Ebb Road", "Ebba's Infirmary"}),
    ],
)  # fmt: skip
def test_the_model_and_the_layers_together(text: str, names: set[str]) -> None:
    assert {text[s.start : s.end] for s in identify(text, ALL, PERMITTED)} == names


def test_a_name_of_several_words_at_which_somebody_was_is_likely() -> None:
    text = "Mother was drinking at the Quiet Woman. The Quiet Woman was mentioned. He came back from the Isle of Wight."
    spans = identify(text, ALL, PERMITTED)
    assert spans[0].confidence is Confidence.LIKELY and "Quiet Woman" in text[spans[0].start : spans[0].end]
    assert not any("Wight" in text[span.start : span.end] for span in spans)


def test_a_surname_that_is_a_word_is_a_faint_hint_where_somebody_does_something() -> None:
    spans = list(LAYERS["gazetteer"]("The officer noted that Brown had been drinking. The Brown report was read."))
    assert [(span.start, span.confidence) for span in spans] == [(23, Confidence.FAINT)]


@pytest.mark.parametrize("name", ["Brown", "White", "Green", "Hall", "Young", "Long", "Price", "King", "Wood", "Hill"])
@pytest.mark.parametrize("form", ["Mr J {}", "Ms K. {}", "MR {}", "Dr {}", "PC {}", "DC {}", "the {} family", "mrs {}"])
def test_a_surname_that_is_a_word_of_offices_or_a_colour_is_found(form: str, name: str) -> None:
    shown = form.format(name.upper() if form.isupper() else name.lower() if form == "mrs {}" else name)
    text = f"The flat was seen by {shown} and left empty."
    assert any(name.lower() in span.lower() for span in found(text))


@pytest.mark.parametrize(
    "text",
    [
        "What Mr A Said about it is in Appendix 2.",
        "Mr B Father of Child 1 and Mr X Police were there.",
        "References seen? Y. List 99 checked? N. Gaps over a year explained.",
        "In the view of his mother, April 2010 was the turning point.",
        "The Foster family team and the Polish family left.",
    ],
)
def test_a_word_behind_a_code_or_an_answer_is_no_surname(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    "text", ["Her sister {} was in the room.", "He told {} to go up.", "Mother said that {} had fallen."]
)
@pytest.mark.parametrize("name", ["April", "May", "June"])
def test_a_girl_called_like_a_month_is_found(text: str, name: str) -> None:
    assert name in found(text.format(name))


def test_a_month_stays_one_beside_somebody_called_june() -> None:
    text = "His wife June came. From March to June nobody did. The June meeting fell in June 2009. June rang twice."
    spans = [span for span in identify(text, ALL, PERMITTED) if text[span.start : span.end].endswith("June")]
    assert [span.start for span in spans if span.kind == "person"] == [text.index("June"), text.index("June rang")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I am writing about Mark Brown, who was discharged.", "Mark Brown"),
        ("Nominal: BROWN, Mark, links to this address.", "BROWN, Mark"),
        ("Health visitor rang Dr Self to ask about it.", "Dr Self"),
        ("A fight broke out outside the Crown and he ran.", "the Crown"),
    ],
)
def test_words_that_the_lists_know_are_names_where_they_are_called_so(text: str, name: str) -> None:
    assert name in found(text, confident=True)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (
            "F A O  M A S H.   c h i l d :  T y r e e s e    N H S  n u m b e r  9 9 9  0 7 1  4 4 2 8    seen",
            "T y r e e s e",
        ),
        ("c h i l d :  T y r e e s e    N H S  n u m b e r  9 9 9  0 7 1  4 4 2 8    seen", "9 9 9  0 7 1  4 4 2 8"),
        ("c h i l d  T y r e e s e  seen at home.", "T y r e e s e"),
        ("NHS number 9 9 9  0 7 1  4 4 2 8 seen.", "9 9 9  0 7 1  4 4 2 8"),
        ("Left in a black taxi, plate H 0 7  B S Y.", "H 0 7  B S Y"),
    ],
)
def test_what_is_spaced_out_is_found_where_it_stands(text: str, part: str) -> None:
    assert part in found(text)


def test_a_word_by_which_others_knew_somebody_is_a_name() -> None:
    assert "Kojak" in found("He slept in a doorway. Others on the street knew him as Kojak.")


@pytest.mark.parametrize("age", ["12 dys old", "age of 17 days", "10/7 of age", "D5", "six weeks plus six", "6w3d"])
def test_ages_to_the_day_are_told_in_many_ways(age: str) -> None:
    text = f"Baby was seen by the midwife on {age}, feeding well."
    assert {
        text[s.start : s.end].removeprefix("on ") for s in identify(text, LAYERS, PERMITTED) if s.kind == "age"
    } == {age}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("We got engaged on Christmas Eve 2015 and he left.", "on Christmas Eve 2015"),
        ("They came Bonfire Night two thousand and twelve in a van.", "Bonfire Night two thousand and twelve"),
        ("He was seen after Ash Wednesday (10 Feb 2016), at the gates.", "Ash Wednesday (10 Feb 2016"),
        ("He collapsed at home, St Stephen's Day, and died.", "St Stephen's Day"),
        ("Witness, translated: he hit her on 22 temmuz at night.", "22 temmuz"),
        ("Ur. 3 maja 2009 w szpitalu.", "3 maja 2009"),
        ("He was hit on the 8th of that same October at home.", "the 8th of that same October"),
    ],
)
def test_days_with_a_name_and_in_other_tongues_are_dates(text: str, date: str) -> None:
    assert date in found(text)


def test_durations_and_policies_are_no_ages() -> None:
    text = "It lay there for three weeks and two days. A young person's 18th birthday ends it, "
    text += "six weeks and a day after the referral."
    assert not [span for span in identify(text, LAYERS, PERMITTED) if span.kind == "age"]
