from __future__ import annotations

import pytest

from tests.unit.lesson_texts import SOUND, with_step
from tutor.lesson.faults import Fault, printable, quoted
from tutor.lesson.load import Loaded, read_lesson


def faults_of(text: str) -> tuple[Fault, ...]:
    return read_lesson(text, "some.yaml").faults


def only_fault(text: str) -> Fault:
    found = faults_of(text)
    assert len(found) == 1, [fault.sentence for fault in found]
    return found[0]


def replaced(old: str, new: str) -> str:
    assert old in SOUND
    return SOUND.replace(old, new, 1)


def test_the_sound_lesson_has_no_faults_and_keeps_all_its_steps() -> None:
    loaded = read_lesson(SOUND)
    assert loaded.faults == ()
    assert loaded.lesson is not None
    assert [step.id for step in loaded.lesson.steps] == ["read", "guess", "double"]


def test_a_fault_prints_its_place_the_source_line_and_carets_below_the_word() -> None:
    fault = only_fault(replaced("minutes: 5", "minuets: 5"))
    assert str(fault).splitlines() == [
        "some.yaml:6:1: found an unknown key, `minuets`, in the lesson, expected a known one. Did you mean `minutes`?",
        "    6 | minuets: 5",
        "      | ^^^^^^^",
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "says"),
    [
        ("title: Sound", "title: yes", 3, 8, "Put it in quotes"),
        ("title: Sound", "title: 2026-01-01", 3, 8, "reads as a date"),
        ("title: Sound", "title: 12", 3, 8, "reads as a number"),
        ("title: Sound", "title:", 3, 7, "Leave the key out"),
        ("title: Sound", "title: [a]", 3, 8, "a list for `title`, expected a text"),
        ("title: Sound", "title: Sound\ntitle: Again", 4, 1, "The first is in line 3"),
        ("title: Sound\n", "", 1, 1, "the lesson without `title`"),
        ("minutes: 5", "minutes: 12:30", 6, 10, "expected a whole number"),
        ("minutes: 5", "minutes: five", 6, 10, "expected a whole number"),
        ("minutes: 5", "minutes: '5'", 6, 10, "expected a whole number"),
        ("minutes: 5", "extension: on", 6, 12, "expected `true` or `false`"),
        ("minutes: 5", "concepts: shapes", 6, 11, "expected a list"),
        ("minutes: 5", "concepts: [no, yes]", 6, 12, "item 1 of `concepts`"),
        ("minutes: 5", "device: gpu-only!", 6, 9, "Did you mean `gpu-only`?"),
        ("minutes: 5", "terms: {on: a switch}", 6, 9, "a key of `terms`"),
        ("minutes: 5", "limits: {seconds: soon}", 6, 19, "expected a number"),
        ("format: 1", "format: 2", 1, 9, "`2` for `format`, expected `1`"),
        ("id: sound\n", "id: Very Sound\n", 2, 5, "Try `very-sound`."),
        ("minutes: 5", "minutes:\t5", 6, 9, "a tab"),
        ("minutes: 5", "minutes: &five 5", 6, 10, "an anchor, `&five`"),
        ("minutes: 5", "minutes: !!int 5", 6, 10, "a tag"),
        ("minutes: 5", "minutes: *five", 6, 10, "an alias"),
        ("minutes: 5", "minutes: [5", 6, 10, "not closed"),
        ("minutes: 5", "minutes: a: b", 6, 11, "a second `:` in one line"),
        ("minutes: 5", "minutes: @home", 6, 10, "cannot start a text"),
        ("minutes: 5", "minutes: 'five", 6, 10, "quotes are not closed"),
        ("minutes: 5", "minutes: \x07", 6, 10, "control character"),
        ("minutes: 5", "minutes 5", 6, 1, "without `:`"),
    ],
)
def test_each_fault_of_the_head_names_its_line_and_column_and_what_to_try(
    old: str, new: str, line: int, column: int, says: str
) -> None:
    found = faults_of(replaced(old, new))
    shown = [fault.sentence for fault in found]
    assert any((fault.line, fault.column) == (line, column) and says in fault.sentence for fault in found), (
        shown
    )


def test_limits_may_stand_in_a_lesson_and_in_a_step() -> None:
    text = replaced("minutes: 5", "limits: {seconds: 20}").replace(
        "kind: explain", "kind: explain\n    limits: {memory_mb: 512}"
    )
    lesson = read_lesson(text).lesson
    assert lesson is not None
    own = lesson.steps[0].limits
    assert own is not None
    assert (lesson.limits.seconds, own.memory_mb) == (20.0, 512)


def test_several_faults_are_reported_at_once_in_the_files_order() -> None:
    text = (
        replaced("minutes: 5", "minutes: five")
        .replace("title: Sound", "title: yes")
        .replace("kind: explain", "kind: explian")
    )
    assert [fault.line for fault in faults_of(text)] == [3, 6, 10]


def test_a_second_document_is_refused() -> None:
    assert "a second document" in only_fault(SOUND + "---\nformat: 1\n").found


def test_deep_nesting_is_a_fault_and_not_a_crash() -> None:
    assert "levels of nesting" in only_fault("format: " + "[" * 5000).found


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n"])
def test_an_empty_file_is_a_fault(text: str) -> None:
    assert read_lesson(text).broken
    assert faults_of(text)


@pytest.mark.parametrize("text", ["just words\n", "- a\n- b\n", "5\n"])
def test_a_file_that_is_no_mapping_is_a_fault(text: str) -> None:
    assert "a mapping" in only_fault(text).expected


@pytest.mark.parametrize("steps", ["steps: []\n", "steps: none\n", "steps: {id: a}\n"])
def test_a_lesson_without_steps_is_broken(steps: str) -> None:
    head = SOUND.split("steps:")[0]
    loaded = read_lesson(head + steps)
    assert loaded.broken
    assert "steps" in loaded.faults[0].sentence


def test_a_bad_step_is_disabled_and_the_others_stay() -> None:
    loaded = read_lesson(replaced("ask: value", "ask: valu"))
    assert loaded.lesson is not None
    assert [step.id for step in loaded.lesson.steps] == ["read", "double"]
    assert [(item.id, item.index) for item in loaded.disabled] == [("guess", 1)]
    assert all(fault.step == "guess" for fault in loaded.faults)


def test_a_step_without_id_is_named_by_its_number() -> None:
    loaded = read_lesson(replaced("- id: guess\n    kind", "- kind"))
    assert [item.id for item in loaded.disabled] == ["step 2"]


def test_a_lesson_whose_every_step_is_bad_is_broken() -> None:
    loaded: Loaded = read_lesson(with_step("  - id: only\n    kind: explian\n"))
    assert loaded.broken
    assert len(loaded.disabled) == 1


def test_long_lines_are_shown_around_the_caret() -> None:
    fault = only_fault(replaced("minutes: 5", f"concepts: [{'word, ' * 60}yes]"))
    _, source, carets = str(fault).splitlines()
    assert len(source) < 110
    assert source[carets.index("^") : carets.rindex("^") + 1] == "yes"


def test_carets_stand_below_wide_characters() -> None:
    fault = only_fault(replaced("minutes: 5", "terms: {形状: yes}"))
    _, source, carets = str(fault).splitlines()
    assert carets.index("^") == source.index("yes") + 2


def test_nothing_of_a_file_reaches_the_terminal_as_a_command() -> None:
    text = replaced("minutes: 5", 'minutes: "\\e[31m\\a"')
    assert "\x1b" not in str(only_fault(text))
    assert printable("a\x1b[0m\x9b") == "a\N{REPLACEMENT CHARACTER}[0m\N{REPLACEMENT CHARACTER}"
    assert quoted("x" * 100).endswith("…`")
