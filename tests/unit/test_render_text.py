from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tutor.events import Bound, Insight
from tutor.facts import (
    CollectionFacts,
    ModuleFacts,
    OptimizerFacts,
    ScalarFacts,
    Stats,
    TensorFacts,
    TextFacts,
    Value,
)
from tutor.renderables.charset import Charset
from tutor.renderables.insights import evidence_text, insight_in_words
from tutor.renderables.literal import clip, left, literal, literal_lines, right, wrapped
from tutor.renderables.notes import line_note, note_in_words, notes_by_line
from tutor.renderables.numbers import (
    bytes_text,
    dtype_text,
    number_text,
    seconds_text,
    shape_text,
    times_text,
)
from tutor.renderables.sparks import histogram_in_words, rebin, spark
from tutor.renderables.tensors import tensor_table, tensors_in_words

UNICODE = Charset()
STATS = Stats(-3.0, 4.0, 0.5, 1.1, histogram=(1, 4, 8, 4, 1))
TENSOR = TensorFacts((32, 10), "float32", requires_grad=True, stats=STATS)


def bound(value: Value, name: str = "x", line: int = 1, seen: int = 1, how: str = "name") -> Bound:
    return Bound(line=line, name=name, seen=seen, value=value, how=how)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.8412, "0.8412"), (0.0, "0"), (-0.0, "0"), (12345.6, "12346"), (1234567.0, "1.235e6"), (1.2e-7, "1.2e-7"),
        (1e300, "1e300"), (100.0, "100"), (-0.5, "-0.5"), (float("nan"), "NaN"), (float("-inf"), "-inf"),
    ],
)  # fmt: skip
def test_numbers_are_short_and_never_ambiguous(value: float, text: str) -> None:
    assert number_text(value) == text


@given(st.floats(-1e300, 1e300))
def test_a_written_number_is_close_to_the_number(value: float) -> None:
    assert float(number_text(value)) == pytest.approx(value, rel=1e-3, abs=1e-320)


def test_shapes_dtypes_and_amounts_are_written_as_python_people_read_them() -> None:
    assert [shape_text(()), shape_text((5,)), shape_text((2, 3))] == ["()", "(5,)", "(2, 3)"]
    assert [dtype_text("torch.float32"), dtype_text("int64"), dtype_text("qint8")] == ["f32", "i64", "qint8"]
    assert [bytes_text(12), bytes_text(1536), bytes_text(5 << 40)] == ["12 bytes", "1.5 KB", "5.0 TB"]
    assert [seconds_text(0.314), seconds_text(42.4), seconds_text(125)] == ["0.31 s", "42 s", "2 min 5 s"]
    assert [times_text(1, "step"), times_text(1200, "axis", "axes")] == ["1 step", "1,200 axes"]


def test_a_note_gives_up_histogram_range_dtype_and_count_in_that_order_but_never_shape_and_grad() -> None:
    notes = [bound(TENSOR, seen=200)]
    texts: list[str] = []
    for width in range(60, 15, -1):
        text = line_note(notes, width, UNICODE).plain
        assert cell_len(text) <= width
        if not texts or texts[-1] != text:
            texts.append(text)
    assert texts[:5] == [
        "→ (32, 10) f32 grad -3 ▁▄█▄▁ 4 ×200",
        "→ (32, 10) f32 grad -3 to 4 ×200",
        "→ (32, 10) f32 grad ×200",
        "→ (32, 10) grad ×200",
        "→ (32, 10) grad",
    ]


@pytest.mark.parametrize(
    ("shown", "note"),
    [
        (bound(TensorFacts((), "float32", requires_grad=True, stats=Stats(0.5, 0.5, 0.5))), "→ 0.5 f32 grad"),
        (bound(TensorFacts((4, 8), "float32", shapes=((8, 8), (4, 8)))), "→ varies: (8, 8) (4, 8) f32"),
        (bound(TensorFacts((2,), "float32"), how="inplace", seen=3), "→ ✎ (2,) f32 ×3"),
        (bound(TensorFacts((2,), "float32"), how="return"), "→ returns (2,) f32"),
        (bound(TensorFacts((2,), "float32"), how="arg"), "→ x (2,) f32"),
        (bound(TensorFacts((2,), "float64", kind="array")), "→ (2,) f64 numpy"),
        (bound(TensorFacts((2,), "float32", device="cuda:0")), "→ (2,) f32 cuda:0"),
        (bound(TensorFacts((2,), "float32", layout="sparse_coo")), "→ (2,) f32 sparse_coo"),
        (bound(TensorFacts((2,), "float32", device="meta")), "→ (2,) f32 meta"),
        (bound(TensorFacts((), "complex64", text="tensor(1.+2.j)")), "→ tensor(1.+2.j) c64"),
        (
            bound(TensorFacts((3,), "float32", stats=Stats(None, None, nan=2, inf=1))),
            "→ (3,) 2 NaN, 1 inf! f32",
        ),
        (bound(TensorFacts((3,), "float32", stats=Stats(2.0, 2.0, 2.0, 0.0))), "→ (3,) f32 all 2"),
        (bound(ModuleFacts("Linear", "", 55, 0, training=False)), "→ Linear with 55 parameters frozen eval"),
        (bound(ModuleFacts("Net", "", 55, 5)), "→ Net with 55 parameters 5 trainable"),
        (bound(OptimizerFacts("Adam", (0.1, 0.01), 1)), "→ Adam lr 0.1, 0.01 on 1 parameter"),
        (bound(ScalarFacts("float", "0.30000000000000004", 0.30000000000000004)), "→ 0.3"),
        (bound(ScalarFacts("NoneType", "None")), "→ None"),
        (bound(TextFacts("str", "'a\x1b[2Jb'")), "→ 'a\\x1b[2Jb'"),
        (bound(CollectionFacts("list", 3, "[1, 2, 3]")), "→ [1, 2, 3]"),
        (bound(CollectionFacts("list", 1000, "[" + "1, " * 40)), "→ list of 1,000"),
        (bound(CollectionFacts("tuple", 9, "(…)", (("0", TENSOR),))), "→ tuple of 9: (32, 10) …"),
    ],
)
def test_a_note_says_what_a_value_is(shown: Bound, note: str) -> None:
    assert line_note([shown], 80, UNICODE).plain == note


def test_several_names_on_a_line_are_named_in_their_note() -> None:
    names = [bound(TensorFacts((2,), "float32"), "a"), bound(TensorFacts((3,), "int64"), "b")]
    assert line_note(names, 60, UNICODE).plain == "→ a (2,) f32, b (3,) i64"
    assert note_in_words(names) == "a is a tensor of shape (2,), float32; b is a tensor of shape (3,), int64"


def test_there_is_no_note_without_a_value_or_without_room() -> None:
    assert line_note([Bound(line=1, name="x")], 60, UNICODE).plain == ""
    assert line_note([bound(TENSOR)], 5, UNICODE).plain == ""


def test_the_last_event_of_a_name_counts_and_a_return_is_no_name() -> None:
    events = [
        bound(TENSOR, seen=1),
        bound(TextFacts("str", "'a'"), line=3),
        bound(TENSOR, seen=9),
        bound(TENSOR, how="return"),
        bound(TENSOR, how="asked", line=0),
    ]
    lines = notes_by_line(events)
    assert list(lines) == [1, 3]
    assert [(one.seen, one.how) for one in lines[1]] == [(9, "name"), (1, "return")]


def test_words_say_what_the_signs_of_a_note_say() -> None:
    trouble = TensorFacts((3,), "float32", device="cuda:0", requires_grad=True, stats=Stats(nan=2))
    assert note_in_words([bound(trouble, seen=200, how="inplace")]) == (
        "x is changed in place, a tensor of shape (3,), float32, on cuda:0, with 2 NaN, tracked for gradients, bound 200 times"
    )
    assert note_in_words([bound(TensorFacts((2,), "float64", kind="array"), how="return")]) == (
        "the result is a NumPy array of shape (2,), float64"
    )


@given(st.text(max_size=40), st.integers(0, 30))
def test_cut_and_filled_text_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    shown = literal(text, UNICODE)
    assert cell_len(clip(shown, width, UNICODE)) <= width
    assert cell_len(left(shown, width, UNICODE)) == width
    assert cell_len(right(shown, width, UNICODE)) == width


@given(st.text(max_size=200), st.integers(2, 30))
def test_wrapped_prose_keeps_its_letters_and_its_width(text: str, width: int) -> None:
    lines = wrapped(text, width, UNICODE)
    assert all(cell_len(line) <= width for line in lines)
    shown = "".join(literal(part, UNICODE) for part in text.strip().split("\n"))
    assert "".join("".join(lines).split()) == "".join(shown.split())


@pytest.mark.parametrize("code", [0x00, 0x07, 0x1B, 0x7F, 0x9B, 0x202E, 0x2066, 0x200F])
def test_signs_that_steer_a_terminal_or_turn_text_around_are_spelled_out(code: int) -> None:
    for shown in (literal(f"a{chr(code)}b", UNICODE), literal_lines(f"a{chr(code)}b")):
        assert chr(code) not in shown
        assert shown.startswith("a\\")


def test_markup_of_rich_is_left_alone() -> None:
    text = line_note([bound(TextFacts("str", "[bold]a[i][/]"))], 60, UNICODE)
    assert text.plain == "→ [bold]a[i][/]"
    assert all("bold" not in str(span.style) for span in text.spans)


def test_even_counts_stay_even_when_bins_are_merged() -> None:
    assert rebin((3,) * 10, 8) == pytest.approx((3.75,) * 8)
    assert sum(rebin((5, 0, 2, 9, 1, 1, 4), 3)) == pytest.approx(22)
    assert spark((0, 1, 1000), UNICODE) == " ▁█"
    assert spark((0, 0), UNICODE) == "  "
    assert spark((), UNICODE) == ""


def test_a_histogram_says_in_words_where_most_values_are() -> None:
    assert histogram_in_words(Stats(0.0, 4.0, histogram=(1, 6, 2, 1))) == (
        "10 values from 0 to 4; 60 % of them, more than anywhere else, between 1 and 2."
    )
    assert histogram_in_words(Stats()) == "There are no finite values to count."


def test_the_table_of_tensors_has_a_row_a_name_and_keeps_name_shape_and_grad_when_narrow() -> None:
    bounds = [
        bound(TENSOR, "late", 9),
        bound(TENSOR, "w", 2),
        bound(TextFacts("str", "'a'"), "s", 3),
        bound(TENSOR, "w", 5),
    ]
    wide = tensor_table(bounds, 100, UNICODE).plain.split("\n")
    assert wide[0].split() == ["line", "name", "shape", "dtype", "grad", "mean", "std", "histogram"]
    assert [row.split()[:2] for row in wide[1:]] == [["5", "w"], ["9", "late"]]
    narrow = tensor_table(bounds, 26, UNICODE).plain.split("\n")
    assert narrow[0].split() == ["name", "shape", "grad"]
    assert tensor_table([], 80, UNICODE).plain == ""
    assert (
        tensors_in_words(bounds).split("\n")[0]
        == "Line 5: w is a tensor of shape (32, 10), float32, tracked for gradients."
    )


def test_evidence_is_written_in_words() -> None:
    evidence = {"shape_of_left": [64, 1], "ratio": 0.5, "names": ["w", "b"], "frozen": True, "nothing": None}
    assert evidence_text(evidence) == "shape of left (64, 1), ratio 0.5, names w, b, frozen yes"
    insight = Insight(code="c", line=3, message="Seen.", evidence={"n": 2})
    assert insight_in_words(insight) == "Line 3: Seen. Seen: n 2."


def test_colours_inside_a_message_are_dropped_and_every_other_control_is_spelled_out() -> None:
    assert literal("\x1b[1mload\x1b[0m\x1b[2J", Charset()) == "load\\x1b[2J"
    assert literal_lines("\x1b[31mred\x1b[0m\nand \x07") == "red\nand \\x07"
