"""Loading policies: those of the package, and a board's own."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pytest_scr_compliance.errors import ConfigError
from pytest_scr_compliance.policy import load, shipped
from pytest_scr_compliance.policy.load import DEFAULT, parse_policy
from pytest_scr_compliance.settings import Settings

from .policy_helpers import FakeReading, case_of, check, compliant

FOLDER = Path(__import__("pytest_scr_compliance").__file__).parent / "policy"


def text_of(name: str = DEFAULT) -> str:
    return (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_policy_loads_and_cites(name: str) -> None:
    policy = load(name)
    assert policy.id == name
    for provision in policy.provisions:
        assert provision.source in str(provision) and provision.paragraph in str(provision)
        assert provision.certain is ("not confirmed" not in str(provision))
        assert provision.quotation or not provision.certain, f"{provision.id} is certain and quotes nothing"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data.pop("regimes"), "regimes"),
        (lambda data: data["regimes"][0].update(provision="nowhere"), "provision 'nowhere'"),
        (lambda data: data["provisions"]["cutoff"].update(source="nowhere"), "source 'nowhere'"),
        (lambda data: data["regimes"][0].update(initiated_until="2010-06-10"), "overlap"),
        (lambda data: data["regimes"][0].update(initiated_until="2010-6-9"), "schema"),
        (lambda data: data["regimes"][0]["outcomes"][0].update(when="exception"), "must apply always"),
        (lambda data: data.update(surprise=1), "unknown key"),
    ],
)
def test_a_wrong_policy_says_what_is_wrong(change: object, message: str) -> None:
    data = yaml.safe_load(text_of())
    change(data)  # type: ignore[operator]
    with pytest.raises(ConfigError, match=message):
        parse_policy(yaml.safe_dump(data), "own.yaml")


@pytest.mark.parametrize("text", ["{", "[]", "null", "&a [*a]", "!!python/object:os.system {}"])
def test_what_is_no_policy_is_a_configuration_error(text: str) -> None:
    with pytest.raises(ConfigError):
        parse_policy(text, "own.yaml")


def test_an_unknown_name_or_file_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no policy 'enland'"):
        load("enland")
    with pytest.raises(ConfigError, match="cannot be read"):
        load(str(tmp_path / "missing.yaml"))


def test_a_date_may_be_written_without_quotes() -> None:
    assert parse_policy(text_of().replace('"2010-06-10"', "2010-06-10"), DEFAULT) == load()


def test_a_policy_of_ones_own_decides_without_new_code(tmp_path: Path) -> None:
    data = yaml.safe_load(text_of())
    data["regimes"][0].update(initiated_until="2010-12-31")
    data["regimes"][1].update(initiated_from="2011-01-01")
    own = tmp_path / "own.yaml"
    own.write_text(yaml.safe_dump(data), encoding="utf-8")
    run = check(
        case_of(compliant()), FakeReading(settings=Settings(policy=str(own), as_of=FakeReading().settings.as_of))
    )
    assert run.failed == {"SCR202"}
