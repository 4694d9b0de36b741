"""Rules 6xx: hidden and recoverable content of the public output, one rule for each family of classes.

Which class belongs to which rule, and what it means by itself, is data: ``documents/hidden.yaml``. What hidden
content says is searched for identifiers like everything else (SCR401), whatever these rules make of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..documents.classes import hidden_classes
from ..errors import ReadError, Undecided
from ..model import Case, Document, Finding, Hidden, Severity
from .base import DocumentRule, Reading, place_in

if TYPE_CHECKING:
    from ..app import Checker, ExtensionMetadata

REDACTED = (
    "Letter of 10 June 2010, as quoted in the Kent briefing: “preparing SCR overview reports in a form suitable for "
    "publication, or redacting them appropriately before publication”. What a reader can recover was not redacted."
)
UNKNOWN = "SCR603"
"""The rule that reports a class of an extension's reader that is not in the table."""


class HygieneRule(DocumentRule):
    """Base of the rules on hidden content; each reports the classes that the table gives to its code."""

    def check(self, case: Case, document: Document, reading: Reading) -> Iterator[Finding]:
        try:
            content = reading.content(document)
        except ReadError:
            raise Undecided("SCR001") from None
        mine = [hidden for hidden in content.hidden if rule_of(hidden) == self.code]
        for name in dict.fromkeys(hidden.name for hidden in mine):
            found = [hidden for hidden in mine if hidden.name == name and hidden.severity is not Severity.NOTE]
            if not found:
                continue
            severity = min((hidden.severity for hidden in found), key=list(Severity).index)
            yield self.finding(_message(found), place_in(document, found[0].place), severity, kind=name)


def rule_of(hidden: Hidden) -> str:
    """The code of the rule that reports a find."""
    known = hidden_classes().get(hidden.name)
    return known.rule if known else UNKNOWN


def _message(found: list[Hidden]) -> str:
    known = hidden_classes().get(found[0].name)
    what = known.what if known else "hidden content"
    count = sum(hidden.count for hidden in found)
    return what if count == 1 else f"{what} ({count} times, the first of them here)"


class TrackedChanges(HygieneRule):
    """A public document still records who changed what.

    Why it matters: deleted words stay in the file until the change is accepted, and anyone can show them with one
    click. Names that were replaced by pseudonyms late in the drafting are usually still there.

    How to fix: in Word, Review, Accept, Accept All Changes and Stop Tracking; then File, Info, Inspect Document. In
    LibreOffice, Edit, Track Changes, Accept All, and turn recording off. Then make the PDF again from the cleaned
    file: a PDF itself keeps no tracked changes.
    """

    code = "SCR601"
    name = "tracked-changes"
    citation = REDACTED


class CommentsLeft(HygieneRule):
    """A public document holds comments, notes or marks of those who worked on it.

    Why it matters: in the margin, authors ask about real people by their real names, and each comment carries the
    name of the person who wrote it.

    How to fix: in Word, Review, Delete, Delete All Comments in Document; in PowerPoint also empty the notes of each
    slide. In LibreOffice, right-click a comment and delete all comments. In Acrobat, open Comments, select all and
    delete, or use Tools, Redact, Sanitize Document.
    """

    code = "SCR602"
    name = "comments-left-in"
    citation = REDACTED


class HiddenText(HygieneRule):
    """A public document holds text that cannot be seen and can be copied, searched and indexed.

    Why it matters: white, tiny, invisible or hidden text looks as if it were gone, and search engines read it first.
    So do hidden rows, sheets and slides.

    How to fix: delete the text instead of hiding it. In Word, File, Info, Inspect Document finds hidden text; Ctrl+A
    and Reset Font Colour shows white text. In LibreOffice, Edit, Find and Replace by format; Format, Sections for
    hidden sections. In Excel, unhide all sheets, rows and columns, and delete what should not be there. In Acrobat,
    Tools, Redact, Remove Hidden Information.
    """

    code = "SCR603"
    name = "hidden-text"
    citation = REDACTED


class CoveredText(HygieneRule):
    """A public document covers text with a box or a picture, or keeps it under a scan, instead of removing it.

    Why it matters: a black box over a name hides it on the page only. Copying the page into an e-mail, or moving the
    box, brings the name back. This is how redactions fail most often.

    How to fix: replace the words in the source by a pseudonym or "[redacted]" and make the PDF again. In Acrobat,
    Tools, Redact, Mark for Redaction and then Apply: the mark alone removes nothing. In LibreOffice, Tools, Redact.
    For a cut picture, in Word, Picture Format, Compress Pictures, Delete cropped areas. Export a scanned document
    anew from the program in which it was written.
    """

    code = "SCR604"
    name = "covered-text"
    citation = REDACTED


class DoubtfulCharacters(HygieneRule):
    """The text of a public document has an old encoding, or characters that cannot be seen.

    Why it matters: what a reader sees may then differ from what was checked. A character of no width inside of a name
    hides the name from every search, also from this one.

    How to fix: open the file in an editor, remove the invisible characters, and save it as UTF-8. In Word and
    LibreOffice, show formatting marks (Ctrl+Shift+8, Ctrl+F10) or type the passage again.
    """

    code = "SCR605"
    name = "doubtful-characters"
    citation = "Gate's own rule: what was checked must be what is read (fail closed)"
    severity = Severity.REVIEW


class EmbeddedFiles(HygieneRule):
    """A public document holds other files, objects, data or pictures of earlier pages inside of it.

    Why it matters: a chart pasted from Excel brings the whole workbook along, an attachment is published with the
    page that it hangs on, and the small preview picture shows the first page as it looked when it was last made.

    How to fix: in Word, paste charts and tables as pictures (Paste Special), and let File, Info, Inspect Document
    remove custom XML data; untick "Save preview picture" in the properties. In LibreOffice, convert objects to
    pictures. In Acrobat, Attachments, Delete, or Tools, Redact, Sanitize Document.
    """

    code = "SCR606"
    name = "embedded-files"
    citation = REDACTED


class ActiveContent(HygieneRule):
    """A public document holds macros, scripts or actions.

    Why it matters: a report needs none. Macros hold the names of their authors and the paths of their computers, and a
    reader's computer may run them or refuse to open the report.

    How to fix: in Word, save as .docx, which keeps no macros. In LibreOffice, Tools, Macros, Organise, and delete
    them. In Acrobat, Tools, JavaScript, and Tools, Redact, Sanitize Document; or print to a new PDF.
    """

    code = "SCR607"
    name = "active-content"
    citation = "Gate's own rule: a report for the public holds text and nothing that runs"


class PropertiesNamePeople(HygieneRule):
    """The properties of a public document say who wrote it, for whom, or more.

    Why it matters: author, last editor, manager and company are often the social worker or the panel member who held
    the file last, and properties of a board's own may hold case numbers.

    How to fix: in Word, File, Info, Inspect Document, Document Properties and Personal Information. In LibreOffice,
    File, Properties, Reset Properties, and untick "Apply user data". In Acrobat, File, Properties, or Tools, Redact,
    Sanitize Document. If the named person may be named, accept this finding.
    """

    code = "SCR608"
    name = "properties-name-people"
    citation = REDACTED
    severity = Severity.REVIEW


class PathsAndSources(HygieneRule):
    """A public document tells where it comes from: folders, templates, printers, mailboxes, lists of recipients.

    Why it matters: a path such as `S:\\Children\\<surname>\\report.docx` holds the very name that the text leaves
    out; a mail merge names the list of people that it was fed with.

    How to fix: in Word, Developer, Document Template, and attach Normal; Mailings, Start Mail Merge, Normal Word
    Document; remove links with Ctrl+Shift+F9 and edit hyperlinks. In LibreOffice, File, Properties, General, Change
    template, and Options, Load/Save, untick "Load printer settings". In Acrobat, Tools, Edit PDF, Link, View or
    Remove.
    """

    code = "SCR609"
    name = "paths-and-sources"
    citation = REDACTED


class EarlierVersions(HygieneRule):
    """A public document still holds earlier versions of itself, or leftovers that no page shows.

    Why it matters: a PDF that was edited and saved keeps what it said before, and a free tool brings it back: the
    report before the names were taken out.

    How to fix: in Acrobat, save with File, Save As Other, Optimized PDF, or Reduced Size PDF, or use Tools, Redact,
    Sanitize Document; best, export the PDF again from Word or LibreOffice. A package with stray parts: open it in
    Word or LibreOffice and save it under another name.
    """

    code = "SCR610"
    name = "earlier-versions"
    citation = REDACTED


class LeftoverMarkup(HygieneRule):
    """The markup of a public document holds comments, or values of a form.

    Why it matters: comments in HTML or Markdown are not shown and are sent to everyone who opens the page.

    How to fix: delete the comments in a text editor. In Acrobat, flatten forms (Print, Adobe PDF, or Preflight,
    Flatten form fields). Alternative texts are needed by readers who cannot see and may stay: they are searched for
    names and reported there.
    """

    code = "SCR611"
    name = "leftover-markup"
    citation = REDACTED
    severity = Severity.REVIEW


class PictureData(HygieneRule):
    """A picture in the public output says where, when and by whom it was taken.

    Why it matters: a photograph from a telephone holds the place where it was taken to a few metres, which is often
    somebody's home; its preview may show what was cut off.

    How to fix: in Windows, the file's Properties, Details, Remove Properties and Personal Information; in macOS,
    Preview, Tools, Show Inspector, GPS, Remove. Put a screenshot of the picture into the document instead of the
    picture.
    """

    code = "SCR612"
    name = "picture-data"
    citation = REDACTED


RULES: tuple[type[HygieneRule], ...] = (
    TrackedChanges, CommentsLeft, HiddenText, CoveredText, DoubtfulCharacters, EmbeddedFiles, ActiveContent,
    PropertiesNamePeople, PathsAndSources, EarlierVersions, LeftoverMarkup, PictureData,
)  # fmt: skip


def setup(app: Checker) -> ExtensionMetadata:
    """Register the rules of this module."""
    for rule in RULES:
        app.add_rule(rule)
    return {"version": "1"}
