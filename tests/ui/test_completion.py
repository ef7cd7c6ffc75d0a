from __future__ import annotations

from pathlib import Path

from tests.ui.stage import Stage, on_stage
from tutor.editor.code_editor import CodeEditor
from tutor.panes.word_card import first_paragraph, signature_content
from tutor.runner.answer import Answer, Candidate

NAMES = (Candidate("rand", "function"), Candidate("randint", "function"), Candidate("rad2deg", "function"))
MEMBERS = Answer("complete", NAMES, replaces=2)
CALL = Answer(
    "signature",
    signature="Linear(in_features: int, out_features: int, bias: bool = True)",
    parameters=("in_features: int", "out_features: int", "bias: bool = True"),
    active=1,
)


def _ready(stage: Stage, **answers: Answer) -> CodeEditor:
    stage.workspace.code.replace_code("")
    stage.runner.answers.update(answers)
    return stage.workspace.code.editor


async def test_names_come_up_while_one_types_and_tab_takes_the_one_highlighted(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double") as stage:
        editor = _ready(stage, **{"torch.ra": MEMBERS})
        await stage.press(*"torch.ra")
        await stage.sees("randint")
        await stage.press("down", "tab")
        assert editor.text == "torch.randint"
        assert editor.cursor_location == (0, 13)
        await stage.until(lambda: not editor.choosing, "the list to close")


async def test_a_letter_typed_over_the_list_is_never_lost_and_an_outdated_name_never_taken(
    tmp_path: Path,
) -> None:
    async with on_stage(tmp_path, step="double") as stage:
        editor = _ready(stage, **{"torch.ra": MEMBERS})
        await stage.press(*"torch.ra")
        await stage.until(lambda: editor.choosing, "the list")
        # No pause between the keys: the list still stands for what was typed before.
        await stage.pilot.press("x", "enter")
        assert editor.text == "torch.rax\n"


async def test_escape_closes_the_list_first_and_leaves_the_editor_only_then(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double") as stage:
        editor = _ready(stage, **{"torch.ra": MEMBERS})
        await stage.press(*"torch.ra")
        await stage.until(lambda: editor.choosing, "the list")
        await stage.press("escape")
        assert editor.has_focus
        assert not editor.choosing
        await stage.press("escape")
        assert not editor.has_focus


async def test_arrows_enter_and_tab_are_the_editors_own_while_no_list_is_open(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double") as stage:
        editor = _ready(stage)
        await stage.press("a", "b", "enter", "c", "d", "up")
        assert editor.cursor_location == (0, 2)
        await stage.press("down", "tab")
        assert editor.text == "ab\ncd  "


async def test_enter_after_a_whole_word_breaks_the_line_unless_one_moved_in_the_list(tmp_path: Path) -> None:
    offers = Answer("complete", (Candidate("loss"), Candidate("loss_fn")), replaces=4)
    async with on_stage(tmp_path, step="double") as stage:
        editor = _ready(stage, loss=offers)
        await stage.press(*"loss")
        await stage.until(lambda: editor.choosing, "the list")
        await stage.press("enter")
        assert editor.text == "loss\n"
        await stage.press(*"loss")
        await stage.until(lambda: editor.choosing, "the list")
        await stage.press("down", "enter")
        assert editor.text == "loss\nloss_fn"


async def test_ctrl_space_asks_where_nothing_comes_up_by_itself(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double") as stage:
        editor = _ready(stage, **{"": Answer("complete", (Candidate("torch", "module"),), replaces=0)})
        await stage.press("a")
        await stage.until(lambda: stage.runner.questions != [], "the question about the call")
        assert not editor.choosing
        await stage.press("ctrl+@")
        await stage.until(lambda: editor.choosing, "the list")


async def test_the_lessons_names_are_asked_for_first_and_its_solutions_names_are_not_told(
    tmp_path: Path,
) -> None:
    async with on_stage(tmp_path, step="double") as stage:
        _ready(stage)
        await stage.press("a", "b")
        await stage.until(lambda: ("complete", "ab") in stage.runner.questions, "the question")
        assert "double" in stage.runner.first
        assert "b" not in stage.runner.first


async def test_the_call_under_the_cursor_is_shown_and_goes_with_it(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double") as stage:
        _ready(stage, **{"nn.Linear(2, 3": CALL})
        await stage.press(*"nn.Linear(2, 3")
        await stage.sees("out_features: int")
        await stage.press("end")
        await stage.until(lambda: "out_features" not in stage.text, "the card to go")


async def test_f1_says_what_the_word_is_and_shows_all_keys_the_second_time(tmp_path: Path) -> None:
    doc = Answer(
        "doc", subject="torch.stack", signature="stack(tensors)", doc="stack(tensors)\n\nJoins a[i] and [b."
    )
    async with on_stage(tmp_path, step="double") as stage:
        _ready(stage, **{"torch.stack": doc})
        await stage.press(*"torch.stack", "f1")
        await stage.sees("Joins a[i] and [b.")
        await stage.press("f1")
        await stage.sees("Have the answer graded.")


async def test_the_lessons_own_words_for_a_thing_stand_in_place_of_its_docstring(tmp_path: Path) -> None:
    doc = Answer("doc", subject="torch.cat", signature="cat(tensors)", doc="cat(tensors)\n\nConcatenates.")
    async with on_stage(tmp_path, step="double") as stage:
        _ready(stage, **{"torch.cat": doc})
        await stage.press(*"torch.cat", "escape", "K")
        await stage.sees("Puts one behind the other.")
        await stage.sees("Lesson: A small lesson")
        assert "Concatenates" not in stage.text
        await stage.press("escape")
        await stage.until(lambda: "Puts one" not in stage.text, "the card to go")


def test_a_long_call_keeps_the_argument_at_the_cursor_in_sight() -> None:
    pieces = tuple(f"parameter_{number}: int" for number in range(9))
    answer = Answer("signature", signature="f(…)", parameters=pieces, active=7)
    words = signature_content(answer, 60)
    assert words.plain.startswith("f(…, ")
    assert "parameter_7: int" in words.plain
    assert words.cell_length <= 61


def test_a_docstring_is_cut_to_its_first_paragraph_without_markup_of_its_own() -> None:
    doc = "relu(input) -> Tensor\n\nApplies :func:`~torch.relu` to\n``input``.\n\nMore."
    assert first_paragraph(doc, "relu(input)") == ["Applies torch.relu to input."]


async def test_f1_in_the_list_says_what_the_highlighted_name_is(tmp_path: Path) -> None:
    doc = Answer("doc", subject="torch.randint", signature="randint(low, high)", doc="Whole numbers.")
    async with on_stage(tmp_path, step="double") as stage:
        editor = _ready(stage, **{"torch.ra": MEMBERS, "torch.randint": doc})
        await stage.press(*"torch.ra")
        await stage.until(lambda: editor.choosing, "the list")
        await stage.press("down", "f1")
        await stage.sees("Whole numbers.")
        assert editor.text == "torch.ra"
