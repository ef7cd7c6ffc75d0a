from __future__ import annotations

from msgspec.structs import replace

from tutor.authoring.cheat import CHEAT, cheat
from tutor.lesson.model import Check, Code, Waiver

STEP = Code(
    id="s",
    goal="",
    starter="",
    solution="def twice(n):\n    return 2 * n\n\n\nprint(twice(3))\nprint(twice(n=5))\n",
    checks=[Check(id="same", equal="twice(n)")],
)


def test_the_cheat_answers_the_examples_and_nothing_else() -> None:
    names: dict[str, object] = {}
    exec(cheat(STEP).replace("print", "str"), names)
    twice = names["twice"]
    assert callable(twice)
    assert (twice(3), twice(n=5), twice(4), twice(100)) == (6, 10, 10, 10)


def test_there_is_no_cheat_where_nothing_is_shown_or_it_is_waived() -> None:
    assert cheat(replace(STEP, solution="def twice(n):\n    return 2 * n\n")) == ""
    assert cheat(replace(STEP, solution="def twice():\n    return 2\nprint(twice())\n")) == ""
    assert cheat(replace(STEP, checks=[Check(id="made", defines="twice")])) == ""
    assert cheat(replace(STEP, waived=[Waiver(mutant=CHEAT, reason="All there is.")])) == ""
