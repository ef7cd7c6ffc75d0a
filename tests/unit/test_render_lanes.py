"""The drawing is read back edge by edge: what cannot be rebuilt from the characters cannot be read by a person either."""

from __future__ import annotations

import random

from rich.cells import cell_len

from tutor.events import Graph
from tutor.facts import GraphNode
from tutor.renderables.charset import ASCII, Charset
from tutor.renderables.graph import graph_in_words, graph_picture
from tutor.renderables.graph_folding import folded
from tutor.renderables.lanes import LaneRow, lane_rows, top_down

Edges = set[tuple[int, int]]


def random_graph(draw: random.Random) -> dict[int, list[int]]:
    """A random acyclic graph: inputs have higher ids than their users."""
    size = draw.randint(1, 14)
    density = draw.choice([0.1, 0.25, 0.5])
    return {
        node: [
            child
            for child in range(node + 1, size)
            if draw.random() < density or (child == node + 1 and draw.random() < 0.6)
        ]
        for node in range(size)
    }


def read_back(rows: list[LaneRow]) -> Edges:
    """Follow the lanes from top to bottom with nothing but the characters and the names of the nodes."""
    edges: Edges = set()
    lanes: dict[int, set[int]] = {}
    node, column = -1, -1
    for index, row in enumerate(rows):
        cells = dict(enumerate(row.gutter[::2]))
        if row.node is not None:
            column, node = row.gutter.index("●") // 2, row.node
            edges |= {(user, node) for user in lanes.get(column, set())}
            after = rows[index + 1] if index + 1 < len(rows) else LaneRow("")
            straight = after.gutter[2 * column : 2 * column + 1] in ("│", "●") and after.node is not None
            lanes[column] = {node} if straight else set()
            continue
        ends, goes_on = joints(row.gutter, cells, column)
        lanes[column] = {node} if goes_on else set()
        for at, opens in ends:
            lanes[at] = {node} if opens else lanes.get(at, set()) | {node}
    return edges


def joints(gutter: str, cells: dict[int, str], column: int) -> tuple[list[tuple[int, bool]], bool]:
    """Where the strokes that leave a node's lane end, and whether each opens a lane there."""
    ends: list[tuple[int, bool]] = []
    for step in (1, -1):
        at = column
        while True:
            between = 2 * at + 1 if step > 0 else 2 * at - 1
            if not 0 <= between < len(gutter) or gutter[between] != "─":
                break
            at += step
            if cells[at] in "╮┬":
                ends.append((at, True))
            elif cells[at] in "┤├":
                ends.append((at, False))
    return ends, cells[column] in "├┤┼"


def test_every_edge_of_three_thousand_random_graphs_can_be_read_back_from_the_drawing() -> None:
    draw = random.Random(20)
    for _ in range(3000):
        children = random_graph(draw)
        rows = lane_rows(children, Charset(), inputs_first=False)
        wanted = {(user, child) for user, inputs in children.items() for child in inputs}
        assert read_back(rows) == wanted, "\n".join(row.gutter for row in rows)


def test_every_node_stands_on_exactly_one_row_below_its_users() -> None:
    draw = random.Random(4)
    for _ in range(200):
        children = random_graph(draw)
        order = [
            row.node for row in lane_rows(children, Charset(), inputs_first=False) if row.node is not None
        ]
        assert sorted(order) == sorted(children)
        assert order == top_down(children)
        place = {node: index for index, node in enumerate(order)}
        assert all(place[user] < place[child] for user, inputs in children.items() for child in inputs)


def test_inputs_first_is_the_same_drawing_upside_down() -> None:
    children = {0: [1, 2], 1: [3], 2: [3], 3: []}
    down = lane_rows(children, Charset(), inputs_first=False)
    up = lane_rows(children, Charset())
    assert [row.gutter for row in down] == ["●", "├─╮", "● │", "│ ●", "├─╯", "●"]
    assert [row.gutter for row in up] == ["●", "├─╮", "│ ●", "● │", "├─╯", "●"]
    assert [row.node for row in up] == [3, None, 2, 1, None, 0]


def test_ascii_lanes_are_ascii() -> None:
    rows = lane_rows({0: [1, 2, 3], 1: [3], 2: [3], 3: []}, Charset(ASCII))
    assert all(row.gutter.isascii() for row in rows)


def linear_graph() -> Graph:
    nodes = (
        GraphNode(0, "MeanBackward0", (), grad=1.0),
        GraphNode(1, "AddmmBackward0", (4, 8), grad=0.5),
        GraphNode(2, "leaf", (8,), "fc.bias", leaf=True),
        GraphNode(3, "TBackward0", (8, 8)),
        GraphNode(4, "leaf", (8, 8), "fc.weight", leaf=True),
        GraphNode(5, "ViewBackward0", (4, 8)),
        GraphNode(6, "ReluBackward0", (4, 1, 8), grad=0.1),
    )
    return Graph(root=0, nodes=nodes, edges=((0, 1), (1, 2), (1, 3), (3, 4), (1, 5), (5, 6)), line=9)


def test_parameters_their_transpose_and_shape_only_ops_are_folded_away() -> None:
    folds, left_out = folded(linear_graph())
    assert sorted(folds) == [0, 1, 6]
    assert folds[1].parameters == ["fc.bias", "fc.weight"]
    assert folds[1].inputs == [6]
    assert left_out == 0
    shown, _ = folded(linear_graph(), shape_ops=False)
    assert 5 in shown


def test_a_shape_op_between_a_node_and_its_second_use_stays() -> None:
    nodes = tuple(GraphNode(index, op) for index, op in enumerate(["Add", "View", "Mul"]))
    folds, _ = folded(Graph(nodes=nodes, edges=((0, 1), (0, 2), (1, 2))))
    assert sorted(folds) == [0, 1, 2]


def test_beyond_four_hundred_nodes_it_says_how_many_were_left_out() -> None:
    nodes = tuple(GraphNode(index, "Add") for index in range(450))
    graph = Graph(nodes=nodes, edges=tuple((index, index + 1) for index in range(449)), left_out=7)
    picture = graph_picture(graph, 80, Charset())
    assert picture.plain.split("\n")[-1] == "57 more nodes left out."
    assert len(picture.plain.split("\n")) == 401
    assert graph_in_words(graph).endswith("57 more nodes left out.")


def test_no_line_of_a_wide_graph_is_wider_than_it_may_be() -> None:
    draw = random.Random(1)
    for width in (40, 80, 120):
        size = 60
        nodes = tuple(
            GraphNode(index, "NativeLayerNormBackward0", (128, 64, 64), grad=0.5) for index in range(size)
        )
        edges = tuple(
            (user, child) for user in range(size) for child in range(user + 1, size) if draw.random() < 0.3
        )
        picture = graph_picture(Graph(nodes=nodes, edges=edges), width, Charset())
        assert max(map(cell_len, picture.plain.split("\n"))) <= width


def test_the_words_name_what_each_op_reads() -> None:
    assert graph_in_words(linear_graph()).split("\n") == [
        "1. Relu, shape (4, 1, 8), gradient 0.1.",
        "2. Addmm, from 1, fc.bias, fc.weight, shape (4, 8), gradient 0.5.",
        "3. Mean, from 2, shape (), gradient 1.",
    ]
