"""Which picture belongs to an error: decided by PyTorch's own words and the operands, never by guessing at the code."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.text import Text

from tutor.events import Error
from tutor.facts import Operand, TensorFacts
from tutor.renderables.alignment import aligned
from tutor.renderables.broadcast import broadcast_in_words, broadcast_picture
from tutor.renderables.charset import Charset
from tutor.renderables.facts_text import value_parts
from tutor.renderables.literal import literal
from tutor.renderables.matmul import matmul_in_words, matmul_picture
from tutor.renderables.numbers import dtype_text, shape_text
from tutor.renderables.tables import Cell, Column, table

Shape = tuple[int, ...]

_PRODUCT = re.compile(r"shapes cannot be multiplied \((\d+)x(\d+) and (\d+)x(\d+)\)")
_MISFIT = re.compile(r"size of tensor a \(\d+\) must match the size of tensor b \(\d+\)")
_BATCHED = re.compile(r"Expected size for first two dimensions of batch2 tensor")

_OPERANDS = (
    Column("", turn=5),
    Column("operand", most=32),
    Column("shape", most=28),
    Column("dtype"),
    Column("device", turn=90),
    Column("what it is", turn=4, most=40),
)


def error_picture(error: Error, width: int, charset: Charset) -> Text:
    """The product or the alignment that failed; else the table of operands; empty when there is neither."""
    product = _failed_product(error)
    if product is not None:
        return matmul_picture(product[0], product[1], product[2], width, charset)
    shapes, names = _failed_alignment(error)
    if shapes:
        return broadcast_picture(shapes, names, width, charset)
    return operand_table(error.operands, width, charset)


def error_picture_in_words(error: Error) -> str:
    """The same picture in sentences."""
    product = _failed_product(error)
    if product is not None:
        return matmul_in_words(*product)
    shapes, names = _failed_alignment(error)
    if shapes:
        return broadcast_in_words(shapes, names)
    return "\n".join(_operand_words(operand) for operand in error.operands if operand.value is not None)


def _tensors(error: Error) -> list[tuple[Operand, TensorFacts]]:
    return [(one, one.value) for one in error.operands if isinstance(one.value, TensorFacts)]


def _failed_product(error: Error) -> tuple[Shape, Shape, tuple[str, str]] | None:
    """The two matrices of a product that failed: sizes from the message, names and batch axes from the operands."""
    tensors = _tensors(error)
    said = _PRODUCT.search(error.message)
    if said is not None:
        rows, inner, other, columns = map(int, said.groups())
        left = next((one for one, value in tensors if _folds_to(value.shape, rows, inner)), None)
        right = [(one, value) for one, value in tensors if one is not left]
        return (rows, inner), (other, columns), (_name(left, "input"), _right_name(right, other, columns))
    operator = "@" in error.expression or "matmul" in error.expression or "bmm" in error.expression
    if operator and len(tensors) == 2 and (_MISFIT.search(error.message) or _BATCHED.search(error.message)):
        (first, one), (second, two) = tensors
        return one.shape, two.shape, (_name(first, "left"), _name(second, "right"))
    return None


def _folds_to(shape: Shape, rows: int, inner: int) -> bool:
    """True when PyTorch sees this shape as `rows` by `inner`, its leading axes folded into one."""
    if not shape or shape[-1] != inner:
        return False
    total = 1
    for size in shape[:-1]:
        total *= size
    return total == rows


def _name(operand: Operand | None, otherwise: str) -> str:
    return (operand.expression or operand.role or otherwise) if operand is not None else otherwise


def _right_name(candidates: Sequence[tuple[Operand, TensorFacts]], rows: int, columns: int) -> str:
    for operand, value in candidates:
        if value.shape == (rows, columns):
            return _name(operand, "right")
        if value.shape == (columns, rows):
            name = _name(operand, "weight")
            return name if name.endswith(".T") else f"{name}.T"
    return "weight.T"


def _failed_alignment(error: Error) -> tuple[list[Shape], list[str]]:
    tensors = _tensors(error)
    if len(tensors) < 2 or not _MISFIT.search(error.message):
        return [], []
    shapes = [value.shape for _, value in tensors[:3]]
    if aligned(shapes).fits:
        return [], []
    return shapes, [_name(operand, f"tensor {index}") for index, (operand, _) in enumerate(tensors[:3])]


def operand_table(operands: Sequence[Operand], width: int, charset: Charset) -> Text:
    """Role, name, shape, dtype, device; the column in which tensors differ in dtype or device is loud."""
    shown = [operand for operand in operands if operand.value is not None]
    if not shown:
        return Text()
    tensors = [operand.value for operand in shown if isinstance(operand.value, TensorFacts)]
    mixed_dtype = len({value.dtype for value in tensors}) > 1
    mixed_device = len({value.device for value in tensors}) > 1
    return table(
        _OPERANDS, [_operand_row(one, mixed_dtype, mixed_device, charset) for one in shown], width, charset
    )


def _operand_row(operand: Operand, mixed_dtype: bool, mixed_device: bool, charset: Charset) -> list[Cell]:
    head = [Cell(literal(operand.role, charset), "muted"), Cell(literal(operand.expression, charset))]
    value = operand.value
    if isinstance(value, TensorFacts):
        dtype = Cell(dtype_text(value.dtype), "warning" if mixed_dtype else "plain")
        return [
            *head,
            Cell(shape_text(value.shape)),
            dtype,
            _device_cell(value, mixed_device),
            Cell(),
        ]
    words = " ".join(part.text for part in value_parts(value, charset)) if value is not None else ""
    return [*head, Cell(), Cell(), Cell(), Cell(words)]


def _device_cell(value: TensorFacts, mixed: bool) -> Cell:
    """A device is worth a word unless everything is on the CPU."""
    return Cell(value.device if mixed or value.device != "cpu" else "", "warning" if mixed else "muted")


def _operand_words(operand: Operand) -> str:
    value = operand.value
    name = f"{operand.expression} ({operand.role})" if operand.role else operand.expression
    if isinstance(value, TensorFacts):
        grad = ", tracked for gradients" if value.requires_grad else ""
        return f"{name}: shape {shape_text(value.shape)}, {value.dtype}, on {value.device}{grad}."
    words = (
        " ".join(part.text for part in value_parts(value, Charset(color=False))) if value is not None else ""
    )
    return f"{name}: {words}."
