"""How much memory this process took beyond what the worker handed it: finds peaks between two looks of the watch."""

from __future__ import annotations

STATUS = "/proc/self/status"


def _status() -> dict[bytes, int]:
    """The memory lines of the status file, in bytes."""
    found: dict[bytes, int] = {}
    try:
        with open(STATUS, "rb") as status:
            for line in status:
                name, _, value = line.partition(b":")
                if name.startswith((b"Rss", b"VmHWM")):
                    found[name] = int(value.split()[0]) * 1024
    except OSError:
        return {}
    return found


class Footprint:
    """Taken at the start of a run, asked at its end."""

    def __init__(self) -> None:
        self._before = _own(_status())

    def growth(self) -> int:
        """Bytes the process grew by at its largest, mapped files left out."""
        now = _status()
        return max(0, now.get(b"VmHWM", 0) - now.get(b"RssFile", 0) - self._before)


def _own(status: dict[bytes, int]) -> int:
    return status.get(b"RssAnon", 0) + status.get(b"RssShmem", 0)
