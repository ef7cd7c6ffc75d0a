from __future__ import annotations

from typing import Any

import pytest

from tests.worker.grading_bench import Graded, grade_all
from tests.worker.vocabulary import program
from tests.worker.vocabulary.training import HEAD, LOOP, MANUAL, NO_ZERO

pytestmark = pytest.mark.torch

MEANS: dict[str, Any] = {
    "kind": "code",
    "starter": program("def f(x): ..."),
    "solution": program("def f(x): return x.mean(1)"),
    "cases": "x = draw.tensor(draw.size('rows'), draw.size('columns'))",
    "checks": [{"id": "made", "defines": "f"}, {"id": "values", "close": "f(x)", "message": "Look at the axis."}],
    "wrong": [
        {"name": "sum", "code": program("def f(x): return x.sum(1)"), "fails": "values", "says": "Divide."},
        {"name": "columns", "code": program("def f(x): return x.mean(0)"), "fails": "values", "says": "Wrong axis."},
        {"name": "endless", "code": "while True: pass", "fails": "values", "says": "never"},
        {"name": "twice", "code": program("y = torch.ones(1, requires_grad=True) * 2\ny.backward()\ny.backward()"), "fails": "error", "says": "Once is enough."},
    ],
}  # fmt: skip
TRAINED: dict[str, Any] = {
    "kind": "code",
    "solution": program(HEAD + LOOP),
    "checks": [{"id": "zeroed", "behaviour": "zero_grad_each_step"}],
    "wrong": [
        {"name": "forgot", "code": program(HEAD + NO_ZERO), "fails": "zeroed", "says": "They pile up."},
        {"name": "nothing", "code": program(HEAD), "fails": "zeroed", "says": "Train it."},
    ],
}

ANSWERS: dict[str, tuple[dict[str, Any], str]] = {
    "written otherwise": (MEANS, "def f(x): return torch.einsum('rc->r', x)"),
    "another mistake": (MEANS, "def f(x): return sum(x) / len(x)"),
    "unknown": (MEANS, "def f(x): return x.mean(1) + 1"),
    "raises alike": (MEANS, "z = torch.ones(3, requires_grad=True).sum() * 5\nz.backward()\nz.backward()"),
    "raises otherwise": (MEANS, "1 / 0"),
    "loop of another style": (
        TRAINED,
        HEAD + NO_ZERO.replace("F.mse_loss(model(X), y)", "((model(X) - y) ** 2).mean()"),
    ),
    "manual loop": (TRAINED, HEAD + MANUAL.replace("        w.grad.zero_()\n", "")),
}


@pytest.fixture(scope="module")
def results() -> dict[str, Graded]:
    graded = grade_all({"step": step, "source": program(source)} for step, source in ANSWERS.values())
    return dict(zip(ANSWERS, graded, strict=True))


@pytest.mark.parametrize(
    ("answer", "mistake", "says"),
    [
        ("written otherwise", "sum", "Divide."),
        ("another mistake", "columns", "Wrong axis."),
        ("raises alike", "twice", "Once is enough."),
        ("loop of another style", "forgot", "They pile up."),
    ],
)
def test_a_known_mistake_is_recognised_by_what_it_does(
    answer: str, mistake: str, says: str, results: dict[str, Graded]
) -> None:
    assert results[answer].wrong == mistake
    assert says in results[answer].message


@pytest.mark.parametrize("answer", ["unknown", "raises otherwise", "manual loop"])
def test_what_behaves_like_no_known_mistake_is_not_told_as_one(
    answer: str, results: dict[str, Graded]
) -> None:
    assert results[answer].wrong == ""
    assert not results[answer].passed


def test_the_checks_own_advice_follows_what_was_found(results: dict[str, Graded]) -> None:
    assert results["unknown"].message.endswith("Look at the axis.")


def test_a_starter_with_another_layout_is_not_an_attempt_and_any_change_is() -> None:
    starter = str(MEANS["starter"])
    again = "# my comment\n" + starter.replace("f(x): ...", "f(x):\n\n    ...  # to do")
    changed = starter.replace("...", "return x")
    untouched, attempted = grade_all(
        {"step": {**MEANS, "source": source}, "source": source} for source in (again, changed)
    )
    assert set(untouched.statuses) == {"not_attempted"}
    assert "failed" in attempted.statuses
