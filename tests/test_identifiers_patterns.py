"""Numbers are found by form, check digit and cue; what only looks like one is left alone."""

from __future__ import annotations

import time

import pytest

from pytest_scr_compliance.identifiers import checks, patterns
from pytest_scr_compliance.identifiers.lexicon import vocabulary
from pytest_scr_compliance.identifiers.merge import merge
from pytest_scr_compliance.model import Confidence


def found(text: str) -> dict[str, tuple[str, Confidence]]:
    """What is found → its kind and confidence, after spans that overlap are joined."""
    return {text[span.start : span.end]: (span.kind, span.confidence) for span in merge(patterns.detect(text))}


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("NHS No: 999 000 0018", "999 000 0018", "nhs-number"),
        ("his da 447700 900 864 only viber", "447700 900 864", "phone"),
        ("sister has phone 0 7 7 0 0 - 9 0 0 - 0 6 6. he", "0 7 7 0 0 - 9 0 0 - 0 6 6", "phone"),
        ("gave my mobile, 07700 ... 900 ... 297, like a fool", "07700 ... 900 ... 297", "phone"),
        ("had the number as O77 OO9 OO7l5, the", "O77 OO9 OO7l5", "phone"),
        ("his uncle, +32 460 00 11 88, in Brussels", "+32 460 00 11 88", "phone"),
        ("welfare officer on 94618 ext 2055, who", "94618 ext 2055", "phone"),
        ("BBM pin = 2A7F09C4, he said", "2A7F09C4", "social-account"),
        ("and he goes reece underscore 4 underscore life and", "reece underscore 4 underscore life", "social-account"),
        ("Meeting passcode 6Q2xWb; Mother joined", "6Q2xWb", "reference"),
        ("Learner ULN 6180 442 907 did not sit", "6180 442 907", "learner-number"),
        ("CTF voucher, URN CTF 7106 3392 58, still", "CTF 7106 3392 58", "reference"),
        ("His school roll number was 44172 then.", "44172", "reference"),
        ("Datix W-208 116 tells it thus", "W-208 116", "reference"),
        ("ViSOR 0 2 1 4 7 7 3, managed", "0 2 1 4 7 7 3", "reference"),
        ("999 call, CAD 0417 of 03SEP09. How", "CAD 0417 of 03SEP09", "police-reference"),
        ("Her National Insurance number is AB 12 34 56 C.", "AB 12 34 56 C", "nino"),
        ("her pension number is on her sheet QQ 84 11 65 B and", "QQ 84 11 65 B", "nino"),
        ("Romanian passport 08421776 was surrendered", "08421776", "passport"),
        ("licence OSHAU 904126 K99TN 31.", "OSHAU 904126 K99TN 31", "driving-licence"),
        ("FWIN 0417-190605. Caller states", "FWIN 0417-190605", "police-reference"),
        ("Occurrence 31150099274. Att'd", "31150099274", "police-reference"),
        ("in a borrowed Vectra, RUI 4417. She", "RUI 4417", "vehicle-registration"),
        ("a silver Passat, 06-DL-9127, three children", "06-DL-9127", "vehicle-registration"),
        ("Age: 3. CHI 1207980119. Place of death", "1207980119", "nhs-number"),
        ("ring www.hollins-primary.kent.sch.uk first", "www.hollins-primary.kent.sch.uk", "url"),
        ("UPN: A801200001001", "A801200001001", "upn"),
        ("UTR 1234567890", "1234567890", "utr"),
        ("Passport no. 999118234", "999118234", "passport"),
        ("Driving licence MORGA657054SM9IJ", "MORGA657054SM9IJ", "driving-licence"),
        ("PNC ID: 94/156751L", "94/156751L", "pnc-id"),
        ("CRO: 22244/99Y", "22244/99Y", "cro-number"),
        ("Prison no: A9172CK", "A9172CK", "prisoner-number"),
        ("Case number ZC10C00123", "ZC10C00123", "court-case"),
        ("Court ref 1634-5512-0098-7721", "1634-5512-0098-7721", "court-case"),
        ("Police URN 46XX/1234/10 refers", "46XX/1234/10", "police-reference"),
        ("Our ref. GH/4471/Hry", "GH/4471/Hry", "reference"),
        ("Scout leader, 3rd Quillthorne troop.", "3rd Quillthorne troop", "organisation"),
        ("A call was logged, CAD 9017/22JUN05.", "9017/22JUN05", "police-reference"),
        ("MRN 7719034C. Police informed", "7719034C", "hospital-number"),
        ("ref CC2019041902217, by car", "CC2019041902217", "police-reference"),
        ("a Snapchat account in the name of trapz.coldshaw.4L", "trapz.coldshaw.4L", "social-account"),
        ("Ref: LDN/CAD 4471/17Jun", "4471/17Jun", "police-reference"),
        ("Logged by HEMS, 50.4631N 4.4072W.", "50.4631N 4.4072W", "coordinates"),
        ("He drives OJZ 4471 now", "OJZ 4471", "vehicle-registration"),
        ("To: Ward 29, by noon", "Ward 29", "organisation"),
        ("Username: ghostrider", "ghostrider", "social-account"),
        ("a pic from its.poppyy came", "its.poppyy", "social-account"),
        ("<Diamond_Digs> come to my base", "Diamond_Digs", "social-account"),
        ("post by u/throwaway_W: my ex", "throwaway_W", "social-account"),
        ("he is dr_lethe#0009 now", "dr_lethe#0009", "social-account"),
        ("pinned by PippaPlaysxo: yes", "PippaPlaysxo", "social-account"),
        ("Boy15Leeds: how old r u", "Boy15Leeds", "social-account"),
        ("its a black corsa nv09 tzk he was in", "nv09 tzk", "vehicle-registration"),
        ("nino qq 12 34 56 c on the form", "qq 12 34 56 c", "nino"),
        ("the case was zc10c00123 i think", "zc10c00123", "court-case"),
        ("from J.Smith @ example.org", "J.Smith @ example.org", "email"),
        ("Ref ASB/3117 closed", "ASB/3117", "reference"),
        ("Crime ref CR/12345/09", "CR/12345/09", "police-reference"),
        ("Incident 0417 of 11/02/10", "0417 of 11/02/10", "police-reference"),
        ("Liquidlogic ID 4417823", "4417823", "case-id"),
        ("hospital number K0192837", "K0192837", "hospital-number"),
        ("Tenancy ref: 0057-331-02", "0057-331-02", "tenancy-reference"),
        ("Claim ref: HB/2093317/4", "HB/2093317/4", "benefit-reference"),
        ("Sort code 09-99-11", "09-99-11", "sort-code"),
        ("Account no: 31415926", "31415926", "bank-account"),
        ("tel 01632 960288", "01632 960288", "phone"),
        ("ring (01632) 960 288", "(01632) 960 288", "phone"),
        ("on +44 7700 900733", "+44 7700 900733", "phone"),
        ("a.person@example.org wrote", "a.person@example.org", "email"),
        ("see facebook.com/a.person.3", "facebook.com/a.person.3", "social-account"),
        ("add @a_person08", "@a_person08", "social-account"),
        ("registered as WK06 TZJ", "WK06 TZJ", "vehicle-registration"),
        ("reg. A123 BCD", "A123 BCD", "vehicle-registration"),
        ("car reg ABZ 1234", "ABZ 1234", "vehicle-registration"),
        ("Postcode: ZE9 4QT", "ZE9 4QT", "postcode"),
        ("a farm name and EX20 4CV, and", "EX20 4CV", "postcode"),  # no postcode ends so
        (
            "ring o one six three two, nine six o, four four one",
            "o one six three two, nine six o, four four one",
            "phone",
        ),
        ("grid ref SX 412 773", "SX 412 773", "grid-reference"),
        ("at 54.97812, -1.61329", "54.97812, -1.61329", "coordinates"),
        ("found at ///teapot.ladder.fossil.", "///teapot.ladder.fossil", "what3words"),
    ],
)
def test_each_number_of_a_file_is_found(text: str, value: str, kind: str) -> None:
    covering = [what for part, what in found(text).items() if value in part]
    assert [kind_ for kind_, _ in covering] == [kind]
    assert covering[0][1] is not Confidence.POSSIBLE


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("his channel is TezzaPlayz", "TezzaPlayz"),
        ("no answer on the landline 960 114 all day", "960 114"),
        ("Loc'n pin tinsel.brochure.evenly here", "tinsel.brochure.evenly"),
        ("A house in NG7 was raided.", "NG7"),
        ("The neighbour at no. 9 heard it.", "no. 9"),
        ("The calls came from flat 63.", "flat 63"),
        ('She was "Kay Loves Her Boys" on Facebook.', "Kay Loves Her Boys"),
        ('A page called "Justice 4 Alfie" was set up.', "Justice 4 Alfie"),
        ("my number is oh seven seven double-oh nine hundred one", "oh seven seven double-oh nine hundred one"),
        ("book at kayznails.co.uk today", "kayznails.co.uk"),
        ("a Gmail account, tez.noscope, was open", "tez.noscope"),
        ("NMC PIN 09A1234E", "09A1234E"),
        ("They post each Sunday. @1stop.darnz", "@1stop.darnz"),
        ("his login attila_92 was open", "attila_92"),
        ("user KAYLEIGH08 was", "KAYLEIGH08"),
        ("We hold ED 771 0042 B for the boy.", "ED 771 0042 B"),
        ("Drug worker, note TOP-661-09: 60 ml daily.", "TOP-661-09"),
        ("The birth certificate, entry 212 in the book.", "212"),
        ("a key, tagged HH 0032.", "HH 0032"),
        ("It is filed at CYP/LOV/1994/03.", "CYP/LOV/1994/03"),
        ("Old passport 80 063 2295 handed in.", "80 063 2295"),
        (
            "He said nine nine nine, seven oh four, double one six three, thank you",
            "nine nine nine, seven oh four, double one six three",
        ),
    ],
)
def test_what_may_be_a_number_is_for_review(text: str, value: str) -> None:
    assert any(value in part for part in found(text))


@pytest.mark.parametrize(
    "text",
    [
        "In 2010/11 there were 4,417 contacts.",
        "section 47 of the Children Act 1989",
        "ICD-10 J21.0, GCS 15, BP 120/80",
        "SW1, HV2, GP1 and MT3 met.",
        "[2009] UKHL 26 and SI 2006/90",
        "pages 12-14, paragraph 3.21",
        "aged 3 years 2 months",
        "with reference to BS EN 13120:2009 and to standards (YJB, 2009/10)",
        "Ref: perinatal team (PHQ-9 = 13, GAD-7 = 11); battery, CR2032",
        "Mother had registered Child K with GP2 and the childminder, CM1",
        "Entry 3, 14/02 09:05. C-Card. 20.15 lad walks on.",
        "custody record opened by PC 2206 Stobbart on 8 March 2012",
        "N0 w1tne55 was in the medica1 room; CAMHS2 and Password1",
        "A grace period OF 24 HRS was allowed.",
        "i was done.then she went home.",
        "<Control> Which house? see report.final.pdf",
        "on 24 may at 1500hrs, no10 was shut, 1500ml given",
        "The total number was 123456, and the number is 45123.",
        "In 2009 14 children were seen, and 12 000 nationally.",
        "It was lot AC37B061BA, given then; NG205 applies.",
        "40217 | 40219 | 40222 | 40225 | 40227",
        "It is made of cotton, and KLT7 is a code.",
    ],
)
def test_figures_of_a_report_are_left_alone(text: str) -> None:
    assert found(text) == {}


def test_a_checksum_alone_makes_certain_and_a_wrong_one_needs_a_cue() -> None:
    assert found("written on the label: 999 000 0018")["999 000 0018"][1] is Confidence.CERTAIN
    assert found("written on the label: 999 000 0019")["999 000 0019"][1] is Confidence.LIKELY
    assert found("written on the wall: 9990000019") == {"9990000019": ("reference", Confidence.POSSIBLE)}
    assert found("NHS number 999 000 0019")["999 000 0019"][1] is Confidence.LIKELY


def test_check_letters() -> None:
    assert checks.pnc("94/156751L")
    assert not checks.pnc("94/156751M")
    assert checks.cro("22244/99Y")
    assert not checks.cro("22244/99Z")
    assert not checks.nino("QQ123456C")
    assert not checks.postcode("QX1 1AA")


@pytest.mark.parametrize("number", range(len(vocabulary("patterns"))))
def test_no_form_can_be_made_slow(number: int) -> None:
    pattern = patterns.patterns()[number]
    for piece in (
        "1",
        "A",
        "a",
        "1 ",
        "A1",
        "1/",
        "1-",
        "a.",
        "0 1-",
        "www.a",
        "@a",
        "A1 ",
        "12 34 ",
        "°1'",
        "#a1",
        "ref ",
    ):
        text = (piece * (100_000 // len(piece)))[:100_000]
        start = time.process_time()
        for _ in pattern.form.finditer(text, timeout=20):
            pass
        assert time.process_time() - start < 20


@pytest.mark.parametrize(
    ("text", "figures", "confidence"),
    [
        ("She read out 448 2137 to them.", "448 2137", Confidence.POSSIBLE),
        ("The sticker on the notes said 448213.", "448213", Confidence.LIKELY),
        ("Please quote JS/KT/4471 in all letters.", "JS/KT/4471", Confidence.LIKELY),
        ("The sleepsuit was seized as KLT7 at noon.", "KLT7", Confidence.POSSIBLE),
    ],
)
def test_figures_that_nothing_explains_are_references(text: str, figures: str, confidence: Confidence) -> None:
    assert found(text)[figures][1] is confidence
