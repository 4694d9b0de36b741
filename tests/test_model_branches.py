"""A training that parts: every branch goes on from the same state, and the mean of their weights is kept."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from model import branches


@pytest.fixture
def network() -> Any:
    """A small network of thinc's."""
    from thinc.api import Linear, Relu, chain

    inputs = np.zeros((1, 3), dtype="f")
    return chain(Relu(4), Linear(2)).initialize(inputs, inputs[:, :2])


def test_the_mean_of_two_branches_is_that_of_each_weight(network: Any) -> None:
    linear = network.layers[1]
    before = linear.get_param("W").copy()

    def work(number: int) -> bytes:
        linear.set_param("W", before + number)
        state: bytes = network.to_bytes()
        return state

    states = branches.side_by_side(work, 3)
    assert np.array_equal(linear.get_param("W"), before)  # a branch changes nothing here
    branches.average(network, states)
    assert linear.get_param("W") == pytest.approx(before + 1)
    assert network.layers[0].get_param("W").any()


@pytest.mark.parametrize("failing", [0, 1])
def test_a_branch_that_fails_is_no_mean_of_the_others(failing: int, capfd: pytest.CaptureFixture[str]) -> None:
    def work(number: int) -> bytes:
        if number == failing:
            raise ValueError("of one branch")
        return bytes(1_000_000)  # more than a pipe holds: without a reader its sender would wait for ever

    with pytest.raises(EOFError):
        branches.side_by_side(work, 2)
    assert "of one branch" in capfd.readouterr().err
