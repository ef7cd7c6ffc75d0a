from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.facts import TensorFacts, TextFacts, Value
from tutor.renderables.charset import Charset
from tutor.renderables.operation_picture import operations_in_words, operations_picture
from tutor.renderables.operations import Operation, operations_on

PLAIN = Charset(color=False)
SHAPES: Mapping[str, tuple[int, ...]] = {
    "x": (64, 8), "w": (8, 1), "b": (1,), "y": (64,), "pred": (64, 1), "img": (4, 3, 6, 5), "q": (2, 4, 3), "r": (2, 3, 5),
}  # fmt: skip
VALUES: Mapping[str, Value] = {name: TensorFacts(shape, "float32") for name, shape in SHAPES.items()} | {
    "s": TextFacts("str", "'a'")
}


def operations(line: str) -> list[Operation]:
    return operations_on(line, 1, VALUES)


@pytest.mark.torch
@pytest.mark.parametrize(
    "code",
    [
        "x @ w + b", "pred - y", "((pred - y) ** 2).mean()", "torch.matmul(q, r)", "torch.bmm(q, r)", "q.matmul(r)", "y @ x", "x.T @ y",
        "img.mean(dim=(2, 3), keepdim=True)", "img.sum(1)", "img.sum(-1)", "torch.sum(img, dim=0)", "img.amax((1, 2))", "y.sum()",
        "img.permute(0, 2, 3, 1)", "img.transpose(1, -1)", "img.flatten(1)", "img.flatten()", "img.flatten(1, 2)", "x.t()",
        "img.view(4, -1)", "img.reshape((12, 30))", "y.unsqueeze(1)", "y.unsqueeze(-1)", "pred.squeeze()", "pred.squeeze(1)",
        "pred.squeeze(0)", "img.movedim(1, 3)", "img.movedim(3, 0)", "img.mT", "-x", "x > 0", "torch.relu(x) * 2", "y.ravel()",
        "(y.unsqueeze(1) + y).argmax(dim=1)", "x.softmax(1).sum(1)", "2 - y", "q @ r[0]",
    ],
)  # fmt: skip
def test_a_shape_worked_out_from_the_code_is_the_one_torch_makes(code: str) -> None:
    import torch

    names = {name: torch.zeros(shape) for name, shape in SHAPES.items()}
    made = eval(code, {"torch": torch, **names})
    extra = {"r[0]": TensorFacts(SHAPES["r"][1:], "float32")}
    found = operations_on(code, 1, {**VALUES, **extra})
    if not found:
        assert code == "-x"
        return
    assert found[-1].result == tuple(made.shape)


@pytest.mark.parametrize(
    "code",
    [
        "x @ y",
        "x + w",
        "pred.view(3, -1)",
        "img.permute(0, 1)",
        "y.sum(1)",
        "y.unsqueeze(4)",
        "img.sum((1, 1))",
    ],
)
def test_what_torch_refuses_has_no_result(code: str) -> None:
    assert all(operation.result is None for operation in operations(code))


@pytest.mark.parametrize(
    "code",
    [
        "model(x)",
        "s + s",
        "unknown @ x",
        "x.view(*sizes)",
        "x.sum(dim=axis)",
        "f'{x}'",
        "[a for a in x]",
        "x = = 1",
        "\0",
    ],
)
def test_what_cannot_be_told_from_the_code_is_left_out(code: str) -> None:
    assert operations(code) == []


def test_only_the_expressions_of_the_line_are_read() -> None:
    source = "for i in range(3):\n    a = x @ w\n    c = (pred -\n         y)\n"
    assert operations_on(source, 1, VALUES) == []
    assert [operation.text for operation in operations_on(source, 2, VALUES)] == ["x @ w"]
    assert [operation.text for operation in operations_on(source, 4, VALUES)] == ["pred - y"]


def test_plain_arithmetic_is_left_out_beside_something_worth_seeing() -> None:
    words = operations_in_words(operations("((pred - y) ** 2).mean()"))
    assert words.split("\n") == [
        "pred (64, 1) and y (64,) give (64, 64); of pred: axis -1 repeated 64 times; of y: axis -2 added.",
        "((pred - y) ** 2).mean() makes () of (64, 64): every axis vanishes: one number.",
    ]
    assert (
        operations_in_words(operations("x * 2"))
        == "x (64, 8) and 2 () give (64, 8); of 2: axis -2 added, axis -1 added."
    )


def test_a_reduction_shows_which_axis_is_gone_and_a_kept_one_as_1() -> None:
    gone = operations_picture(operations("img.sum(1)"), 80, PLAIN).plain.split("\n")
    assert gone[3].split() == ["result", "│", "4", "·", "6", "5", "axis", "1", "(3)", "vanishes"]
    kept = operations_picture(operations("img.mean(dim=(2, 3), keepdim=True)"), 80, PLAIN).plain.split("\n")
    assert kept[3].split()[:6] == ["result", "│", "4", "3", "1", "1"]
    assert kept[3].endswith("axis 2 (6) and axis 3 (5) shrink to 1")


def test_a_permutation_says_where_each_axis_came_from() -> None:
    picture = operations_picture(operations("img.permute(0, 2, 3, 1)"), 80, PLAIN).plain.split("\n")
    assert picture[1] == "img (4, 3, 6, 5)  →  (4, 6, 5, 3)"
    assert picture[2] == "  axis 1 was axis 2, axis 2 was axis 3, axis 3 was axis 1"


@given(st.text(max_size=30), st.integers(0, 3))
def test_whatever_stands_on_a_line_reading_it_never_fails(source: str, line: int) -> None:
    found = operations_on(source, line, VALUES)
    assert operations_picture(found, 60, PLAIN).plain.isprintable() or found


@given(
    st.sampled_from(["x", "w", "img", "q"]),
    st.sampled_from(["+", "@", "*", "-", "=="]),
    st.sampled_from(["r", "pred", "b", "y"]),
    st.integers(30, 100),
)
def test_every_picture_of_an_operation_keeps_its_width(left: str, sign: str, right: str, width: int) -> None:
    found = operations(f"({left} {sign} {right}).sum(0)")
    lines = operations_picture(found, width, PLAIN).plain.split("\n")
    assert max(map(len, lines)) <= width
