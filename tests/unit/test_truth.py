import pytest

from tutor.events import Bound, Error, Event, Finished, Output
from tutor.facts import CollectionFacts, Sample, ScalarFacts, TensorFacts, TextFacts, Value
from tutor.lesson.model import Ask, Predict
from tutor.runner.truth import asks_of, is_right, options, reason, styled, truth

ENDED = Finished(status="ok")


def predict(ask: Ask, of: str = "x", **choices: str) -> Predict:
    return Predict(id="guess", ask=ask, code="", of=of, choices=choices)


def asked(value: Value) -> list[Event]:
    return [
        Bound(line=1, name="x", value=TextFacts("str", "other")),
        Bound(line=0, name="x", value=value, how="asked"),
        ENDED,
    ]


def tensor(shape: tuple[int, ...], rows: tuple[tuple[float, ...], ...], text: str = "") -> TensorFacts:
    return TensorFacts(shape, "float32", sample=Sample(rows), text=text)


def test_gradients_are_asked_for_by_the_leafs_name_or_in_full() -> None:
    assert asks_of(predict("grad", "x")) == ("(x).grad",)
    assert asks_of(predict("grad", "x.grad")) == ("x.grad",)
    assert asks_of(predict("output", "")) == ()


@pytest.mark.parametrize(
    ("ask", "value", "right"),
    [
        ("shape", tensor((2, 3), ()), "(2, 3)"),
        ("shape", tensor((4,), ()), "(4,)"),
        ("shape", tensor((), ()), "()"),
        ("dtype", tensor((1,), ()), "float32"),
        ("device", tensor((1,), ()), "cpu"),
        ("value", tensor((), ((8.0,),)), "8"),
        ("value", tensor((2,), ((2.0, 4.5),)), "[2, 4.5]"),
        ("value", tensor((2, 1), ((1.0,), (2.0,))), "[[1], [2]]"),
        ("value", TensorFacts((2,), "bool", text="tensor([ True, False])"), "[ True, False]"),
        ("value", ScalarFacts("float", "0.5", 0.5), "0.5"),
        ("value", ScalarFacts("bool", "True", 1.0), "True"),
        ("value", ScalarFacts("NoneType", "None"), "None"),
        ("value", CollectionFacts("list", 2, "[1, 2]"), "[1, 2]"),
        ("value", TextFacts("str", "'abc'"), "abc"),
    ],
)
def test_the_truth_comes_from_what_the_run_answered(ask: Ask, value: Value, right: str) -> None:
    assert truth(predict(ask), asked(value)) == right
    assert is_right(predict(ask), right, right)


def test_a_sample_that_left_rows_out_is_not_taken_for_the_whole_tensor() -> None:
    value = TensorFacts(
        (4,), "float32", sample=Sample(((1.0, 3.0),), column_step=2), text="tensor([1., 2., 3., 4.])"
    )
    assert truth(predict("value"), asked(value)) == "[1., 2., 3., 4.]"


def test_an_exception_is_the_answer_to_error_and_its_absence_too() -> None:
    failed = [Error(type="builtins.ValueError", message="bad"), Finished(status="error")]
    assert truth(predict("error"), failed) == "ValueError"
    assert truth(predict("error"), [ENDED]) == "no error"
    assert truth(predict("error"), [Finished(status="timeout")]) is None


def test_output_is_what_went_to_standard_output() -> None:
    events = [Output(text="a\n"), Output(text="warning", stream="stderr"), Output(text="b\n"), ENDED]
    assert truth(predict("output"), events) == "a\nb"


def test_a_run_that_answered_nothing_has_no_truth() -> None:
    assert truth(predict("value"), [ENDED]) is None


def test_choices_hold_the_right_answer_once_and_their_order_follows_the_seed() -> None:
    step = Predict(id="guess", ask="value", code="", of="x", choices={"12.": "no", "4.": "no"})
    assert sorted(options(step, "24", 1)) == ["12.", "24.", "4."]
    assert options(step, "24", 5) == options(step, "24", 5)
    assert len({tuple(options(step, "24", seed)) for seed in range(20)}) > 1


def test_the_right_answer_is_written_like_the_wrong_ones() -> None:
    assert styled("24", ["12.", "4."]) == "24."
    assert styled("24.0", ["12", "4"]) == "24"
    assert styled("float32", ["torch.int64"]) == "torch.float32"
    assert styled("(2, 3)", ["[3, 2]"]) == "[2, 3]"
    assert styled("2.5", ["2", "5"]) == "2.5"


def test_a_wrong_answer_typed_in_another_spelling_still_gets_its_reason() -> None:
    step = Predict(id="guess", ask="shape", code="", of="x", choices={"(3, 2)": "Axes swapped."})
    assert reason(step, "[3,2]") == "Axes swapped."
    assert reason(step, "9") == ""
