from __future__ import annotations

from pathlib import Path

from tests.fakes.progress import FakeProgress
from tests.fakes.runner import FakeRunner
from tests.ui.stage import LESSON, Stage
from tutor.lesson.catalog import Catalog
from tutor.preview_app import PreviewApp
from tutor.services import Services


async def test_a_preview_shows_what_was_saved_and_stays_at_its_step_while_that_is_broken(
    tmp_path: Path,
) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(LESSON, encoding="utf-8")
    runner, progress = FakeRunner(), FakeProgress()
    services = Services(catalog=Catalog([file]), runner=runner, progress=progress, clock=lambda: 0.0)
    app = PreviewApp(lambda: services, services.look, "small/double")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        stage = Stage(app, pilot, runner, progress)
        await stage.sees("Write double")
        file.write_text(LESSON.replace("Write `double`.", "Write it anew."), encoding="utf-8")
        await stage.sees("Write it anew.")
        file.write_text(LESSON.replace("goal: Write `double`.", "gaol: x"), encoding="utf-8")
        await stage.sees("gaol")
        assert stage.workspace.step.id == "double"
        file.write_text(LESSON.replace("Write `double`.", "Write it well."), encoding="utf-8")
        await stage.sees("Write it well.")
        assert stage.workspace.step.id == "double"
