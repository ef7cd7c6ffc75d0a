from __future__ import annotations

import pytest

from tutor.editor import editing


@pytest.mark.parametrize(
    ("code", "margin"),
    [
        ("x = 1", ""),
        ("def f():", "    "),
        ("def f():  # why:", "    "),
        ("x = 1  # not a block:", ""),
        ("    return x", ""),
        ("def f():\n    if a:\n        return [", "            "),
        ("f(", "    "),
        ("f(a,", "  "),
        ("model = nn.Sequential(\n    nn.Linear(2, 3),", "    "),
        ("x = f(\n    1,\n)", ""),
        ('text = "a:', ""),
        ('"""doc\n    inside', "    "),
        ("for i in range(3):\n    total += f(i,\n               2)", "    "),
        ("d = {'a': 1}", ""),
    ],
)
def test_a_new_line_begins_where_python_expects_it(code: str, margin: str) -> None:
    assert editing.next_indentation(code.split("\n")) == margin


@pytest.mark.parametrize(
    ("character", "before", "after", "insert"),
    [
        ("(", "f", "", "()"),
        ("(", "f", "x", None),
        (")", "f(", ")", ""),
        ('"', "x = ", "", '""'),
        ('"', "f", "", '""'),
        ("'", "don", "", None),
        ('"', '"a', '"', ""),
        ('"', '""', "", None),
        ("[", "x", ")", "[]"),
    ],
)
def test_brackets_and_quotes_come_in_pairs_where_that_helps(
    character: str, before: str, after: str, insert: str | None
) -> None:
    typed = editing.type_character(character, before, after)
    assert (typed.insert if typed is not None else None) == insert


@pytest.mark.parametrize(
    ("before", "after", "span"),
    [
        ("f(", ")", (1, 1)),
        ("x", "", (1, 0)),
        ("        ", "y", (4, 0)),
        ("      ", "", (2, 0)),
        ("a ", "", (1, 0)),
    ],
)
def test_backspace_takes_a_pair_or_a_level(before: str, after: str, span: tuple[int, int]) -> None:
    assert editing.backspace_span(before, after) == span


def test_comments_are_put_in_at_the_common_margin_and_taken_out_again() -> None:
    lines = ["    a", "", "        b"]
    commented = editing.toggle_comment(lines)
    assert commented == ["    # a", "", "    #     b"]
    assert editing.toggle_comment(commented) == lines


def test_indenting_leaves_empty_lines_empty_and_dedenting_stops_at_the_margin() -> None:
    assert editing.indent(["a", "", "  b"]) == ["    a", "", "      b"]
    assert editing.dedent(["      a", "  b", ""]) == ["  a", "b", ""]


def test_pasted_sessions_lose_prompts_and_output_and_pasted_escapes_are_dropped() -> None:
    session = ">>> x = 1\n>>> if x:\n...     print(x)\n...\n1\n"
    assert editing.pasted(session) == "x = 1\nif x:\n    print(x)\n"
    assert editing.pasted("a\x1b[31mb\x07\r\nc") == "ab\nc"


@pytest.mark.parametrize(
    ("before", "after", "splits"),
    [("f(", ")", True), ("x = 1", "", False), ("f(", "", False), ("", "", False), ("f(", "]", False)],
)
def test_enter_opens_a_block_only_between_an_opener_and_its_closer(
    before: str, after: str, splits: bool
) -> None:
    assert editing.splits_pair(before, after) is splits
