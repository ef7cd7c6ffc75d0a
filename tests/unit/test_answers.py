import pytest

from tutor.lesson.answers import read_shape, same_answer
from tutor.lesson.model import Ask


@pytest.mark.parametrize(
    "typed",
    [
        "2,3",
        "(2, 3)",
        "[2,3]",
        "torch.Size([2, 3])",
        "2 3",
        "2x3",
        "2×3",
        " 2 , 3 ",
        "Size([2,3])",
        "(2, 3,)",
    ],
)
def test_a_shape_may_be_typed_in_many_ways(typed: str) -> None:
    assert same_answer("shape", typed, "(2, 3)")


@pytest.mark.parametrize("typed", ["3,2", "2", "6", "", "two, three", "(2, 3, 1)", "2.0, 3.0", "tensor"])
def test_another_shape_is_another_answer(typed: str) -> None:
    assert not same_answer("shape", typed, "(2, 3)")


@pytest.mark.parametrize("typed", ["()", "[]", "torch.Size([])", "scalar"])
def test_the_shape_of_a_scalar_has_several_spellings(typed: str) -> None:
    assert read_shape(typed) == ()
    assert same_answer("shape", typed, "()")


def test_nothing_typed_is_no_shape_not_even_a_scalars() -> None:
    assert read_shape("  ") is None


@pytest.mark.parametrize(
    ("ask", "typed", "truth"),
    [
        ("dtype", "torch.float32", "float32"),
        ("dtype", "float", "float32"),
        ("dtype", "Long", "int64"),
        ("device", "cuda:0", "cuda"),
        ("device", "gpu", "cuda:0"),
        ("device", "torch.device('cpu')", "cpu"),
        ("value", "8", "8.0"),
        ("value", "tensor(8.)", "8.0"),
        ("value", "tensor([2., 4.], grad_fn=<MulBackward0>)", "[2, 4]"),
        ("value", "2 4", "[2, 4]"),
        ("value", "2, 4", "[2, 4]"),
        ("value", "(2, 4)", "[2, 4]"),
        ("value", "[[1, 2], [3, 4]]", "[[1, 2], [3, 4]]"),
        ("value", "0.333", "0.3333333"),
        ("value", "nan", "nan"),
        ("value", "[1, nan]", "[1, nan]"),
        ("value", "-inf", "-inf"),
        ("value", "true", "True"),
        ("value", "tensor(True)", "True"),
        ("grad", "tensor([12.])", "[12]"),
        ("grad", "none", "None"),
        ("output", "a  b", "a b\n"),
        ("error", "ValueError", "ValueError"),
        ("error", "builtins.ValueError: bad", "ValueError"),
        ("error", "No error.", "no error"),
        ("error", "none", "no error"),
    ],
)
def test_right_answers_are_read_generously(ask: Ask, typed: str, truth: str) -> None:
    assert same_answer(ask, typed, truth)


@pytest.mark.parametrize(
    ("ask", "typed", "truth"),
    [
        ("dtype", "float64", "float32"),
        ("dtype", "", "float32"),
        ("device", "cuda:1", "cuda:0"),
        ("device", "cpu", "cuda"),
        ("value", "", "8.0"),
        ("value", "8.1", "8.0"),
        ("value", "[2, 4, 6]", "[2, 4]"),
        ("value", "nan", "0"),
        ("value", "1", "True"),
        ("value", "eight", "8.0"),
        ("grad", "0", "None"),
        ("output", "ab", "a b"),
        ("error", "no error", "ValueError"),
        ("error", "TypeError", "ValueError"),
    ],
)
def test_wrong_answers_stay_wrong(ask: Ask, typed: str, truth: str) -> None:
    assert not same_answer(ask, typed, truth)
