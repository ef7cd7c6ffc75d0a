from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tutor.authoring.figures import MEASURED, read_results
from tutor.lesson.catalog import Catalog
from tutor.lesson.model import Figure

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT / "docs" / "measurements" / "record.py"
RESULTS = ROOT / "lessons" / "data" / "measured.yaml"
QUICK = ("xor-tanh8-adam", "line-worst-miss", "cancer-scaled")


def test_every_recorded_measurement_names_its_script_and_what_it_is() -> None:
    for name, measured in read_results(RESULTS.read_bytes()).items():
        script = ROOT / measured.script
        assert script.is_file(), name
        family = re.sub(r"\d+$", "{n}", name)
        assert re.search(rf'"({name}|{re.escape(family)})"', script.read_text(encoding="utf-8")), name
        assert measured.what, name


def test_lessons_quote_recorded_measurements_only() -> None:
    catalog = Catalog()
    quoted = {
        figure.of.removeprefix(MEASURED)
        for name in catalog.order
        if (lesson := catalog.lesson(name)) is not None
        for step in lesson.steps
        for given in step.numbers.values()
        if (figure := given if isinstance(given, Figure) else Figure(of=given)).of.startswith(MEASURED)
    }
    assert quoted
    assert quoted <= set(read_results(RESULTS.read_bytes()))


@pytest.mark.torch
def test_quick_measurements_come_out_as_recorded() -> None:
    done = subprocess.run(
        [sys.executable, str(RECORD), "--check", *QUICK],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == list(QUICK)


@pytest.mark.torch
def test_a_check_of_a_measurement_that_differs_fails(tmp_path: Path) -> None:
    copies = tmp_path / "docs" / "measurements"
    copies.mkdir(parents=True)
    for script in RECORD.parent.glob("*.py"):
        (copies / script.name).write_bytes(script.read_bytes())
    (tmp_path / "lessons" / "data").mkdir(parents=True)
    recorded = RESULTS.read_text(encoding="utf-8").replace("value: 200.0", "value: 150.0")
    (tmp_path / "lessons" / "data" / "measured.yaml").write_text(recorded, encoding="utf-8")
    homes = (ROOT / "lessons" / "data").glob("ho*.py")
    for module in homes:
        (tmp_path / "lessons" / "data" / module.name).write_bytes(module.read_bytes())
    done = subprocess.run(
        [sys.executable, str(copies / RECORD.name), "--check", "xor-tanh8-adam"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "recorded: 150" in done.stdout
