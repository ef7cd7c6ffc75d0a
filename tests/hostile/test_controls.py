"""The attacks can succeed: the same programs, against the same decoys, with the layers left out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hostile.attack import Attack
from tests.hostile.test_attacks import ALL, Place

MARKED = [attack for attack in ALL if attack.layer]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    place = Place("a user, no layers", tmp_path_factory.mktemp("bare"))
    yield place
    place.close()


@pytest.mark.parametrize("attack", MARKED, ids=str)
def test_without_its_layers_the_attack_succeeds(attack: Attack, bare: Place) -> None:
    told = bare.suffer(attack)
    succeeded = "done" in told.stdout or bare.outside.changes() or told.status == "ok" != attack.status
    bare.outside.end_victim()
    bare.outside.renew()
    assert succeeded, told.text() + told.message


def test_every_layer_has_a_control() -> None:
    assert {attack.layer for attack in MARKED} >= {"limits", "landlock", "seccomp", "namespaces"}


def test_a_layer_left_out_is_named_as_such(bare: Place) -> None:
    layers = bare.worker.first["layers"]
    assert isinstance(layers, dict)
    assert set(layers.values()) == {"left out on request"}
