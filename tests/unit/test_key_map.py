from __future__ import annotations

from pathlib import Path

import pytest

from tutor.commands import COMMANDS, command, put_in_force
from tutor.key_map import key_of, read_keys, with_keys


def _read(folder: Path, text: str) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    path = folder / "keys.yaml"
    path.write_text(text, encoding="utf-8")
    found = read_keys(path, COMMANDS)
    return dict(found.keys), [fault.replace(f"{path}:", "") for fault in found.faults]


def test_no_file_changes_nothing_and_says_nothing(tmp_path: Path) -> None:
    found = read_keys(tmp_path / "keys.yaml", COMMANDS)
    assert not found.keys
    assert not found.faults
    assert with_keys(COMMANDS, found.keys) == COMMANDS


def test_keys_and_letters_are_given_and_taken_from_whoever_had_them(tmp_path: Path) -> None:
    keys, faults = _read(tmp_path, "run: [f9, x]\nline_up: ctrl+t\nhint: []\n")
    assert not faults
    table = {entry.name: entry for entry in with_keys(COMMANDS, keys)}
    assert (table["run"].keys, table["run"].letters) == (("f9",), ("x",))
    assert table["palette"].keys == ("ctrl+p",)
    assert table["line_up"].keys == ("ctrl+t",)
    assert table["line_up"].letters == ("U",)
    assert table["check"].keys == ("f8",)
    assert (table["hint"].keys, table["hint"].letters) == ((), ())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("?", ("question_mark",)),
        ("K", ("K",)),
        ("/", ("slash",)),
        ("Ctrl+Y", ("ctrl+y",)),
        ("ctrl+]", ("ctrl+right_square_bracket",)),
        ("ctrl+space", ("ctrl+@", "ctrl+space")),
        ("ctrl+/", ("ctrl+underscore", "ctrl+slash")),
        ("F12", ("f12",)),
    ],
)
def test_keys_are_written_as_people_write_them(written: str, meant: tuple[str, ...]) -> None:
    assert key_of(written) == meant


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("run: f9\nchek: f8\n", "2: there is no command `chek`; did you mean `check`?"),
        (
            "run: alt+r\n",
            "1: not every terminal sends alt+r: expected ctrl+letter, f1 to f12, or a single letter.",
        ),
        ("run: ctrl+m\n", "1: the terminal sends ctrl+m as Enter."),
        ("run: f9\nhint: f9\n", "2: f9 is `run` already, in a line above."),
        ("run: f9\nrun: f10\n", "2: `run` has its keys already, in a line above."),
        ("run: {a: b}\n", "1: `run` has something other than keys; expected `run: [ctrl+r, f5]`."),
        ("- run\n", "1: found no commands; expected lines like `run: [ctrl+r, f5]`."),
    ],
)
def test_a_fault_names_file_and_line_and_the_other_lines_hold(tmp_path: Path, text: str, fault: str) -> None:
    keys, faults = _read(tmp_path, text)
    assert faults == [fault]
    assert keys.get("run", ("f9",)) == ("f9",)


def test_a_file_that_is_no_yaml_is_a_fault_with_its_line(tmp_path: Path) -> None:
    _, faults = _read(tmp_path, "run: f9\nhint: [f8\n")
    assert len(faults) == 1
    assert faults[0].endswith("expected lines like `run: [ctrl+r, f5]`.")


def test_every_command_has_a_name_of_its_own_for_the_file_and_may_be_called_as_on_the_help_screen() -> None:
    names = [entry.name for entry in COMMANDS]
    labels = {entry.label.replace(" ", "_"): entry.name for entry in COMMANDS}
    assert len(names) == len(set(names)) == len(labels)
    assert all(name.isidentifier() for name in (*names, *labels))
    assert all(labels.get(name, name) == name for name in names)


def test_what_is_in_force_is_what_commands_are_looked_up_in() -> None:
    put_in_force(with_keys(COMMANDS, {"run": ("f9",)}))
    try:
        assert command("run").keys == ("f9",)
    finally:
        put_in_force(COMMANDS)
