from __future__ import annotations

import asyncio
import io
import json
import os
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.console import Console

from tests.fakes.runner import MISSING, FakeRunner
from tests.snapshots import scenes
from tutor.events import Asked, Error, Event, Finished, Insight, Output, Step
from tutor.failures import CommandFailure
from tutor.headless.live_report import LiveReport, step_text
from tutor.headless.plain_report import PlainReport
from tutor.headless.presenting import JsonLines, Passing, shown
from tutor.headless.run import present, presenter_for, run_file
from tutor.headless.typed_lines import TypedLines
from tutor.renderables.charset import Charset
from tutor.runner.request import RunRequest
from tutor.settings import Settings

SETTINGS = Settings()
REQUEST = RunRequest(source=scenes.SOURCE)
SCRIPT: list[Event] = [
    Output(text="hello\n"),
    *scenes.BOUNDS,
    *(Step(step=step, loss=2.0 / (step + 1), n=step + 1, total=50) for step in range(50)),
    scenes.STEP,
    scenes.INSIGHT,
]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "train.py"
    path.write_text(scenes.SOURCE, encoding="utf-8")
    return path


def run(mode: str, events: Sequence[Event], *, lens: bool = True) -> int:
    return run_file("train.py", (), mode, lens, SETTINGS, make_runner=lambda _: FakeRunner([events]))


@pytest.mark.parametrize(
    ("finished", "code"),
    [
        (Finished(status="ok"), 0),
        (Finished(status="ok", exit_code=0), 0),
        (Finished(status="ok", exit_code=3), 1),
        (Finished(status="error", exit_code=1), 1),
        (Finished(status="timeout"), 1),
        (Finished(status="crashed"), 1),
    ],
)
def test_the_exit_code_is_that_of_the_programs_success(script: Path, finished: Finished, code: int) -> None:
    assert run("plain", [finished]) == code


def test_json_writes_every_event_as_a_line_and_nothing_else(
    script: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("json", SCRIPT) == 0
    out, err = capsys.readouterr()
    kinds = [json.loads(line)["event"] for line in out.splitlines()]
    assert kinds == ["started", *(event.kind for event in SCRIPT), "finished"]
    assert err == ""


def test_plain_passes_output_on_then_tells_what_the_lens_saw(
    script: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("plain", SCRIPT) == 0
    out, _ = capsys.readouterr()
    assert out.startswith("hello\n\nLines:\n   4  x = torch.randn(64, 8)")
    for part in (
        "→ (64, 8) f32",
        "loss fell from 2 to 0.04 over 50 steps",
        "embedding.weight: no gradient.",
        "Line 9: pred (64, 1) and y",
    ):
        assert part in out
    assert "\x1b" not in out


def test_without_the_lens_only_the_programs_own_streams_are_written(
    script: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = [
        Output(text="a\n"),
        Output(stream="stderr", text="b\n"),
        Finished(status="timeout", message="Stopped after 30 s."),
    ]
    assert run("rich", events, lens=False) == 1
    assert capsys.readouterr() == ("a\n", "b\nStopped after 30 s.\n")


def test_a_program_that_failed_is_explained_in_words(
    script: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("rich", [scenes.BROADCAST_ERROR, Finished(status="error")]) == 1
    out, _ = capsys.readouterr()
    assert "Error:\nLine 4, at x + b: x and b do not line up." in out
    assert "Try: b has one number per row" in out
    assert "The program ended with an error" in out


def test_a_program_the_person_stopped_made_no_error(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("plain", [Error(type="KeyboardInterrupt"), Finished(status="stopped")])
    out, _ = capsys.readouterr()
    assert "KeyboardInterrupt" not in out
    assert "was stopped" in out


def test_without_torch_the_sentence_says_where_it_looked_and_what_to_try(script: Path) -> None:
    with pytest.raises(CommandFailure, match=r"has no torch\. Name an interpreter") as caught:
        run_file(
            "train.py", (), "json", True, SETTINGS, make_runner=lambda _: FakeRunner(after_start=MISSING)
        )
    assert caught.value.code == 3


async def test_ctrl_c_stops_the_program_and_its_end_is_still_shown() -> None:
    runner = FakeRunner([[Output(text="on\n")]], hold=True)
    out = io.StringIO()
    running = asyncio.create_task(present(lambda _: runner, SETTINGS, REQUEST, JsonLines(out)))
    while "on" not in out.getvalue():
        await asyncio.sleep(0)
    os.kill(os.getpid(), signal.SIGINT)
    finished = await asyncio.wait_for(running, 10)
    assert finished.status == "stopped"
    assert runner.stops == ["run"]
    assert runner.closed
    assert json.loads(out.getvalue().splitlines()[-1])["status"] == "stopped"


async def test_what_is_typed_answers_input_and_the_end_of_input_stops_the_program() -> None:
    reading, writing = os.pipe()
    os.write(writing, "Ada\nå".encode())
    os.close(writing)
    runner = FakeRunner([[Asked(prompt="name? "), Asked(), Asked()]])
    await present(
        lambda _: runner, SETTINGS, REQUEST, Passing(io.StringIO(), io.StringIO()), TypedLines(reading)
    )
    os.close(reading)
    assert runner.lines == [("run", "Ada"), ("run", "å")]
    assert runner.stops == ["run"]


async def test_lines_of_a_regular_file_are_read_without_waiting(tmp_path: Path) -> None:
    path = tmp_path / "answers"
    path.write_text("1\n2\n", encoding="utf-8")
    with path.open("rb") as file:
        lines = TypedLines(file.fileno())
        assert [await lines.next_line() for _ in range(3)] == ["1", "2", None]


def test_output_reaches_a_terminal_without_a_control_and_a_pipe_as_it_is() -> None:
    text = "\x1b[31mred\x1b[0m \x1b]52;c;aGk=\x07 50%\r100%\n"
    assert shown(text, io.StringIO()) == text
    assert shown(text, Terminal()) == "red \\x1b]52;c;aGk=\\x07 50%\r100%\n"


def drawn(events: Sequence[Event], *, ticks: bool = False, height: int = 60, ascii: bool = False) -> str:
    out = Terminal()
    console = Console(
        file=out, width=100, height=height, force_terminal=True, color_system=None, legacy_windows=False
    )
    report = LiveReport(scenes.SOURCE, Charset.of(ascii, False), console)
    for event in events:
        report.take(event)
        if ticks:
            report.tick()
    report.close()
    return out.getvalue()


def test_the_last_picture_holds_output_source_notes_plot_insight_and_end() -> None:
    text = drawn([*SCRIPT, Finished(status="ok", seconds=1.5)])
    parts = [
        "hello",
        "x = torch.randn(64, 8)",
        "→ (64, 8) f32",
        "╰ pred (64, 1) and y",
        "loss 0.04",
        "└───",
        "The program finished",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_the_moving_picture_is_taken_away_before_the_last_one_is_drawn() -> None:
    text = drawn([*SCRIPT, Finished(status="ok")], ticks=True)
    assert "ctrl+c stops it" in text
    after = text[text.rindex("ctrl+c stops it") :]
    assert "\x1b[2K" in after
    assert "x = torch.randn(64, 8)" in after


def test_a_screen_too_low_for_the_source_still_shows_the_state() -> None:
    text = drawn([Output(text="a\n")], ticks=True, height=8)
    assert "ctrl+c stops it" in text
    assert "import torch" not in text


def test_half_a_line_of_output_and_a_progress_bar_are_written_once() -> None:
    text = drawn([Output(text="10%\r20%\r"), Output(text="100%\nand half"), Finished(status="ok")])
    assert "100%\nand half\n" in text
    assert "20%" not in text


def test_ascii_drawings_are_ascii() -> None:
    assert (
        drawn([*SCRIPT, scenes.LINEAR_ERROR, Finished(status="error")], ascii=True)
        .replace("\x1b", "")
        .isascii()
    )


def test_the_status_says_how_fast_and_how_long_still() -> None:
    assert step_text(Step(step=99, n=100, total=500, t=2.0)) == "step 100 of 500, 50 a second, 8.00 s left"
    assert step_text(Step(step=0)) == "1 step"


def test_drawing_needs_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert isinstance(presenter_for("rich", REQUEST, SETTINGS), PlainReport)
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert isinstance(presenter_for("rich", REQUEST, SETTINGS), LiveReport)
    monkeypatch.setenv("TERM", "dumb")
    assert isinstance(presenter_for("rich", REQUEST, SETTINGS), PlainReport)


def test_an_insight_without_a_line_is_told_at_the_end() -> None:
    text = drawn([Insight(code="seed", message="No seed was set."), Finished(status="ok")])
    assert "No seed was set." in text
