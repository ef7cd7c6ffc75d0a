"""A pack: one file that holds a folder of lessons with the hash of each file. Read as `--lessons`, it is checked first."""

from __future__ import annotations

import atexit
import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

MANIFEST = "manifest.json"
FORMAT = 1
_LARGEST = 64 << 20
"""Bytes of all files together, unpacked."""
_MOST_FILES = 4000
_FIXED = (1980, 1, 1, 0, 0, 0)
"""The same files make the same pack."""


class BadPack(ValueError):
    """A pack that cannot be read; the text says what was found and expected."""


def is_pack(path: Path) -> bool:
    """Whether a file is a pack, by its first bytes."""
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def write_pack(path: Path, title: str, files: Mapping[str, bytes]) -> None:
    """Write files, by their names inside the pack, and the manifest."""
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    manifest = {"format": FORMAT, "title": title, "files": hashes}
    with zipfile.ZipFile(path, "w") as pack:
        _put(pack, MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False).encode())
        for name in hashes:
            _put(pack, name, files[name])


def _put(pack: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _FIXED)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    pack.writestr(entry, content)


def read_pack(path: Path) -> dict[str, bytes]:
    """The files of a pack, every one with the hash that the manifest gives; raises `BadPack`."""
    try:
        with zipfile.ZipFile(path) as pack:
            hashes = _manifest(pack)
            sizes = {entry.filename: entry.file_size for entry in pack.infolist()}
            if len(hashes) > _MOST_FILES or sum(sizes.get(name, 0) for name in hashes) > _LARGEST:
                raise BadPack("more than 64 MB or 4000 files; expected a folder of lessons")
            files = {name: _member(pack, name, sizes.get(name)) for name in hashes}
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise BadPack(f"a pack that cannot be read ({error})") from error
    for name, content in files.items():
        if hashlib.sha256(content).hexdigest() != hashes[name]:
            raise BadPack(
                f"the file “{name}” with another content than its manifest says; expected it unchanged"
            )
    return files


def _manifest(pack: zipfile.ZipFile) -> dict[str, str]:
    try:
        found = json.loads(_member(pack, MANIFEST, pack.getinfo(MANIFEST).file_size))
        version, hashes = found["format"], {str(name): str(one) for name, one in found["files"].items()}
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise BadPack("no readable manifest; expected a pack made by `author pack`") from error
    if version != FORMAT:
        raise BadPack(f"a pack of format {version}; expected {FORMAT}. Update pytorch-tutor")
    for name in hashes:
        parts = PurePosixPath(name).parts
        if not parts or name.startswith("/") or ".." in parts or "\\" in name or "\0" in name or ":" in name:
            raise BadPack(f"the file name “{name}”, which leads out of the pack; expected a name inside it")
    return hashes


def _member(pack: zipfile.ZipFile, name: str, size: int | None) -> bytes:
    """A file's bytes; never more than it says it has, whatever the compressed bytes unfold to."""
    if size is None or size > _LARGEST:
        raise BadPack(f"no file “{name}” of a fitting size; expected what the manifest lists")
    with pack.open(name) as member:
        content = member.read(size + 1)
    if len(content) != size:
        raise BadPack(f"the file “{name}” with {len(content)} bytes; expected {size}")
    return content


def unpacked(path: Path) -> Path:
    """A folder, gone when the program ends, that holds the files of a pack."""
    files = read_pack(path)
    top = Path(tempfile.mkdtemp(prefix="pytorch-tutor-pack-"))
    atexit.register(shutil.rmtree, top, ignore_errors=True)
    folder = top / path.stem
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder
