"""What a line of code does to shapes: products, broadcasts, reductions and rearrangements, read from the code and the facts.

Nothing is executed: a shape that cannot be told from the code and the values seen is left out.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from tutor.facts import TensorFacts, Value
from tutor.renderables.alignment import Shape, aligned
from tutor.renderables.matmul import product_shape
from tutor.renderables.rearranging import rearranged, reduced

Kind = Literal["product", "broadcast", "reduction", "rearrangement"]

_PRODUCTS = frozenset({"matmul", "mm", "bmm", "mv", "dot"})
_REDUCTIONS = frozenset(
    {
        "sum",
        "mean",
        "std",
        "var",
        "max",
        "min",
        "amax",
        "amin",
        "prod",
        "argmax",
        "argmin",
        "norm",
        "all",
        "any",
        "median",
        "logsumexp",
    }
)
_REARRANGEMENTS = frozenset(
    {"reshape", "view", "flatten", "permute", "transpose", "t", "unsqueeze", "squeeze", "movedim", "ravel"}
)
_SAME_SHAPE = frozenset(
    {
        "relu", "exp", "log", "tanh", "sigmoid", "sqrt", "abs", "sin", "cos", "softmax", "log_softmax", "float", "long", "double",
        "int", "bool", "detach", "clone", "to", "cpu", "cuda", "contiguous", "square", "neg", "clamp", "round", "requires_grad_",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation whose shapes are known."""

    kind: Kind
    text: str
    """As it stands in the code."""
    names: tuple[str, ...]
    shapes: tuple[Shape, ...]
    """Of the operands, in order."""
    result: Shape | None
    """None where it fails."""
    axes: tuple[int, ...] = ()
    """Reduction: the axes that vanish. Rearrangement: for each new axis the old one; empty when axes are merged or split."""


def operations_on(source: str, line: int, values: Mapping[str, Value]) -> list[Operation]:
    """The operations on a line, innermost first; `values` are the facts of the names as they were there."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    reader = _Reader({name: value.shape for name, value in values.items() if isinstance(value, TensorFacts)})
    for expression in _expressions(tree, line):
        reader.shape(expression)
    return reader.found


def _expressions(tree: ast.Module, line: int) -> Iterator[ast.expr]:
    """The outermost expressions of the statements that stand on a line, bodies of blocks left aside."""
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno):
            inner = [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
            yield from (
                child for child in inner if child.lineno <= line <= (child.end_lineno or child.lineno)
            )


class _Reader:
    """Works out shapes from the inside out and keeps the operations it came across."""

    def __init__(self, known: Mapping[str, Shape]) -> None:
        self._known = known
        self.found: list[Operation] = []

    def shape(self, node: ast.expr) -> Shape | None:
        """The shape of an expression, where it can be told."""
        known = (
            self._known.get(ast.unparse(node))
            if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript))
            else None
        )
        if known is not None:
            return known
        match node:
            case ast.Constant(value=bool() | int() | float() | complex()):
                return ()
            case ast.UnaryOp(operand=operand):
                return self.shape(operand)
            case ast.BinOp(left=left, op=ast.MatMult(), right=right):
                return self._product(node, left, right)
            case ast.BinOp(left=left, right=right):
                return self._broadcast(node, left, right)
            case ast.Compare(left=left, comparators=[right]):
                return self._broadcast(node, left, right)
            case ast.Attribute(value=value, attr="T" | "mT"):
                return self._rearranged(node, "t", value, [], {})
            case ast.Call():
                return self._call(node)
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.shape(child)
        return None

    def _call(self, node: ast.Call) -> Shape | None:
        """A method of a tensor, or the function of torch of the same name with the tensor in front."""
        if not isinstance(node.func, ast.Attribute):
            for argument in node.args:
                self.shape(argument)
            return None
        name, owner, arguments = node.func.attr, node.func.value, list(node.args)
        if (
            isinstance(owner, (ast.Name, ast.Attribute))
            and ast.unparse(owner) in ("torch", "F", "torch.nn.functional")
            and arguments
        ):
            owner, arguments = arguments[0], arguments[1:]
        keywords = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
        if name in _PRODUCTS and arguments:
            return self._product(node, owner, arguments[0])
        if name in _REDUCTIONS:
            return self._reduced(node, owner, arguments, keywords)
        if name in _REARRANGEMENTS:
            return self._rearranged(node, name, owner, arguments, keywords)
        shape = self.shape(owner)
        for argument in arguments:
            self.shape(argument)
        return shape if name in _SAME_SHAPE else None

    def _pair(
        self,
        kind: Kind,
        node: ast.expr,
        left: ast.expr,
        right: ast.expr,
        rule: Callable[[Shape, Shape], Shape | None],
    ) -> Shape | None:
        shapes = (self.shape(left), self.shape(right))
        if shapes[0] is None or shapes[1] is None:
            return None
        result = rule(shapes[0], shapes[1])
        names = (ast.unparse(left), ast.unparse(right))
        self.found.append(Operation(kind, ast.unparse(node), names, (shapes[0], shapes[1]), result))
        return result

    def _product(self, node: ast.expr, left: ast.expr, right: ast.expr) -> Shape | None:
        return self._pair("product", node, left, right, product_shape)

    def _broadcast(self, node: ast.expr, left: ast.expr, right: ast.expr) -> Shape | None:
        return self._pair("broadcast", node, left, right, _lined_up)

    def _reduced(
        self, node: ast.expr, owner: ast.expr, arguments: list[ast.expr], keywords: Mapping[str, ast.expr]
    ) -> Shape | None:
        shape = self.shape(owner)
        dims = keywords.get("dim", keywords.get("axis", arguments[0] if arguments else None))
        change = reduced(shape, dims, keywords.get("keepdim")) if shape is not None else None
        if shape is None or change is None:
            return None
        self.found.append(
            Operation("reduction", ast.unparse(node), (ast.unparse(owner),), (shape,), change[0], change[1])
        )
        return change[0]

    def _rearranged(
        self,
        node: ast.expr,
        name: str,
        owner: ast.expr,
        arguments: list[ast.expr],
        keywords: Mapping[str, ast.expr],
    ) -> Shape | None:
        shape = self.shape(owner)
        change = rearranged(shape, name, [*arguments, *keywords.values()]) if shape is not None else None
        if shape is None or change is None:
            return None
        self.found.append(
            Operation(
                "rearrangement", ast.unparse(node), (ast.unparse(owner),), (shape,), change[0], change[1]
            )
        )
        return change[0]


def _lined_up(left: Shape, right: Shape) -> Shape | None:
    sizes = [size for size in aligned([left, right]).result if size is not None]
    return tuple(sizes) if len(sizes) == max(len(left), len(right)) else None
