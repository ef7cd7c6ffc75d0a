from __future__ import annotations

from tests.worker.far_side import FarSide

PNG = "b'\\x89PNG\\r\\n\\x1a\\n' + b'\\0\\0\\0\\rIHDR' + (640).to_bytes(4, 'big') + (480).to_bytes(4, 'big') + bytes(3000)"


def notices(worker: FarSide, source: str, **fields: object) -> list[str]:
    return [event["text"] for event in worker.run(source, **fields).of("notice")]


def test_a_saved_picture_is_announced_with_its_size(worker: FarSide) -> None:
    source = f"import os\nos.mkdir('plots')\nopen('plots/loss.png', 'wb').write({PNG})\nopen('table.txt', 'w').write('1')"
    (said,) = notices(worker, source)
    assert said.startswith("Saved plots/loss.png (640 × 480, 2 kB)")
    assert "scratch folder" in said


def test_a_picture_is_announced_when_the_program_ends_with_an_error(worker: FarSide) -> None:
    (said,) = notices(worker, "open('a.svg', 'w').write('<svg/>')\n1/0")
    assert said.startswith("Saved a.svg (1 kB)")


def test_pictures_of_the_lesson_are_not_taken_for_the_programs(worker: FarSide) -> None:
    assert notices(worker, "print(open('cat.png').read())", files={"cat.png": "eA=="}) == []


def test_a_figure_left_open_is_told_with_what_keeps_it(worker: FarSide) -> None:
    pyplot = "import sys, types\nplt = types.ModuleType('matplotlib.pyplot')\nplt.get_fignums = lambda: [1]\n"
    (said,) = notices(worker, pyplot + "sys.modules['matplotlib.pyplot'] = plt")
    assert "savefig" in said


def test_a_program_without_pictures_is_told_nothing(worker: FarSide) -> None:
    assert notices(worker, "import os, shutil\nshutil.rmtree(os.getcwd(), ignore_errors=True)") == []
