from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.worker.far_side import FarSide


@pytest.fixture(scope="package")
def worker() -> Iterator[FarSide]:
    far = FarSide()
    yield far
    far.close()
