"""How numbers, shapes and dtypes are written: short, the same everywhere, never ambiguous."""

from __future__ import annotations

import math

_DTYPES = {
    "float16": "f16", "float32": "f32", "float64": "f64", "bfloat16": "bf16",
    "int8": "i8", "int16": "i16", "int32": "i32", "int64": "i64",
    "uint8": "u8", "uint16": "u16", "uint32": "u32", "uint64": "u64",
    "complex64": "c64", "complex128": "c128",
    "float8_e4m3fn": "f8e4m3", "float8_e5m2": "f8e5m2",
}  # fmt: skip


def number_text(value: float, digits: int = 4) -> str:
    """A number in `digits` significant digits: `0.8412`, `1.2e-7`, `NaN`."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    size = abs(value)
    if size == 0:
        return "0"
    if size >= 10 ** (digits + 2) or size < 1e-4:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        return f"{mantissa.rstrip('0').rstrip('.') if '.' in mantissa else mantissa}e{int(exponent)}"
    if size >= 10**digits:
        return f"{value:.0f}"
    return f"{value:.{digits}g}"


def shape_text(shape: tuple[int, ...]) -> str:
    """As Python writes a tuple: `(32, 10)`, `(5,)`, `()`."""
    return f"({shape[0]},)" if len(shape) == 1 else f"({', '.join(map(str, shape))})"


def dtype_text(dtype: str) -> str:
    """`float32` as `f32`."""
    name = dtype.removeprefix("torch.")
    return _DTYPES.get(name, name)


def bytes_text(count: int) -> str:
    """`1.5 MB`: powers of 1024, as memory is sold."""
    size = float(count)
    for unit in ("bytes", "KB", "MB", "GB"):
        if size < 1024:
            return f"{size:.0f} {unit}" if unit == "bytes" or size >= 100 else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} TB"


def seconds_text(seconds: float) -> str:
    """`0.31 s`, `2 min 5 s`."""
    if seconds < 60:
        return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.0f} s"
    return f"{int(seconds) // 60} min {int(seconds) % 60} s"


def times_text(count: int, one: str, many: str = "") -> str:
    """`1 step`, `1,200 steps`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
