"""Every attack, under every way a machine may confine: the outcome is defined and the outside is as it was."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.attack import Attack
from tests.hostile.attacks_on_files import FILES
from tests.hostile.attacks_on_others import KERNEL, NETWORK, PROCESSES
from tests.hostile.attacks_on_resources import INTEGRITY, RESOURCES
from tests.hostile.outside import Outside, python_of
from tests.worker.far_side import FarSide, Told
from tutor.runner.environment import clean_environment
from tutor.worker.confine.layers import ALL as LAYERS
from tutor.worker.processes import children

SHARP = (*FILES, *NETWORK, *PROCESSES, *KERNEL)
ALL = (*SHARP, *RESOURCES, *INTEGRITY)
USER = 12345
NO_NAMESPACES = ("--without", "namespaces")
WAYS: dict[str, tuple[str, ...]] = {
    "all layers": (),
    "no namespaces": NO_NAMESPACES,
    "Landlock 1": (*NO_NAMESPACES, "--landlock-abi", "1"),
    "Landlock 3": (*NO_NAMESPACES, "--landlock-abi", "3"),
}
NO_LAYERS = tuple(word for layer in LAYERS for word in ("--without", layer))
USERS = {"root": None, "a user": USER} if os.geteuid() == 0 else {"a user": None}
FULL = ("root, all layers", "a user, no namespaces")
"""Ways under which the slow programs run too."""


class Place:
    """A worker under one way, and its outside."""

    def __init__(self, way: str, folder: Path) -> None:
        who, _, how = way.partition(", ")
        folder.chmod(0o755)
        for parent in folder.parents:
            if parent.stat().st_uid == os.getuid() and not parent.stat().st_mode & 1:
                parent.chmod(parent.stat().st_mode | 0o111)
        self.outside = Outside(folder, USERS[who])
        environ = clean_environment(os.environ)
        self.worker = FarSide(WAYS.get(how, NO_LAYERS), python_of(folder, USERS[who]), environ)

    def suffer(self, attack: Attack) -> Told:
        source = attack.source(self.outside.told(self.worker.process.pid))
        return self.worker.run(source, limits={"seconds": 10, **attack.limits}, filename="attack.py")

    def close(self) -> None:
        self.worker.close()
        self.outside.close()


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Place]]:
    found: dict[str, Place] = {}
    yield found
    for place in found.values():
        place.close()


def cases() -> list[tuple[str, Attack]]:
    ways = [f"{who}, {how}" for who in USERS for how in WAYS]
    return [(way, attack) for way in ways for attack in _table(way)]


def _table(way: str) -> tuple[Attack, ...]:
    if way in FULL:
        return ALL
    return (*FILES, *PROCESSES) if "Landlock" in way else SHARP  # what depends on the kernel's Landlock


@pytest.mark.parametrize(("way", "attack"), cases(), ids=str)
def test_an_attack_has_its_defined_outcome_and_changes_nothing_outside(
    way: str, attack: Attack, places: dict[str, Place], tmp_path_factory: pytest.TempPathFactory
) -> None:
    if way not in places:
        places[way] = Place(way, tmp_path_factory.mktemp("outside"))
    place = places[way]
    told = place.suffer(attack)
    changes = place.outside.changes()
    if changes:
        place.outside.end_victim()
        place.outside.renew()
    assert changes == [] or _known_leak(way, attack)
    assert told.status in attack.status.split(), told.text()[-2000:] + told.message
    assert attack.says in told.message
    if attack.prints == "refused":
        assert "refused" in told.stdout, told.text()[-2000:]
        assert "done" not in told.stdout
    else:
        assert attack.prints in told.text(), told.text()[-2000:]
    wait_until_gone(place.worker.process.pid)


def _known_leak(way: str, attack: Attack) -> bool:
    """A user's own shared memory outlives a run where there are no namespaces: docs/security.md says so."""
    return attack.layer == "namespaces" and way.startswith("a user") and "all layers" not in way


def wait_until_gone(worker: int) -> None:
    until = time.monotonic() + 10
    while children(worker) and time.monotonic() < until:
        time.sleep(0.005)
    assert children(worker) == []
