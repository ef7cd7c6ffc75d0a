from msgspec.structs import replace

from tutor.authoring.lint import remarks
from tutor.lesson.model import Check, Code, Explain, Lesson, Source, Waiver, Wrong

STEP = Code(
    id="loop",
    goal="Write it.",
    starter="x = 1\n",
    solution="x = 1\noptimizer.zero_grad()\n",
    checks=[Check(id="made", defines="x")],
    hints=["Look at the gradients."],
    wrong=[Wrong(name="none", code="y = 1\n", fails="made", says="Name it.")],
)
LESSON = Lesson(
    format=1, id="l", title="L", why="", track="t", steps=[STEP], sources=[Source(repo="a/b", license="MIT")]
)


def rules(step: Code) -> set[str]:
    return {remark.rule for remark in remarks(replace(LESSON, steps=[step]))}


def test_a_careful_lesson_gets_no_remark() -> None:
    assert list(remarks(LESSON)) == []


def test_each_rule_speaks() -> None:
    assert rules(replace(STEP, wrong=[])) == {"wrong"}
    assert rules(replace(STEP, hints=[])) == {"hints"}
    assert rules(replace(STEP, hints=["a"] * 6)) == {"hints"}
    assert rules(replace(STEP, hints=["Write `optimizer.zero_grad()`."])) == {"giveaway"}
    assert rules(replace(STEP, starter="x = 1  \n")) >= {"layout"}
    assert rules(replace(STEP, starter='x = "' + "a" * 90 + '"\n')) == {"width"}
    assert rules(replace(STEP, checks=[Check(id="made", defines="x", required=False)])) == {"checks"}
    assert rules(replace(STEP, waived=[Waiver(mutant="drop it all", reason="no")])) == {"waived"}


def test_a_line_that_the_starter_has_too_gives_nothing_away() -> None:
    assert rules(replace(STEP, starter=STEP.solution, hints=["Keep `optimizer.zero_grad()`."])) == set()


def test_a_waiver_of_a_real_mutant_is_fine() -> None:
    assert (
        rules(replace(STEP, waived=[Waiver(mutant="drop optimizer.zero_grad()", reason="nothing trains")]))
        == set()
    )


def test_prose_is_read_for_names_but_code_in_it_is_not() -> None:
    said = Explain(id="e", text="Pytorch is here.\n")
    quoted = Explain(id="e", text="Write `import Pytorch`, or\n```\nNumpy\n```\n")
    assert [remark.rule for remark in remarks(replace(LESSON, steps=[said]))] == ["names"]
    assert list(remarks(replace(LESSON, steps=[quoted]))) == []


def test_a_lesson_without_sources_or_with_one_without_licence_is_told() -> None:
    assert [remark.rule for remark in remarks(replace(LESSON, sources=[]))] == ["sources"]
    assert [remark.rule for remark in remarks(replace(LESSON, sources=[Source(repo="a/b")]))] == ["licence"]


def test_a_program_is_laid_out_as_ruff_would_but_a_starter_keeps_the_line_to_write_on() -> None:
    assert rules(replace(STEP, starter="x=1\n")) == {"format"}
    assert rules(replace(STEP, starter="def f(x):\n    ...\n")) == set()
    assert rules(replace(STEP, starter="x = ____ +\n")) == set()
