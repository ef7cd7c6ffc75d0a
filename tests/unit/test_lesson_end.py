from __future__ import annotations

from pathlib import Path

from tutor.events import Error
from tutor.lesson.model import Explain, Lesson
from tutor.panes.glyphs import UNICODE
from tutor.panes.lesson_end import LONGEST_MISHAP, LessonEnd, lesson_end, mishap_line
from tutor.progress.contract import StepRecord
from tutor.progress.keepsakes import Diary, Keepsakes, KeptRun

LESSON = Lesson(
    format=1,
    id="small",
    title="A small lesson",
    why="Because.",
    track="tensors",
    steps=[Explain(id="read", text="Words."), Explain(id="more", text="More words.")],
    recap=["a[i] stays literal [/]"],
)


def test_the_page_tells_what_was_done_what_to_keep_and_what_went_wrong() -> None:
    diary = Diary(runs=6, seconds=14 * 60.0, mishaps=["line 9   Trying to go back a second time"])
    records = {"read": StepRecord("small", "read", passed=True, hints=1)}
    shown = lesson_end(LessonEnd(LESSON, records, diary, review=2 * 86_400.0), UNICODE).plain
    assert "● " in shown
    assert "○ " in shown
    assert "a[i] stays literal [/]" in shown
    assert "One thing went wrong on the way" in shown
    assert "line 9   Trying to go back a second time" in shown
    assert "14 minutes, 6 runs, 1 hint   next review in 2 days   1 step still open" in shown


def test_an_error_is_told_in_one_line_without_its_colours() -> None:
    error = Error(type="ValueError", message="\x1b[1mNo.\x1b[0m\nMore.", line=9)
    assert mishap_line(error) == "line 9   No"
    assert mishap_line(Error(type="KeyError", message="", line=None)) == "KeyError"
    assert len(mishap_line(Error(type="E", message="x" * 500, line=1))) == LONGEST_MISHAP


def test_pauses_do_not_count_as_work_and_the_same_mishap_is_told_once() -> None:
    diary = Diary()
    for now in (1000.0, 1060.0, 5000.0, 5030.0):
        diary.alive(now)
    assert diary.seconds == 90.0
    for mishap in ("a", "b", "a"):
        diary.met(mishap)
    assert diary.mishaps == ["b", "a"]


def test_keepsakes_are_found_again_whatever_the_ids_and_forgotten_on_a_reset(tmp_path: Path) -> None:
    kept = Keepsakes(tmp_path)
    run = KeptRun("x = 1\n", 5.0, ("one", "two"))
    kept.keep_run("../../etc", "a/b\x00", run)
    kept.keep_diary("../../etc", Diary(runs=2))
    assert kept.run("../../etc", "a/b\x00") == run
    assert kept.diary("../../etc").runs == 2
    assert len(list(tmp_path.rglob("*.json*"))) == 2
    kept.forget("../../etc", "a/b\x00")
    assert kept.run("../../etc", "a/b\x00") is None
    assert kept.diary("../../etc").runs == 2
    kept.forget(None)
    assert kept.diary("../../etc") == Diary()


def test_a_damaged_or_unwritable_keepsake_is_as_if_there_were_none(tmp_path: Path) -> None:
    kept = Keepsakes(tmp_path)
    kept.keep_run("small", "read", KeptRun("x", 1.0))
    for file in tmp_path.rglob("*.jsonl"):
        file.write_bytes(b"\xff\x00{")
    assert kept.run("small", "read") is None
    (tmp_path / "file").write_text("")
    Keepsakes(tmp_path / "file").keep_run("small", "read", KeptRun("x", 1.0))
    assert Keepsakes().run("small", "read") is None
