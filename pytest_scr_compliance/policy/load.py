"""A policy file → :class:`Policy`: parsed, checked against its schema, and with every reference resolved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..cases.validate import schema_problems
from ..errors import ConfigError
from ..schemas import load_schema
from .model import (
    Criteria,
    DataProtectionLaw,
    Exceptions,
    Ground,
    NationalCase,
    Note,
    Option,
    Period,
    Policy,
    Provision,
    Regime,
    Section,
)

DEFAULT = "england-working-together-2010"


def shipped() -> tuple[str, ...]:
    """Names of the policies that come with the package, the default first."""
    entries = [entry.name for entry in files(__package__).iterdir()]
    names = [name.removesuffix(".yaml") for name in entries if name.endswith(".yaml")]
    return tuple(sorted(names, key=lambda name: (name != DEFAULT, name)))


def policy_bytes(name: str) -> bytes:
    """The bytes of the policy file of that name or path, for its digest.

    Raises:
        ConfigError: it cannot be read.
    """
    try:
        if name.endswith((".yaml", ".yml")):
            return Path(name).read_bytes()
        return (files(__package__) / f"{name}.yaml").read_bytes()
    except OSError as error:
        raise ConfigError(f"policy {name} cannot be read ({type(error).__name__})") from None


@cache
def load(name: str = DEFAULT) -> Policy:
    """The policy of that name, or the one in the file of that path.

    Args:
        name: one of :func:`shipped`, or the path of a YAML file that ends in ``.yaml`` or ``.yml``.

    Raises:
        ConfigError: there is no such policy, or the file is not one; says what is wrong.
    """
    if name.endswith((".yaml", ".yml")):
        try:
            return parse_policy(Path(name).read_text(encoding="utf-8"), name)
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"policy {name} cannot be read ({type(error).__name__})") from None
    if name not in shipped():
        known = ", ".join(shipped())
        raise ConfigError(f"there is no policy {name!r}; give a path that ends in .yaml, or one of {known}")
    return parse_policy((files(__package__) / f"{name}.yaml").read_text(encoding="utf-8"), name)


def parse_policy(text: str, name: str) -> Policy:
    """The policy in the text of a YAML file.

    Args:
        text: the file's content.
        name: what to call it in messages.

    Raises:
        ConfigError: it is not YAML, does not fit the schema, or refers to what is not there.
    """
    import yaml

    try:
        data = _plain(yaml.safe_load(text))
    except (yaml.YAMLError, RecursionError, ValueError):
        raise ConfigError(f"policy {name} is not valid YAML") from None
    _validate(data, name)
    provisions = {id: _provision(id, item, data["sources"], name) for id, item in data["provisions"].items()}

    def cite(id: str) -> Provision:
        if id not in provisions:
            raise ConfigError(f"policy {name} refers to the provision {id!r}, which it does not define")
        return provisions[id]

    policy = Policy(
        id=data["id"],
        title=data["title"],
        review_types=frozenset(data["review_types"]),
        provisions=tuple(provisions.values()),
        regimes=tuple(_regime(item, cite) for item in data["regimes"]),
        forbidden={item["role"]: cite(item["provision"]) for item in data["roles"]["forbidden"]},
        questioned={item["role"]: cite(item["provision"]) for item in data["roles"].get("questioned", [])},
        exceptions=_exceptions(data["exceptions"], cite),
        subjects=frozenset(data["subjects"]),
        criteria=Criteria(
            cite(data["criteria"]["provision"]),
            frozenset(data["criteria"]["outcomes"]),
            frozenset(data["criteria"]["abuse_or_neglect"]),
        ),
        data_protection=tuple(
            DataProtectionLaw(
                item["law"], tuple(item["names"]), _period(item, "from", "until"), cite(item["provision"])
            )
            for item in data["data_protection"]
        ),
        national_cases=tuple(
            NationalCase(**{**item, "provision": cite(item["provision"])}) for item in data.get("national_cases", [])
        ),
        notes=tuple(
            Note(item["text"], _period(item, "initiated_from", "initiated_until"), cite(item["provision"]))
            for item in data.get("notes", [])
        ),
        sections={item["role"]: _sections(item, cite) for item in data["content"]},
    )
    _check_periods(policy, name)
    return policy


def _plain(value: Any) -> Any:
    """YAML's own dates back as ISO strings, so that a date may be written with or without quotes."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _validate(data: Any, name: str) -> None:
    problem = next(schema_problems(data, "policy", {}), None)
    if problem is not None:
        # Keys that the policy makes up itself are its text; only those of the schema are told.
        parts = (problem[1].key or "").split(".")
        known = [part for part in parts if part.partition("[")[0] in _keys(load_schema("policy"))]
        raise ConfigError(f"policy {name} does not fit its schema at {'.'.join(known) or 'its top'}: {problem[0]}")


def _keys(schema: Any) -> set[str]:
    """The names of all keys that a schema knows."""
    if isinstance(schema, list):
        return {key for item in schema for key in _keys(item)}
    if not isinstance(schema, Mapping):
        return set()
    return {*schema.get("properties", ()), *(key for item in schema.values() for key in _keys(item))}


def _provision(id: str, item: Mapping[str, Any], sources: Mapping[str, str], name: str) -> Provision:
    if item["source"] not in sources:
        raise ConfigError(f"policy {name} refers to the source {item['source']!r}, which it does not define")
    codes = tuple(item.get("enforced_by", ()))
    return Provision(id=id, **{**item, "source": sources[item["source"]], "enforced_by": codes})


def _period(item: Mapping[str, Any], first: str, last: str) -> Period:
    days = [date.fromisoformat(item[key]) if key in item else None for key in (first, last)]
    return Period(*days)


def _regime(item: Mapping[str, Any], cite: Any) -> Regime:
    return Regime(
        id=item["id"],
        title=item["title"],
        period=_period(item, "initiated_from", "initiated_until"),
        provision=cite(item["provision"]),
        duty=item["duty"],
        options=tuple(
            Option(option["outcome"], tuple(option["publishes"]), option["when"], cite(option["provision"]))
            for option in item["outcomes"]
        ),
        together=cite(item["together_provision"]),
    )


def _exceptions(item: Mapping[str, Any], cite: Any) -> Exceptions:
    return Exceptions(
        provision=cite(item["provision"]),
        needs_compelling=item["needs_compelling"],
        needs_people=frozenset(item["needs_people"]),
        needs_advice=item["needs_advice"],
        advice_provision=cite(item["advice_provision"]),
        grounds=tuple(Ground(**ground) for ground in item["grounds"]),
    )


def _sections(item: Mapping[str, Any], cite: Any) -> tuple[Section, ...]:
    return tuple(
        Section(
            section["id"],
            section["title"],
            section["severity"],
            tuple(heading.lower() for heading in section["headings"]),
            cite(section.get("provision", item["provision"])),
        )
        for section in item["sections"]
    )


def _check_periods(policy: Policy, name: str) -> None:
    """Every day belongs to at most one regime, and a regime's first option is its duty."""
    regimes = sorted(policy.regimes, key=lambda regime: regime.period.first or date.min)
    for one, two in pairwise(regimes):
        if two.period.first is None or one.period.last is None or two.period.first <= one.period.last:
            raise ConfigError(f"policy {name}: the regimes {one.id} and {two.id} overlap")
    for regime in regimes:
        if regime.default.when != "always":
            raise ConfigError(f"policy {name}: the first outcome of the regime {regime.id} must apply always")
