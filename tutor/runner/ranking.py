"""Which names come first: those the lesson uses, then lower case, then the rest; and a signature taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tutor.runner.answer import Candidate

MOST = 2000
"""Candidates in one answer."""


def ranked(candidates: Iterable[Candidate], prefix: str, first: Sequence[str] = ()) -> tuple[Candidate, ...]:
    """Those that begin with the prefix, in either case, each once, best first; private ones only where `_` was typed."""
    folded = prefix.casefold()
    places = {name: place for place, name in reversed(list(enumerate(first)))}
    fitting: dict[str, Candidate] = {}
    for one in candidates:
        fits = one.name.casefold().startswith(folded) and (one.name[0] != "_" or prefix[:1] == "_")
        if fits and not fitting.get(one.name, Candidate("")).kind:
            fitting[one.name] = one

    def place(one: Candidate) -> tuple[bool, int, bool, bool, str]:
        exact = one.name.startswith(prefix)
        second = one.name.endswith("_") or one.name[0] == "_"  # in-place twins and private names
        return not exact, places.get(one.name, len(places)), second, one.name != one.name.lower(), one.name

    return tuple(sorted(fitting.values(), key=place)[:MOST])


def parameters_of(signature: str) -> tuple[str, ...]:
    """The pieces between the outer brackets, without the bare `/` and `*`, which take no argument."""
    start = signature.find("(")
    pieces: list[str] = []
    depth, begin = 0, start + 1
    for at in range(start, len(signature)) if start >= 0 else ():
        letter = signature[at]
        depth += (letter in "([{") - (letter in ")]}")
        if (letter == "," and depth == 1) or depth == 0:
            pieces.append(signature[begin:at].strip())
            begin = at + 1
        if depth == 0:
            break
    return tuple(piece for piece in pieces if piece and piece not in "/*")


def active_parameter(parameters: Sequence[str], count: int, keyword: str) -> int | None:
    """Which parameter the `count`-th argument, or the one named, goes to."""
    if keyword:
        bare = [piece.lstrip("*").partition("=")[0].partition(":")[0].strip() for piece in parameters]
        return bare.index(keyword) if keyword in bare else None
    for index, piece in enumerate(parameters[: count + 1]):
        if piece.startswith("*"):
            return index
    return count if count < len(parameters) else None
