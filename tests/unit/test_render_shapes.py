from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from tests.snapshots import scenes
from tutor.events import Bound, ModuleTree
from tutor.facts import CollectionFacts, ModuleRow, Sample, ScalarFacts, Stats, TensorFacts
from tutor.renderables.alignment import aligned
from tutor.renderables.broadcast import broadcast_in_words, broadcast_picture
from tutor.renderables.charset import Charset
from tutor.renderables.heat import heat_lines, heat_map
from tutor.renderables.matmul import matmul_in_words, matmul_picture, product_shape
from tutor.renderables.model import layer_text, model_in_words
from tutor.renderables.shapes import shape_box, shape_in_words
from tutor.renderables.storage import View, shared_storages, storage_in_words, storage_strip
from tutor.renderables.value_card import value_card, value_in_words

PLAIN = Charset(color=False)
SHAPES = st.lists(st.integers(0, 5), max_size=4).map(tuple)


def broadcast_by_counting(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...] | None:
    """The rule as the documentation words it, axis by axis from the right."""
    sizes = []
    for left, right in itertools.zip_longest(reversed(one), reversed(other), fillvalue=1):
        if left != right and 1 not in (left, right):
            return None
        sizes.append(right if left == 1 else left)
    return tuple(reversed(sizes))


@given(SHAPES, SHAPES)
def test_shapes_line_up_as_the_rule_of_broadcasting_says(
    one: tuple[int, ...], other: tuple[int, ...]
) -> None:
    result = aligned([one, other]).result
    wanted = broadcast_by_counting(one, other)
    assert (None if None in result else result) == wanted
    assert ("do not line up" in broadcast_in_words([one, other], ["a", "b"])) == (wanted is None)


@pytest.mark.parametrize(
    ("left", "right", "result"),
    [
        ((2, 3), (3, 4), (2, 4)), ((3,), (3, 4), (4,)), ((2, 3), (3,), (2,)), ((3,), (3,), ()),
        ((8, 2, 3), (3, 4), (8, 2, 4)), ((8, 1, 2, 3), (5, 3, 4), (8, 5, 2, 4)),
        ((2, 3), (4, 3), None), ((8, 2, 3), (7, 3, 4), None), ((), (3,), None),
    ],
)  # fmt: skip
def test_the_shape_of_a_product(
    left: tuple[int, ...], right: tuple[int, ...], result: tuple[int, ...] | None
) -> None:
    assert product_shape(left, right) == result
    words = matmul_in_words(left, right, ("a", "b"))
    assert ("gives" in words) == (result is not None)
    picture = matmul_picture(left, right, ("a", "b"), 80, PLAIN).plain
    assert ("error" in picture) == (result is None)


@pytest.mark.parametrize(
    ("left", "right"), [((32, 128), (64, 10)), ((8, 3, 5), (8, 5, 2)), ((3,), (3, 4)), ((2, 30), (30,))]
)
def test_the_carets_stand_under_the_two_sizes_that_must_agree(
    left: tuple[int, ...], right: tuple[int, ...]
) -> None:
    total, marks = matmul_picture(left, right, ("alpha", "beta.T"), 80, PLAIN).plain.split("\n")[-2:]
    runs = [total[start:end] for start, end in spans(marks)]
    assert runs == [str(left[-1]), str(right[-2 if len(right) > 1 else 0])]


def spans(marks: str) -> list[tuple[int, int]]:
    edges = [at for at in range(len(marks) + 1) if (marks[at - 1 : at] == "^") != (marks[at : at + 1] == "^")]
    return list(zip(edges[::2], edges[1::2], strict=True))


def test_a_broadcast_that_fits_says_what_was_added_and_repeated() -> None:
    rows = broadcast_picture([(32, 5, 10), (5, 1)], ["x", "b"], 90, PLAIN).plain.split("\n")
    assert rows[3].endswith("axis -3 added, axis -1 repeated 10×")
    assert rows[2].rstrip().endswith("10")
    assert broadcast_in_words([(2,), (2,)], ["a", "b"]).endswith("nothing is stretched.")


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ((), "No axis: one number."),
        ((5,), "1 axis: 5 numbers."),
        ((1, 1), "2 axes: 1 row of 1 column, 1 number in all."),
        ((3, 4, 5), "3 axes: 3 of 4 rows of 5 columns, 60 numbers in all."),
    ],
)
def test_a_shape_in_words(shape: tuple[int, ...], words: str) -> None:
    assert shape_in_words(shape) == words


@given(st.lists(st.integers(0, 100_000), max_size=6).map(tuple), st.integers(24, 120))
def test_every_shape_has_a_small_box(shape: tuple[int, ...], width: int) -> None:
    lines = shape_box(shape, width, PLAIN).plain.split("\n")
    assert len(lines) <= 12
    assert max(map(len, lines)) <= width


def test_an_empty_tensor_says_which_axis_is_empty() -> None:
    assert "empty: axis 1 of (3, 0)" in shape_box((3, 0), 60, PLAIN).plain


def test_a_model_in_words_says_where_it_stopped_and_what_is_shared() -> None:
    words = model_in_words(scenes.STOPPED_MODEL).split("\n")
    assert words[3] == "2: Linear(64→10), the forward pass stopped here, 650 parameters."
    assert words[4] == "3: Softmax(dim=1), not reached."
    assert model_in_words(scenes.MODEL).split("\n")[-1] == "tied: Linear(400→10), same as head.0."
    assert model_in_words(ModuleTree()) == ""


@pytest.mark.parametrize(
    ("kind", "detail", "text"),
    [
        ("Linear", "in_features=784, out_features=10, bias=True", "Linear(784→10)"),
        ("Linear", "in_features=4, out_features=4, bias=False", "Linear(4→4, bias=False)"),
        ("Conv2d", "1, 8, kernel_size=(3, 3), stride=(1, 1)", "Conv2d(1→8, 3×3)"),
        (
            "Conv2d",
            "1, 8, kernel_size=(5, 3), stride=(2, 2), padding=(1, 1)",
            "Conv2d(1→8, 5×3, stride=(2, 2), padding=(1, 1))",
        ),
        ("Embedding", "10, 4", "Embedding(10→4)"),
        ("Dropout", "p=0.5, inplace=False", "Dropout(p=0.5)"),
        ("LayerNorm", "(64,), eps=1e-05, elementwise_affine=True", "LayerNorm((64,))"),
        (
            "BatchNorm1d",
            "16, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True",
            "BatchNorm1d(16)",
        ),
        ("ReLU", "", "ReLU"),
    ],
)
def test_a_layer_is_named_by_its_sizes(kind: str, detail: str, text: str) -> None:
    assert layer_text(ModuleRow("0", kind, detail)) == text


@given(st.lists(st.integers(1, 4), max_size=3), st.integers(0, 5), st.data())
def test_a_view_knows_every_place_it_sees(sizes: list[int], offset: int, data: DataObject) -> None:
    strides = [data.draw(st.integers(0, 6)) for _ in sizes]
    view = View("v", tuple(sizes), tuple(strides), offset)
    places = list(view.places())
    wanted = [
        offset + sum(a * s for a, s in zip(index, strides, strict=True))
        for index in itertools.product(*map(range, sizes))
    ]
    assert places == wanted
    assert view.end == max(wanted) + 1


def test_only_names_that_share_memory_are_drawn_together() -> None:
    groups = shared_storages(scenes.VIEWS)
    assert [[view.name for view in group] for group in groups] == [["x", "t", "row", "every_other"]]
    rows = storage_strip(groups[0], 120, PLAIN).plain.split("\n")[2:]
    assert rows[1].split()[:13] == ["t", "0", "3", "6", "9", "1", "4", "7", "10", "2", "5", "8", "11"]
    assert rows[2].split()[:13] == ["row", *"····", "0", "1", "2", "3", *"····"]
    assert storage_in_words(groups[0]).startswith("x, t, row and every_other share one storage")


def test_a_storage_too_long_to_number_is_drawn_in_proportion() -> None:
    def name(line: int, name: str, size: int, offset: int) -> Bound:
        return Bound(
            line=line, name=name, value=TensorFacts((size,), "float32", stride=(1,), offset=offset, storage=9)
        )

    views = shared_storages([name(1, "x", 1_000_000, 0), name(2, "half", 500_000, 500_000)])[0]
    rows = storage_strip(views, 62, PLAIN).plain.split("\n")
    full, half = (row.split()[1] for row in rows if "stride" not in row and "storage" not in row)
    assert set(full) == {"█"}
    assert half == "·" * (len(half) // 2) + "█" * (len(half) - len(half) // 2)


def test_the_sign_of_a_value_survives_without_colour_and_nan_is_loud() -> None:
    row = heat_lines([[-1.0, -0.5, 0.0, 0.5, 1.0, math.nan]], 80, PLAIN)[0][0].text
    assert row == "##==  ▒▒██!!"
    assert heat_map([[math.nan]], 80, Charset()).plain.endswith("No finite value.")


@given(st.lists(st.lists(st.floats(), min_size=3, max_size=3), max_size=5), st.booleans(), st.booleans())
def test_any_grid_can_be_drawn(grid: list[list[float]], ascii: bool, color: bool) -> None:
    lines = heat_lines(grid, 10, Charset.of(ascii, color))
    rows = len(grid) if ascii or not color else (len(grid) + 1) // 2
    assert len(lines) == rows


def test_equal_neighbours_are_one_segment() -> None:
    assert len(heat_lines([[1.0] * 50, [1.0] * 50], 80, Charset())[0]) == 1


def test_few_whole_numbers_are_written_out_and_many_are_drawn() -> None:
    small = TensorFacts((1, 3), "int64", stats=Stats(0, 2, 1, 1), sample=Sample(((0.0, 1.0, 2.0),)))
    assert value_card("t", small, 80, PLAIN).plain.endswith("  0  1  2")
    assert "above zero" in value_card("x", scenes.WEIGHT, 80, PLAIN).plain


def test_the_card_of_a_collection_lists_what_is_in_it() -> None:
    value = CollectionFacts(
        "dict", 9, "{…}", (("a", TensorFacts((2,), "float32")), ("b", ScalarFacts("int", "3", 3)))
    )
    assert value_card("d", value, 80, PLAIN).plain.split("\n") == [
        "d",
        "dict of 9: (2,) …",
        "a  (2,) f32",
        "b  3",
        "and 7 more",
    ]


def test_a_value_in_words_tells_shape_memory_trouble_and_spread() -> None:
    words = value_in_words("x", scenes.WEIGHT)
    for part in (
        "(12, 30), float32",
        "changed in place 2 times",
        "12 rows of 30 columns",
        "more than anywhere else",
    ):
        assert part in words
    assert value_in_words("n", TensorFacts((2,), "float32", stats=Stats(nan=1))).endswith("It holds 1 NaN.")
