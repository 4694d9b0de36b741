"""A finding reaches to the borders of the name, number or address that it stands in."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_scr_compliance.identifiers.borders import join_addresses, widen
from pytest_scr_compliance.model import Confidence, Span


def widened(text: str, part: str, kind: str) -> str:
    start = text.index(part)
    (span,) = widen(text, [Span(kind, start, start + len(part), Confidence.LIKELY, ("names",))])
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("kind", "text", "part", "whole"),
    [
        ("person", "It was Balraj Tiwana who rang.", "Balraj", "Balraj Tiwana"),
        ("place", "from rear bedroom, Larkshall Terrace by", "Larkshall Terrace", "rear bedroom, Larkshall Terrace"),
        ("place", "the end one at Larkshall Rise.", "Larkshall Rise", "the end one at Larkshall Rise"),
        ("place", "Larkshall Terrace, number twelve, the green one", "Larkshall Terrace", "Larkshall Terrace, number twelve"),
        ("police-reference", "refers to it as incident 2218-04471 and", "2218-04471", "incident 2218-04471"),
        ("organisation", "the maternity unit at Sorrel House.", "Sorrel House", "the maternity unit at Sorrel House"),
        ("organisation", "Site: Sorrel Gate A&E. Hosp", "Sorrel Gate", "Sorrel Gate A&E"),
        ("person", "It was Kerry-Ann.", "Kerry", "Kerry-Ann"),
        ("person", "Balraj's sister", "Balraj", "Balraj"),
        ("person", "It was Josiah Price who rang.", "Josiah", "Josiah Price"),
        ("person", "It was Annunziata Law who rang.", "Annunziata", "Annunziata Law"),
        ("person", "It was Rehana Bibi who rang.", "Rehana", "Rehana Bibi"),
        ("person", "BALRAJ SAID NOTHING", "BALRAJ", "BALRAJ"),
        ("person", "It was April Nuttall who rang.", "Nuttall", "April Nuttall"),
        ("person", "That was in April Nuttall said.", "Nuttall", "Nuttall"),
        ("person", "3  Rain, Phoebe  14/12", "Phoebe", "Rain, Phoebe"),
        ("person", "mother LITTLE, Eulalee at same", "Eulalee", "LITTLE, Eulalee"),
        ("person", "told CSC, Balraj will ring", "Balraj", "Balraj"),
        ("person", "Father, Balraj, said so.", "Balraj", "Balraj"),
        ("person", "22/0417 – Eke, Phoebe – Flat", "Phoebe", "Eke, Phoebe"),
        ("person", "told Ms Haile-Selassie Brown of", "Haile-Selassie", "Haile-Selassie Brown"),
        ("person", "sweets from Balraj's.", "Balraj", "Balraj's"),
        ("person", "tea at Balraj's house.", "Balraj", "Balraj"),
        ("organisation", "outside the Crown.", "Crown", "the Crown"),
        ("phone", "on 0113 496 0274/5 at", "0113 496 0274", "0113 496 0274/5"),
        ("organisation", "Larkshall Care (Suffolk) Ltd made", "Larkshall Care", "Larkshall Care (Suffolk) Ltd"),
        ("place", "a farm in Newcastle on Clun.", "Clun", "Newcastle on Clun"),
        ("place", "hid in the lock-up behind Larkshall Terrace.", "Larkshall Terrace", "the lock-up behind Larkshall Terrace"),
        ("person", "Contact 1: Balraj bhai. Contact 2", "Balraj", "Balraj bhai"),
        ("person", "his employer, Nuttall Aggregates, said", "Nuttall", "Nuttall Aggregates"),
        ("person", 'from "Mental Balraj" today', "Balraj", "Mental Balraj"),
        ("person", "outside Morris's tearooms by", "Morris", "Morris's tearooms"),
        ("person", "It was Rehana  Bibi who", "Rehana", "Rehana  Bibi"),
        ("person", "told Balraj Social Worker", "Balraj", "Balraj"),
        ("person", "O'Dowda rang", "Dowda", "O'Dowda"),
        ("person", "It was Dean \"Jacko\" Frizzell.", "Jacko\" Frizzell", "Dean \"Jacko\" Frizzell"),
        ("person", "saw Mama Joy there", "Joy", "Mama Joy"),
        ("person", "Pt: Sackett, Dean.", "Sackett", "Sackett, Dean"),
        ("person", "School 3 = Ankerside Junior", "Ankerside", "Ankerside Junior"),
        ("person", "the mother and Balraj rang", "Balraj", "Balraj"),
        ("organisation", "St Petroc's Hospice for Children", "St Petroc's Hospice", "St Petroc's Hospice for Children"),
        ("place", "lives at Tumbledown, Chew Magna.", "Chew Magna", "Tumbledown, Chew Magna"),
        ("place", "the flat over 112 Larch Lane.", "Larch Lane", "the flat over 112 Larch Lane"),
        ("person", "said Dean Arkwright has moved", "Arkwright", "Dean Arkwright"),
        ("postcode", "at 4 Tan-y-Bryn, Lan SY22 6ZX.", "Tan-y-Bryn, Lan SY22 6ZX", "4 Tan-y-Bryn, Lan SY22 6ZX"),
        ("place", "collects from the car wash on Tenter Street.", "Tenter Street", "the car wash on Tenter Street"),
        ("place", "attends gurdwara on Tenter Rd most", "Tenter Rd", "gurdwara on Tenter Rd"),
        ("organisation", "to PICU at the Alexandra today", "Alexandra", "PICU at the Alexandra"),
        ("address", "Re: 147b Larch Road (basement). Notice", "147b Larch Road", "147b Larch Road (basement)"),
        ("place", "a drop at Foundry Lane, by the arches.", "Foundry Lane", "Foundry Lane, by the arches"),
        ("place", "Mardyke Close, Nos. 1 - 24: known", "Mardyke Close", "Mardyke Close, Nos. 1 - 24"),
        ("place", "3 at Wivelsfield stn 6.40", "Wivelsfield", "Wivelsfield stn"),
        ("place", "Bus shelter, Larkshall Cross. F, 14", "Larkshall Cross", "Bus shelter, Larkshall Cross"),
        ("place", "Neighbours at 17 and 19 Larkshall Row", "19 Larkshall Row", "17 and 19 Larkshall Row"),
        ("place", "It stood empty in 2010 and 19 Larkshall Row", "19 Larkshall Row", "19 Larkshall Row"),
        ("place", "He lived at Sixty-one, Larkshall", "Larkshall", "Sixty-one, Larkshall"),
        ("organisation", "slapped at Darul Noor madrasah for", "Darul Noor", "Darul Noor madrasah"),
        ("organisation", "at the Toybox drop-in on", "Toybox drop-", "the Toybox drop-in"),
        ("organisation", "over the Banaadir internet café.", "Banaadir", "the Banaadir internet café"),
        ("organisation", "He served in 2nd Battalion, Royal Rifles", "Battalion, Royal Rifles", "2nd Battalion, Royal Rifles"),
        ("organisation", "played for AFC Dronley Juveniles U12 on", "Dronley Juveniles", "AFC Dronley Juveniles U12"),
        ("organisation", "admitted to Ward 4B in", "Ward", "Ward 4B"),
        ("organisation", "at Larkrise Primary Head Teacher", "Larkrise Primary", "Larkrise Primary"),
        ("place", "Loc: Flat 2 (rear), Ebba House, Ramsholt", "Ebba House, Ramsholt", "Flat 2 (rear), Ebba House, Ramsholt"),
        ("place", "lives at 14 Larch Close, Ramsholt.", "Larch Close", "14 Larch Close, Ramsholt"),
        ("place", "in Larch Close, Mother said", "Larch Close", "Larch Close"),
        ("place", "born on the Isle of Sornay.", "Sornay", "the Isle of Sornay"),
        ("place", "in the car, A39 lay-by below Porrick Hill;", "Porrick Hill", "A39 lay-by below Porrick Hill"),
        ("organisation", "at Costcutter on the Parade a bucket", "Costcutter", "Costcutter on the Parade"),
        ("organisation", "headed Tiddlers at the Institute - our", "Tiddlers", "Tiddlers at the Institute"),
        ("organisation", "the Free Church at Ebenezer Row", "Free Church", "the Free Church at Ebenezer Row"),
        ("place", "at Larch Close on 14 July", "Larch Close", "Larch Close"),
        ("reference", "ref. 0419/2011(E) of", "0419/2011", "0419/2011(E)"),
        ("reference", "account, VH 60417/3.", "60417/3", "VH 60417/3"),
        ("reference", "no: CHB 29473316 KL\n", "29473316", "CHB 29473316 KL"),
        ("reference", "And I 0061234 rang", "0061234", "0061234"),
        ("date", "on 3 June 2010 Mother", "3 June 2010", "3 June 2010"),
    ],
)  # fmt: skip
def test_a_part_becomes_the_whole(kind: str, text: str, part: str, whole: str) -> None:
    assert widened(text, part, kind) == whole


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Flat C (attic), Trafalgar House, CT3 3XX", ["Flat C", "Trafalgar House", "CT3 3XX"]),
        ("14 Mill Row, off Hob Lane\nRamsholt", ["14 Mill Row", "Hob Lane", "Ramsholt"]),
    ],
)
def test_the_pieces_of_an_address_are_one(text: str, pieces: list[str]) -> None:
    kinds = ["address", *["place"] * (len(pieces) - 1)]
    starts = [text.index(piece) for piece in pieces]
    spans = [
        Span(kind, start, start + len(piece), Confidence.LIKELY, ("names",))
        for kind, start, piece in zip(kinds, starts, pieces, strict=True)
    ]
    (joined,) = join_addresses(text, spans)
    assert (joined.kind, joined.start, joined.end) == ("address", 0, len(text))


def test_villages_of_a_list_and_two_sentences_stay_apart() -> None:
    for text in ("Ramsholt, Sornay", "Ramsholt was quiet. Sornay"):
        spans = [
            Span("place", text.index(name), text.index(name) + len(name), Confidence.LIKELY, ("names",))
            for name in ("Ramsholt", "Sornay")
        ]
        assert list(join_addresses(text, spans)) == spans


_TEXTS = st.text(alphabet=st.sampled_from("Ab Zx1,-'/()\n. Flat of"), min_size=1, max_size=120)
_KINDS = st.sampled_from(["person", "place", "organisation", "address", "reference", "date", "phone"])


@given(_TEXTS, _KINDS, st.integers(0, 119), st.integers(1, 30))
def test_a_span_never_shrinks_leaves_its_line_or_the_text(text: str, kind: str, start: int, length: int) -> None:
    start = start % len(text)
    end = min(len(text), start + length)
    (span,) = widen(text, [Span(kind, start, end, Confidence.LIKELY, ("names",))])
    assert 0 <= span.start <= start < end <= span.end <= len(text)
    assert "\n" not in text[span.start : start] + text[end : span.end]


@pytest.mark.parametrize("piece", ["Zqxb ", "A", "Ab-", "1 ", "A 1 ", "Ab, ", "flat 1 ", "a ", "O'"])
def test_no_text_makes_it_slow(piece: str) -> None:
    text = (piece * (100_000 // len(piece)))[:100_000]
    spans = [
        Span(kind, start, start + 3, Confidence.LIKELY, ("names",))
        for kind in ("person", "place", "reference")
        for start in range(0, len(text) - 3, 40)
    ]
    start = time.process_time()
    assert len(list(widen(text, spans))) == len(spans)
    assert time.process_time() - start < 60
