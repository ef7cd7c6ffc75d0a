from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.lesson_texts import SOUND
from tutor.lesson.catalog import Catalog, UnknownPlace
from tutor.lesson.load import Loaded, load_lesson


def write(folder: Path, name: str, *, track: str = "tensors", more: str = "") -> Path:
    text = SOUND.replace("id: sound", f"id: {name}", 1).replace("title: Sound", f"title: About {name}")
    path = folder / track / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace("track: tensors\n", f"track: {track}\n{more}"), encoding="utf-8")
    return path


def course(folder: Path, text: str) -> None:
    (folder / "course.yaml").write_text("format: 1\ntitle: A course\ntracks:\n" + text, encoding="utf-8")


def test_lessons_stand_by_track_then_prerequisites_then_file_name(tmp_path: Path) -> None:
    write(tmp_path, "apple", more="prerequisites: [pear]\n")
    write(tmp_path, "pear")
    write(tmp_path, "quince")
    write(tmp_path, "early", track="autograd")
    catalog = Catalog([tmp_path])
    assert catalog.order == ("early", "pear", "apple", "quince")
    assert [(track.id, track.title) for track in catalog.tracks] == [
        ("autograd", "Autograd"),
        ("tensors", "Tensors"),
    ]


def test_course_yaml_gives_title_and_order_and_unlisted_lessons_follow_in_their_track(tmp_path: Path) -> None:
    for name in ("apple", "pear", "quince"):
        write(tmp_path, name)
    course(
        tmp_path, "  - {id: empty, title: Later}\n  - {id: tensors, title: Fruit, lessons: [quince, apple]}\n"
    )
    catalog = Catalog([tmp_path])
    assert catalog.title == "A course"
    assert catalog.order == ("quince", "apple", "pear")
    assert [track.title for track in catalog.tracks] == ["Later", "Fruit"]
    assert catalog.faults == []


def test_course_yaml_listing_an_unknown_lesson_is_a_fault_with_a_suggestion(tmp_path: Path) -> None:
    write(tmp_path, "quince")
    course(tmp_path, "  - id: tensors\n    title: Fruit\n    lessons:\n      - quinze\n")
    (fault,) = Catalog([tmp_path]).faults
    assert (fault.line, fault.column, fault.width) == (7, 9, 6)
    assert fault.advice == "Did you mean `quince`?"


def test_a_course_yaml_that_does_not_fit_is_left_aside(tmp_path: Path) -> None:
    write(tmp_path, "quince")
    course(tmp_path, "  - {id: tensors, titel: Fruit}\n")
    catalog = Catalog([tmp_path])
    assert catalog.order == ("quince",)
    assert [fault.line for fault in catalog.faults] == [4, 4]


def test_no_steps_are_read_before_a_lesson_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("apple", "pear"):
        write(tmp_path, name, more="prerequisites: [apple]\n" if name == "pear" else "")
    read: list[str] = []

    def counted(path: Path, name: str) -> Loaded:
        read.append(path.stem)
        return load_lesson(path, name)

    catalog = Catalog([tmp_path], load=counted)
    heads = [entry.head for entry in catalog.entries()]
    assert [(head.title, head.steps, head.minutes) for head in heads] == [
        ("About apple", 3, 5),
        ("About pear", 3, 5),
    ]
    assert read == []
    assert catalog.lesson("pear") is catalog.lesson("pear")
    assert read == ["pear"]


def test_a_head_agrees_with_the_whole_lesson_wherever_the_steps_stand(tmp_path: Path) -> None:
    head, steps = SOUND.split("steps:\n")
    path = tmp_path / "turned.yaml"
    path.write_text(
        f"format: 1\nsteps:\n{steps}{head.removeprefix('format: 1')}aliases: [old]\n", encoding="utf-8"
    )
    catalog = Catalog([path])
    entry = catalog.entry("old")
    lesson = catalog.lesson("old")
    assert lesson is not None
    assert (entry.id, entry.head.steps, entry.head.why) == (lesson.id, len(lesson.steps), lesson.why)


def test_a_broken_lesson_is_listed_as_broken_and_the_rest_works(tmp_path: Path) -> None:
    write(tmp_path, "pear")
    (tmp_path / "tensors" / "torn.yaml").write_text("format: 1\ntitle: [\n", encoding="utf-8")
    (tmp_path / "tensors" / "binary.yaml").write_bytes(b"format: 1\nid: \xff\xfe\n")
    catalog = Catalog([tmp_path])
    assert [(name, catalog.broken(name)) for name in catalog.order] == [
        ("binary", True),
        ("pear", False),
        ("torn", True),
    ]
    assert "UTF-8" in catalog.loaded("binary").faults[0].found
    assert catalog.loaded("torn").faults[0].place == f"{tmp_path.name}/tensors/torn.yaml:2:8"


def test_the_second_file_with_an_id_is_broken_and_names_the_first(tmp_path: Path) -> None:
    write(tmp_path, "pear")
    write(tmp_path, "pear", track="trees").write_text(
        (tmp_path / "tensors/pear.yaml").read_text(), encoding="utf-8"
    )
    catalog = Catalog([tmp_path])
    assert [catalog.broken(name) for name in catalog.order] == [False, True]
    assert "tensors/pear.yaml" in catalog.loaded(catalog.order[1]).faults[0].advice


def test_an_unknown_prerequisite_is_a_fault_at_its_place_and_the_lesson_still_opens(tmp_path: Path) -> None:
    write(tmp_path, "pear")
    write(tmp_path, "plum", more="prerequisites: [pear, paer]\n")
    catalog = Catalog([tmp_path])
    (fault,) = catalog.loaded("plum").faults
    assert (fault.line, fault.column, fault.advice) == (6, 23, "Did you mean `pear`?")
    assert catalog.lesson("plum") is not None
    assert catalog.all_faults() == [fault]


def test_a_single_file_needs_no_prerequisites_beside_it(tmp_path: Path) -> None:
    path = write(tmp_path, "plum", more="prerequisites: [pear]\n")
    catalog = Catalog([path])
    assert catalog.order == ("plum",)
    assert catalog.all_faults() == []


def test_a_circle_of_prerequisites_is_told_and_cut(tmp_path: Path) -> None:
    write(tmp_path, "apple", more="prerequisites: [plum]\n")
    write(tmp_path, "pear", more="prerequisites: [apple]\n")
    write(tmp_path, "plum", more="prerequisites: [pear]\n")
    catalog = Catalog([tmp_path])
    assert sorted(catalog.order) == ["apple", "pear", "plum"]
    assert [fault.found for fault in catalog.all_faults()] == [
        "a circle of prerequisites: apple needs plum needs pear needs apple"
    ]


def test_old_ids_lead_to_the_lesson_and_unknown_ones_get_a_suggestion(tmp_path: Path) -> None:
    write(tmp_path, "pear", more="aliases: [birne]\n")
    catalog = Catalog([tmp_path])
    assert catalog.place("birne/double") == ("pear", "double")
    assert catalog.place("pear") == ("pear", None)
    assert catalog.place("pear/2") == ("pear", "guess")
    for text, says in [
        ("paer", "Did you mean `pear`?"),
        ("pear/dubble", "Did you mean `double`?"),
        ("x", "list"),
    ]:
        with pytest.raises(UnknownPlace, match=says.replace("?", r"\?")):
            catalog.place(text)


def test_a_disabled_step_says_why_it_cannot_be_opened(tmp_path: Path) -> None:
    path = write(tmp_path, "pear")
    path.write_text(path.read_text().replace("ask: value", "ask: valu"), encoding="utf-8")
    with pytest.raises(UnknownPlace, match=r"The step `guess` is broken: .*Did you mean `value`"):
        Catalog([tmp_path]).place("pear/guess")


def test_links_that_lead_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    write(inside, "pear")
    stranger = write(outside, "plum")
    (inside / "plum.yaml").symlink_to(stranger)
    (inside / "folder").symlink_to(outside)
    (inside / "own.yaml").symlink_to(inside / "tensors" / "pear.yaml")
    catalog = Catalog([inside])
    assert [fault.file for fault in catalog.faults] == ["inside/plum.yaml"]
    assert [entry.path.stem for entry in catalog.entries()] == ["own", "pear"]


def test_hidden_folders_and_lesson_data_hold_no_lessons(tmp_path: Path) -> None:
    write(tmp_path, "pear")
    for folder in (".git", "data"):
        write(tmp_path / folder, "plum")
    assert Catalog([tmp_path]).order == ("pear",)


def test_a_place_that_does_not_exist_is_a_fault_and_not_a_crash(tmp_path: Path) -> None:
    catalog = Catalog([tmp_path / "nowhere"])
    assert catalog.order == ()
    assert "no such file or folder" in catalog.faults[0].found


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "huge.yaml").write_text("# " + "x" * (1 << 20) + "\n" + SOUND, encoding="utf-8")
    catalog = Catalog([tmp_path])
    assert "more than 1 MB" in catalog.loaded("huge").faults[0].found


def test_files_of_a_lesson_come_from_its_data_folder_only(tmp_path: Path) -> None:
    write(tmp_path, "pear")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "words.txt").write_text("pear\n", encoding="utf-8")
    catalog = Catalog([tmp_path])
    assert catalog.files("pear", ["words.txt", "../tensors/pear.yaml", "none.txt"]) == {
        "words.txt": b"pear\n"
    }


def test_a_changed_file_is_read_again_on_request(tmp_path: Path) -> None:
    path = write(tmp_path, "pear")
    catalog = Catalog([tmp_path])
    assert catalog.lesson("pear") is not None
    path.write_text("format: 1\n", encoding="utf-8")
    assert not catalog.broken("pear")
    assert catalog.reload("pear").broken
