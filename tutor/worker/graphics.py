"""A run's share of each graphics card: set when the run itself starts CUDA, never by us, since starting it costs seconds and memory."""

from __future__ import annotations

from typing import Any


def cap_when_started(cuda: Any, megabytes: int) -> None:
    """Have torch limit this process on every card once CUDA starts; `cuda` is `torch.cuda`. Not tried on a real card."""

    def limit() -> None:
        for index in range(cuda.device_count()):
            total = cuda.get_device_properties(index).total_memory
            cuda.set_per_process_memory_fraction(min(1.0, (megabytes << 20) / total), index)

    later = getattr(cuda, "_lazy_call", None)  # torch's own list of what to do at that moment
    if later is not None:
        later(limit)


def sentence(megabytes: int) -> str:
    """For a program that wanted more."""
    return (
        f"The program needed more than a run's {megabytes} MB of GPU memory, or other programs left less than that free; "
        "smaller batches are the remedy."
    )
