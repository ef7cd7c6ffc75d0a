"""What a run may leave outside its folder: files in shared memory. A user of its own makes them easy to tell."""

from __future__ import annotations

import contextlib
import os

from .scratch import Scratch

SHARED_MEMORY = "/dev/shm"


def remove_leftovers(scratch: Scratch, user: int | None) -> None:
    """The run's folder, and what its user has in shared memory."""
    scratch.remove()
    if user is not None:
        sweep_shared_memory(user)


def sweep_shared_memory(user: int) -> None:
    """Remove what this user, who is no person, has left there."""
    with contextlib.suppress(OSError), os.scandir(SHARED_MEMORY) as entries:
        for entry in entries:
            if entry.stat(follow_symlinks=False).st_uid != user:
                continue
            with contextlib.suppress(OSError):
                os.unlink(entry.path)
