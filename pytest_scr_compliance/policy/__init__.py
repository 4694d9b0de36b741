"""The law as data: YAML files with citations and effective dates, and the function that decides from them."""

from .decide import Law, decide
from .load import load, shipped
from .model import Policy, Provision, Regime

__all__ = ["Law", "Policy", "Provision", "Regime", "decide", "load", "shipped"]
