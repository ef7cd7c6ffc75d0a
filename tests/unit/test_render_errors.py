from __future__ import annotations

import pytest

from tests.snapshots import scenes
from tutor.events import Error
from tutor.facts import Frame, Operand, TensorFacts
from tutor.renderables.charset import Charset
from tutor.renderables.error_line import failed_line
from tutor.renderables.error_picture import error_picture
from tutor.renderables.errors import error_card, error_in_words

PLAIN = Charset(color=False)


def spans(marks: str) -> list[tuple[int, int]]:
    edges = [at for at in range(len(marks) + 1) if (marks[at - 1 : at] == "^") != (marks[at : at + 1] == "^")]
    return list(zip(edges[::2], edges[1::2], strict=True))


def test_a_failed_product_is_drawn_with_the_names_of_its_operands() -> None:
    picture = error_picture(scenes.LINEAR_ERROR, 80, PLAIN).plain
    assert "input (32, 128)  @  model[2].weight.T (64, 10)" in picture
    assert "128 ≠ 64" in picture


def test_folded_axes_in_the_message_still_find_their_operand() -> None:
    error = Error(
        type="RuntimeError",
        message="mat1 and mat2 shapes cannot be multiplied (896x28 and 784x10)",
        operands=(Operand("argument", "images", TensorFacts((32, 1, 28, 28), "float32")),),
    )
    assert "images (896, 28)  @  weight.T (784, 10)" in error_picture(error, 80, PLAIN).plain


def test_batches_that_do_not_line_up_are_drawn_as_a_product() -> None:
    error = Error(
        type="RuntimeError",
        message="The size of tensor a (8) must match the size of tensor b (4) at non-singleton dimension 0",
        expression="a @ b",
        operands=(
            Operand("left", "a", TensorFacts((8, 2, 3), "float32")),
            Operand("right", "b", TensorFacts((4, 3, 5), "float32")),
        ),
    )
    assert "The axes in front do not line up: (8,) and (4,)." in error_picture(error, 80, PLAIN).plain


def test_a_failed_broadcast_is_drawn_as_an_alignment() -> None:
    assert "10 and 32 differ and neither is 1" in error_picture(scenes.BROADCAST_ERROR, 80, PLAIN).plain


def test_other_errors_show_their_operands_and_an_error_without_any_shows_nothing() -> None:
    assert [
        row.split()[-1] for row in error_picture(scenes.DTYPE_ERROR, 100, PLAIN).plain.split("\n")[1:3]
    ] == ["i64", "f32"]
    assert error_picture(scenes.NAME_ERROR, 80, PLAIN).plain == ""


@pytest.mark.parametrize("source", ["", "if True:\n    y = f(x @ w)\n"])
def test_carets_stand_under_the_expression_though_the_traceback_strips_the_line(source: str) -> None:
    error = Error(
        type="RuntimeError", line=2, end_line=2, column=10, end_column=15, expression="x @ w",
        frames=(Frame("a.py", 2, "<module>", "y = f(x @ w)"),),
    )  # fmt: skip
    line, marks = (text.plain for text in failed_line(error, 80, PLAIN, source))
    assert [line[start:end] for start, end in spans(marks)] == ["x @ w"]


def test_an_expression_of_several_lines_is_marked_to_the_end_of_the_first() -> None:
    error = Error(
        type="E",
        line=1,
        end_line=2,
        column=4,
        end_column=3,
        expression="f(a,\n  b)",
        frames=(Frame("a.py", 1, "m", "y = f(a,"),),
    )
    line, marks = (text.plain for text in failed_line(error, 80, PLAIN))
    assert [line[start:end] for start, end in spans(marks)] == ["f(a,"]


def test_a_line_longer_than_the_card_is_cut_around_the_expression() -> None:
    code = "value = " + "a + " * 40 + "wrong_name"
    error = Error(
        type="E", line=1, end_line=1, column=code.index("wrong"), end_column=len(code), expression="wrong_name",
        frames=(Frame("a.py", 1, "m", code),),
    )  # fmt: skip
    line, marks = (text.plain for text in failed_line(error, 60, PLAIN))
    assert max(len(line), len(marks)) <= 60
    assert [line[start:end] for start, end in spans(marks)] == ["wrong_name"]


def test_a_syntax_error_without_frames_shows_the_line_of_the_source() -> None:
    error = Error(type="SyntaxError", message="invalid syntax", line=2)
    assert failed_line(error, 80, PLAIN, "a = 1\nb = = 2\n")[0].plain.endswith("b = = 2")
    assert failed_line(error, 80, PLAIN) == []


def test_the_card_puts_words_before_the_picture_and_pytorch_last() -> None:
    card = error_card(scenes.LINEAR_ERROR, 80, PLAIN, scenes.STOPPED_MODEL).plain
    places = [
        card.index(part)
        for part in (
            "logits =",
            "This Linear takes",
            "cannot multiply",
            "stopped here",
            "Try: ",
            "PyTorch said",
        )
    ]
    assert places == sorted(places)
    words = error_in_words(scenes.LINEAR_ERROR).split("\n")
    assert words[0] == "Line 5, at model(x): This Linear takes 64 features per row and was given 128."
    assert words[-1].startswith("RuntimeError: mat1")


def test_an_error_without_an_explanation_says_pythons_own_words_once() -> None:
    error = Error(type="ValueError", message="no", line=3)
    assert error_card(error, 80, PLAIN).plain == "ValueError: no"
    assert error_in_words(error) == "Line 3: ValueError: no"
