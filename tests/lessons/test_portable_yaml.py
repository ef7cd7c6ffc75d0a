from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tutor.lesson.shelf import default_lessons

FILES = sorted(Path(default_lessons()).rglob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_lesson_reads_the_same_where_the_c_parser_of_yaml_is_missing(file: Path) -> None:
    # libyaml accepts a plain `?` inside braces; the parser in pure Python does not.
    text = file.read_text(encoding="utf-8")
    assert yaml.load(text, yaml.SafeLoader) == yaml.load(text, yaml.CSafeLoader)
