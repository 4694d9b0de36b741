"""How the packed model in `pytest_scr_compliance/identifiers/model/` is made; not part of the wheel.

`python -m model.build --data DATA` does all of it; `model/README.md` is the model card.
"""
