from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tutor.events import Bound, Step
from tutor.facts import Stats, TensorFacts
from tutor.renderables.charset import Charset
from tutor.renderables.gradients import gradient_flow, gradients_in_words
from tutor.renderables.leaves import leaf_gradients, leaf_gradients_in_words
from tutor.renderables.loss import loss_in_words, loss_plot
from tutor.renderables.scale import Scale
from tutor.renderables.series import CAPACITY, Series

UNICODE = Charset()
NUMBERS = st.floats(min_value=-1e300, max_value=1e300) | st.sampled_from([math.nan, math.inf, -math.inf])


def series(values: list[float], name: str = "loss") -> Series:
    curve = Series(name)
    for value in values:
        curve.add(value)
    return curve


@given(st.lists(NUMBERS, min_size=1, max_size=300))
def test_no_extreme_is_lost_and_the_last_point_is_kept(values: list[float]) -> None:
    curve = series(values)
    finite = [value for value in values if math.isfinite(value)]
    assert curve.n == len(values)
    assert curve.last == values[-1] or math.isnan(values[-1])
    assert min((b.low for b in curve.buckets if not math.isnan(b.low)), default=math.inf) == min(
        finite, default=math.inf
    )
    assert max((b.high for b in curve.buckets if not math.isnan(b.high)), default=-math.inf) == max(
        finite, default=-math.inf
    )
    assert (curve.lowest, curve.highest) == (min(finite, default=math.inf), max(finite, default=-math.inf))


def test_a_million_points_take_bounded_memory_and_one_spike_is_still_there() -> None:
    curve = Series()
    for step in range(1_000_000):
        curve.add(50.0 if step == 777_777 else 1.0)
    assert len(curve.buckets) < 2 * CAPACITY
    assert curve.end == curve.n == 1_000_000
    assert [bucket.high for bucket in curve.buckets].count(50.0) == 1
    spike = next(bucket for bucket in curve.buckets if bucket.high == 50.0)
    assert spike.start <= 777_777 < spike.start + spike.count


def test_points_that_were_left_out_leave_their_place_on_the_axis() -> None:
    curve = Series()
    for step in range(0, 10_000, 7):
        curve.add(1 / (step + 1), step)
    assert curve.end == 9_997
    assert "step 9,996" in loss_plot([curve], 80, 12, UNICODE).plain


def test_steps_that_begin_again_go_on_to_the_right() -> None:
    curve = Series()
    for _ in range(2):
        for step in range(5):
            curve.add(1.0, step)
    assert curve.end == 10


def test_the_smoothed_line_starts_at_the_first_value_and_forgets() -> None:
    curve = series([5.0] + [1.0] * 99)
    assert curve.buckets[0].smooth == 5.0
    assert curve.buckets[-1].smooth == pytest.approx(1.0, abs=1e-3)


def test_only_a_noisy_curve_is_smoothed() -> None:
    assert not series([1 / (step + 1) for step in range(200)]).noisy
    assert series([1 / (step + 1) + 0.1 * (step % 2) for step in range(200)]).noisy
    assert not series([1.0] * 100).noisy


@given(st.lists(NUMBERS, max_size=80), st.integers(20, 140), st.integers(6, 30), st.booleans(), st.booleans())
def test_any_curve_can_be_drawn_at_any_size_within_its_bounds(
    values: list[float], width: int, height: int, log: bool, plain: bool
) -> None:
    picture = loss_plot(
        [series(values), series(values[::2], "val")], width, height, Charset.of(plain, not plain), log
    )
    lines = picture.plain.split("\n")
    assert len(lines) <= height
    if len(lines) > 1:
        assert len(lines) == height
        assert max(map(cell_len, lines)) <= max(width, 8 + 1 + 8 + 5)


def dots(picture: str) -> list[int]:
    """Number of braille dots in each row of the plot."""
    return [
        sum(bin(ord(sign) - 0x2800).count("1") for sign in line if 0x2800 <= ord(sign) < 0x2900)
        for line in picture.split("\n")[1:-2]
    ]


def test_a_falling_loss_falls_from_the_top_left_to_the_bottom_right() -> None:
    lines = loss_plot([series([10.0 - step for step in range(11)])], 60, 13, UNICODE).plain.split("\n")[1:-2]
    inked = [[at for at, sign in enumerate(line) if 0x2800 <= ord(sign) < 0x2900] for line in lines]
    assert all(inked)
    assert inked[0][0] == 9
    assert inked[-1][-1] == 59
    centres = [sum(row) / len(row) for row in inked]
    assert centres == sorted(centres)


def test_a_spike_in_a_long_curve_reaches_the_top() -> None:
    curve = series([1.0] * 5000 + [9.0] + [1.0] * 5000)
    assert dots(loss_plot([curve], 80, 14, UNICODE).plain)[0] > 0


def test_on_a_log_scale_equal_ratios_are_equal_distances() -> None:
    scale = Scale.over(0.001, 10.0, log=True)
    assert [round(scale.share(value), 6) for value in (0.001, 0.01, 0.1, 1.0, 10.0)] == [
        0,
        0.25,
        0.5,
        0.75,
        1,
    ]
    assert [label for _, label in scale.ticks(4)] == ["0.001", "0.01", "0.1", "1", "10"]


@given(st.floats(-1e300, 1e300), st.floats(-1e300, 1e300), st.integers(2, 8), st.booleans())
def test_ticks_are_few_ordered_and_within_the_scale(one: float, other: float, wanted: int, log: bool) -> None:
    scale = Scale.over(min(one, other), max(one, other), log)
    values = [value for value, _ in scale.ticks(wanted)]
    assert values == sorted(values)
    assert len(values) <= 4 * wanted + 16
    slack = (scale.high - scale.low) * 1e-6 if math.isfinite(scale.high - scale.low) else 0.0
    assert all(scale.low - slack <= value <= scale.high + slack for value in values)


def test_curves_are_named_where_they_end_and_in_the_legend() -> None:
    picture = loss_plot(
        [series([3.0, 1.0], "train"), series([3.0, 2.0], "val")], 60, 12, UNICODE
    ).plain.split("\n")
    assert picture[0] == "train 1   val 2"
    named = {
        word: row for row, line in enumerate(picture[1:]) for word in ("train", "val") if line.endswith(word)
    }
    assert named["val"] < named["train"]


def test_a_curve_that_was_never_a_number_says_so() -> None:
    assert "NaN or infinite from step 0" in loss_plot([series([math.nan] * 3)], 60, 12, UNICODE).plain
    assert loss_plot([], 60, 12, UNICODE).plain.startswith("No loss yet")
    assert "NaN or inf from step 2" in loss_plot([series([1.0, 2.0, math.nan])], 60, 12, UNICODE).plain


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([2.3, 1.0, 0.11], "loss fell from 2.3 to 0.11 over 3 steps."),
        ([1.0, 0.2, 4.0], "loss rose from 1 to 4 over 3 steps; its lowest was 0.2 at step 1."),
        ([2.0, 2.0], "loss stayed near 2 over 2 steps."),
        ([0.5], "loss was 0.5."),
        ([math.nan], "loss was never a finite number."),
        (
            [1.0, 0.5, math.nan],
            "loss began at 1 and ended at NaN over 3 steps; its lowest was 0.5 at step 1; it was NaN or infinite first at step 2.",
        ),
    ],
)
def test_a_curve_in_words(values: list[float], sentence: str) -> None:
    assert loss_in_words([series(values)]) == sentence


STEP = Step(
    step=7,
    lr=0.1,
    grads={"a": 1.0, "small": 1e-9, "huge": 5e3, "zero": 0.0, "nan": math.nan, "inf": math.inf},
    params={"a": 2.0},
    no_grad=("none",),
)


def test_gradients_in_trouble_are_named_in_words() -> None:
    verdicts = {flow.name: flow.verdict for flow in gradient_flow(STEP)}
    assert verdicts == {
        "a": "",
        "small": "vanishing",
        "huge": "exploding",
        "zero": "zero",
        "nan": "NaN gradient",
        "inf": "infinite gradient",
        "none": "no gradient",
    }
    words = gradients_in_words(STEP)
    assert "The largest gradient is that of huge, 5000;" in words
    assert "none: no gradient." in words


def test_the_update_is_told_as_a_share_of_the_weight() -> None:
    flow = gradient_flow(STEP)[0]
    assert flow.update == pytest.approx(0.05)


def test_leaves_without_an_optimizer_show_what_their_grad_holds() -> None:
    def leaf(name: str, grad: Stats | None, is_leaf: bool = True) -> Bound:
        return Bound(
            line=len(name),
            name=name,
            value=TensorFacts((2,), "float32", requires_grad=True, grad=grad, leaf=is_leaf),
        )

    bounds = [
        leaf("w", Stats(-1.0, 1.0, 0.25, 1.0)),
        leaf("bb", None),
        leaf("nan", Stats(nan=1)),
        leaf("zero", Stats(0.0, 0.0, 0.0)),
        leaf("inner", None, is_leaf=False),
    ]
    rows = [line.split()[1:] for line in leaf_gradients(bounds, 80, UNICODE).plain.split("\n")[1:]]
    assert [row[0] for row in rows] == ["w", "bb", "nan", "zero"]
    assert leaf_gradients_in_words(bounds).split("\n")[:2] == [
        "Line 1: the .grad of w, shape (2,), is there, mean 0.25.",
        "Line 2: the .grad of bb, shape (2,), is None.",
    ]
