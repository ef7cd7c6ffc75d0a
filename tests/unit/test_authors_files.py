from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tutor.authoring.draft import import_draft
from tutor.authoring.lint import lint
from tutor.authoring.packing import pack
from tutor.authoring.scaffold import new_lesson
from tutor.authoring.standing import Earlier
from tutor.authoring.steadiness import same_text, steady
from tutor.failures import CommandFailure, Exit
from tutor.lesson.catalog import Catalog
from tutor.lesson.load import load_lesson
from tutor.lesson.model import Explain, Run
from tutor.lesson.pack import MANIFEST, write_pack

MARKDOWN = """\
---
id: "07 Intro"
title: "An introduction"
concepts:
  - tensors
why: "It opens: the door."
prerequisites:
  - 06-before
sources:
  - repo: "a/b"
    section: "One: two"
    license: "MIT"
---

# An introduction

Words with `code`, and a line that is much longer than a pane of a terminal has columns to show it in one.

## Boxes

```python
import torch
x = torch.ones(2)
```

## Boxes

Uses what came before.

```text
not: python
```

```python
print(x.sum())
```
"""


def imported(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert import_draft(tmp_path / name, tmp_path / "drafts") == Exit.FINE
    return next((tmp_path / "drafts").glob("*.yaml"))


def test_a_new_lesson_is_free_of_remarks_and_never_replaces_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new_lesson("my-lesson", tmp_path) == Exit.FINE
    assert "my-lesson.yaml is written" in capsys.readouterr().out
    assert lint([tmp_path / "my-lesson.yaml"], False) == Exit.FINE, capsys.readouterr().out
    before = (tmp_path / "my-lesson.yaml").read_bytes()
    with pytest.raises(CommandFailure, match="is there already"):
        new_lesson("my-lesson", tmp_path)
    assert (tmp_path / "my-lesson.yaml").read_bytes() == before
    with pytest.raises(CommandFailure, match="is no lesson id"):
        new_lesson("../Escape", tmp_path)


def test_markdown_with_front_matter_becomes_a_draft_that_loads(tmp_path: Path) -> None:
    loaded = load_lesson(imported(tmp_path, "intro.md", MARKDOWN))
    assert loaded.faults == ()
    lesson = loaded.lesson
    assert lesson is not None
    assert (lesson.id, lesson.title, lesson.why) == ("07-intro", "An introduction", "It opens: the door.")
    assert [(one.repo, one.section, one.license) for one in lesson.sources] == [("a/b", "One: two", "MIT")]
    first, second, third = lesson.steps
    assert isinstance(first, Explain)
    assert max(map(len, first.text.splitlines())) <= 80
    assert isinstance(second, Run)
    assert isinstance(third, Run)
    assert (second.id, third.id) == ("boxes", "boxes-2")
    assert "not: python" in third.text
    compile(third.code, "third", "exec")
    assert third.code.splitlines()[:2] == ["import torch", "x = torch.ones(2)"]


def test_a_notebook_becomes_a_draft_without_its_magic(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Books\n", "Read."]},
        {"cell_type": "code", "source": ["%matplotlib inline\n", "!pip list\n", "y = 1"], "outputs": []},
    ]
    lesson = load_lesson(imported(tmp_path, "book.ipynb", json.dumps({"cells": cells}))).lesson
    assert lesson is not None
    (step,) = lesson.steps
    assert isinstance(step, Run)
    assert step.code == "# %matplotlib inline\n# !pip list\ny = 1\n"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.md", "\n\n", "neither prose nor Python"),
        ("a.ipynb", "{}", "no Jupyter notebook"),
        ("a.md", "---\nid: &x a\n---\nHello\n", "front matter cannot be read"),
    ],
)
def test_what_cannot_be_imported_is_said_in_a_sentence(
    name: str, text: str, says: str, tmp_path: Path
) -> None:
    with pytest.raises(CommandFailure, match=says):
        imported(tmp_path, name, text)


def test_a_piece_of_code_gets_what_it_uses_of_earlier_pieces_and_no_more() -> None:
    earlier = Earlier()
    assert earlier.complete("import torch\nimport math\na = torch.ones(1)").startswith("import torch")
    earlier.complete("def f(x):\n    return a * x\nz = 0")
    assert earlier.complete("print(f(2))") == (
        "import torch\na = torch.ones(1)\ndef f(x):\n    return a * x\n\nprint(f(2))"
    )


def lessons(tmp_path: Path) -> Path:
    folder = tmp_path / "lessons"
    new_lesson("packed-lesson", folder / "track")
    (folder / "course.yaml").write_text(
        "format: 1\ntitle: Packed\ntracks:\n  - {id: practice, title: P, lessons: [packed-lesson]}\n"
    )
    return folder


def test_a_pack_is_read_as_the_folder_it_was_made_from(tmp_path: Path) -> None:
    folder, out = lessons(tmp_path), tmp_path / "out.pack"
    assert pack(folder, out) == Exit.FINE
    first = out.read_bytes()
    pack(folder, out)
    assert out.read_bytes() == first
    catalog = Catalog((out,))
    assert catalog.all_faults() == []
    assert (catalog.title, catalog.order) == ("Packed", ("packed-lesson",))
    assert catalog.lesson("packed-lesson") == Catalog((folder,)).lesson("packed-lesson")


def test_a_folder_with_a_fault_is_not_packed(tmp_path: Path) -> None:
    folder = lessons(tmp_path)
    (folder / "bad.yaml").write_text("format: 1\n")
    with pytest.raises(CommandFailure, match="Nothing was written"):
        pack(folder, tmp_path / "out.pack")
    assert not (tmp_path / "out.pack").exists()


def changed(pack: Path, name: str, content: bytes) -> None:
    with zipfile.ZipFile(pack) as old:
        files = {one: old.read(one) for one in old.namelist()}
    with zipfile.ZipFile(pack, "w") as new:
        for one, former in files.items():
            new.writestr(one, content if one == name else former)


def test_a_pack_that_was_changed_or_leads_out_of_itself_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out.pack"
    pack(lessons(tmp_path), out)
    changed(out, "track/packed-lesson.yaml", b"format: 1\n")
    (fault,) = Catalog((out,)).faults
    assert "another content than its manifest says" in fault.sentence
    write_pack(out, "Evil", {"../../evil.yaml": b"x"})
    (fault,) = Catalog((out,)).faults
    assert "leads out of the pack" in fault.sentence
    assert not (tmp_path.parent / "evil.yaml").exists()
    write_pack(out, "None", {})
    changed(out, MANIFEST, b"[]")
    assert "no readable manifest" in Catalog((out,)).faults[0].sentence
    out.write_bytes(b"PK\x03\x04 and then nothing")
    assert "cannot be read" in Catalog((out,)).faults[0].sentence


def test_a_record_bears_other_times_addresses_and_last_digits_but_no_other_words() -> None:
    assert steady("<f at 0x7f12ab34cd> in 0.31 s, 12 ms") == steady("<f at 0x7f00000000> in 12.5 s, 3 ms")
    assert same_text("loss 0.6931 at 3", "loss   0.6935 at 3")
    assert not same_text("loss 0.6931", "loss 0.8")
    assert not same_text("shape (2, 3)", "shape (3, 2)")
    assert not same_text("passed", "not_yet")
