from __future__ import annotations

from pathlib import Path

import pytest

from tutor.lesson.shelf import default_lessons
from tutor.runner.trust import came_with_program, contained, question, refusal, warning

BARE = {"limits": "on", "seccomp": "on", "landlock": "the kernel has none", "namespaces": "EPERM"}


@pytest.mark.parametrize("wall", ["landlock", "namespaces"])
def test_one_wall_is_enough_for_lessons_of_strangers(wall: str) -> None:
    layers = {**BARE, wall: "on"}
    assert contained(layers)
    assert (warning(layers), question(layers, False), refusal(layers, False)) == ("", "", "")


@pytest.mark.parametrize("layers", [BARE, {}])
def test_without_a_wall_strangers_are_asked_about_and_our_own_run_with_a_warning(
    layers: dict[str, str],
) -> None:
    assert "Landlock" in warning(layers)
    assert question(layers, True) == refusal(layers, True) == ""
    assert question(layers, False).endswith("?")
    assert "Not run" in refusal(layers, False)


def test_a_lesson_is_ours_by_where_its_file_lies_links_followed(tmp_path: Path) -> None:
    ours = next(default_lessons().rglob("*.yaml"))
    assert came_with_program(ours)
    stranger = tmp_path / "lesson.yaml"
    stranger.write_text("format: 1\n")
    assert not came_with_program(stranger)
    link = tmp_path / "linked.yaml"
    link.symlink_to(ours)
    assert came_with_program(link)
