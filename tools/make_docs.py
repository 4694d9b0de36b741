"""Write the pages that are made from code: ``python -m tools.make_docs``. A test compares them."""

from __future__ import annotations

from pathlib import Path

from pytest_scr_compliance.app import Checker
from pytest_scr_compliance.documents.classes import hidden_classes
from pytest_scr_compliance.reports.pages import rule_page, rules_markdown
from pytest_scr_compliance.settings import settings_fields

REPOSITORY = Path(__file__).parent.parent
DOCS = REPOSITORY / "docs"
README = REPOSITORY / "README.md"
RULES_BEGIN, RULES_END = "<!-- rules, by tools/make_docs.py -->", "<!-- end of rules -->"


def pages() -> dict[str, str]:
    """Path below ``docs/`` → text."""
    rules = Checker().registry.rules.as_dict()
    made = {f"rules/{code}.md": rule_page(rule) for code, rule in rules.items()}
    made["rules.md"] = "# Rules\n\n" + rules_markdown(rules.values())
    made["settings.md"] = settings_page()
    made["hidden.md"] = hidden_page()
    return made


def readme() -> str:
    """The README with its table of rules."""
    before, _, rest = README.read_text(encoding="utf-8").partition(RULES_BEGIN)
    after = rest.partition(RULES_END)[2]
    table = rules_markdown(Checker().registry.rules.as_dict().values(), "docs/rules")
    return f"{before}{RULES_BEGIN}\n\n{table}\n{RULES_END}{after}"


FORMATS = {
    "docx": "Word (.docx, .docm)",
    "odt": "OpenDocument text (.odt)",
    "rtf": "Rich Text Format (.rtf)",
    "pdf": "PDF (.pdf)",
    "xlsx": "Excel (.xlsx, .xlsm)",
    "pptx": "PowerPoint (.pptx, .pptm)",
    "html": "Web pages (.html, .htm)",
    "md": "Markdown (.md, .markdown)",
    "text": "All formats that are text",
    "eml": "E-mail (.eml)",
    "img": "Pictures, also those inside of documents (.jpg, .png, .tif, .gif, .bmp, .webp, .heic)",
    "zip": "All formats that are packages",
}


def hidden_page() -> str:
    """The classes of hidden content by format, with the rule that reports each."""
    text = (Path(__file__).parent / "hidden.template.md").read_text(encoding="utf-8")
    tables = []
    for fmt, title in FORMATS.items():
        rows = [
            f"| `{item.name}` | {item.what} | {item.severity} | [{item.rule}](rules/{item.rule}.md) |"
            for item in sorted(hidden_classes().values(), key=lambda item: (item.rule, item.name))
            if item.name.startswith(f"{fmt}.")
        ]
        tables.append(
            "\n".join([f"### {title}", "", "| class | what it is | by itself | rule |", "|---|---|---|---|", *rows])
        )
    return text.replace("{tables}", "\n\n".join(tables))


def settings_page() -> str:
    """All settings as a table."""
    rows = [f"| `{field.name}` | {_default(field.default)} | {field.metadata['help']} |" for field in settings_fields()]
    return "\n".join(
        [
            "# Settings",
            "",
            "In a TOML file (`scr-compliance.toml`, or `[tool.scr-compliance]` in `pyproject.toml`) for the command and the",
            "hook, by the name in the table; in pytest's configuration with the prefix `scr_`. The options `--as-of`,",
            "`--strict` and `--policy` of the command are `--scr-as-of`, `--scr-strict` and `--scr-policy` in pytest.",
            "",
            "| name | default | what it does |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _default(value: object) -> str:
    return "none" if value in (None, (), "") else f"`{str(value).lower() if isinstance(value, bool) else value}`"


def main() -> None:
    """Write the pages, and remove those of rules that are gone."""
    made = pages()
    for old in (DOCS / "rules").glob("*.md"):
        if f"rules/{old.name}" not in made:
            old.unlink()
    README.write_text(readme(), encoding="utf-8")
    for name, text in made.items():
        (DOCS / name).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
