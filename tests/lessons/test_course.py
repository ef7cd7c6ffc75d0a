from __future__ import annotations

import contextlib
import io
import json

import pytest

from tutor.authoring.prove import test as prove
from tutor.lesson.shelf import default_lessons
from tutor.settings import Settings

pytestmark = pytest.mark.torch


def test_everything_in_the_course_behaves_as_its_lessons_say() -> None:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        prove([default_lessons()], True, Settings())
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["message"] for line in lines if line["event"] == "fault"] == []
    tried = [line for line in lines if line["event"] == "trial"]
    assert len(tried) > 100
    assert [
        (line["lesson"], line["step"], line["what"], line["message"]) for line in tried if not line["ok"]
    ] == []
