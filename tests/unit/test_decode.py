from __future__ import annotations

import contextlib
import json
import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.encode import encode
from tutor.events import (
    ALL_EVENTS,
    Bound,
    Error,
    Finished,
    Graph,
    Insight,
    Output,
    Ready,
    Step,
    Unknown,
    parse,
)
from tutor.facts import CollectionFacts, ModuleFacts, ScalarFacts, TensorFacts, TextFacts

KINDS = [event.kind for event in ALL_EVENTS]
FACT_KINDS = ["tensor", "array", "module", "optimizer", "scalar", "text", "collection"]


def line(**keys: object) -> str:
    return json.dumps(keys)


def test_a_value_event_of_a_tensor_keeps_every_fact() -> None:
    event = parse(
        b'{"event":"value","t":0.5,"run":"r1","line":3,"name":"x","seen":4,"how":"inplace","value":{"kind":"tensor",'
        b'"shape":[2,3],"dtype":"float32","device":"cuda:0","requires_grad":true,"grad_fn":"MmBackward0","leaf":false,'
        b'"stride":[3,1],"storage":7,"offset":2,"bytes":24,"stats":{"min":-1,"max":2.5,"mean":0.5,"std":1,"zero":3,'
        b'"histogram":[1,2]},"sample":{"rows":[[1,2],[3,4]],"row_step":2},"shapes":[[2,3],[1,3]]}}'
    )
    assert isinstance(event, Bound)
    assert (event.t, event.run, event.line, event.name, event.seen, event.how) == (
        0.5,
        "r1",
        3,
        "x",
        4,
        "inplace",
    )
    value = event.value
    assert isinstance(value, TensorFacts)
    assert value.shape == (2, 3)
    assert (value.device, value.grad_fn, value.leaf, value.offset) == ("cuda:0", "MmBackward0", False, 2)
    assert value.stats is not None
    assert (value.stats.min, value.stats.histogram, value.stats.zero) == (-1.0, (1, 2), 3)
    assert value.sample is not None
    assert value.sample.rows == ((1.0, 2.0), (3.0, 4.0))
    assert value.shapes == ((2, 3), (1, 3))


@pytest.mark.parametrize(
    ("spelled", "is_it"),
    [("nan", math.isnan), ("inf", lambda x: x == math.inf), ("-inf", lambda x: x == -math.inf)],
)
def test_spelled_out_floats_are_read_where_a_number_belongs(spelled: str, is_it: object) -> None:
    event = parse(line(event="step", step=3, loss=spelled, grads={"w": spelled}))
    assert isinstance(event, Step)
    assert event.loss is not None
    assert callable(is_it)
    assert is_it(event.loss)
    assert is_it(event.grads["w"])


def test_the_word_nan_stays_a_word_where_text_belongs() -> None:
    event = parse(line(event="output", text="nan"))
    assert event == Output(text="nan")


def test_missing_keys_take_their_defaults_and_null_counts_as_missing() -> None:
    assert parse(line(event="ready", devices=None)) == Ready()
    assert parse(line(event="finished", status="ok", graded=None)) == Finished(status="ok")


def test_unknown_keys_are_ignored() -> None:
    assert parse(line(event="output", text="a", colour="red")) == Output(text="a")


def test_an_unknown_kind_is_kept_by_name_and_never_fails() -> None:
    assert parse(line(event="gpu", t=1.5, run=3, used=[1])) == Unknown(name="gpu", t=1.5)


def test_a_value_kind_of_a_later_version_is_kept_as_its_text() -> None:
    event = parse(line(event="value", line=1, name="x", value={"kind": "frame", "text": "a frame"}))
    assert isinstance(event, Bound)
    assert event.value == TextFacts(type="frame", text="a frame")


def test_a_parameter_whose_norm_is_null_is_named_as_having_no_gradient() -> None:
    event = parse(line(event="step", step=0, grads={"w": 1, "b": None}))
    assert isinstance(event, Step)
    assert event.grads == {"w": 1.0}
    assert event.no_grad == ("b",)


def test_nested_records_are_read_all_the_way_down() -> None:
    graph = parse(
        line(
            event="graph",
            root=1,
            nodes=[{"id": 1, "op": "Mul", "shape": []}, {"id": 2, "op": "leaf"}],
            edges=[[1, 2]],
        )
    )
    assert isinstance(graph, Graph)
    assert graph.nodes[0].shape == ()
    assert graph.nodes[1].shape is None
    assert graph.edges == ((1, 2),)
    error = parse(
        line(
            event="error",
            type="ValueError",
            frames=[{"file": "a.py", "line": 3, "function": "f"}],
            operands=[
                {
                    "role": "left",
                    "expression": "x",
                    "value": {"kind": "module", "type": "Net", "text": "Net()"},
                }
            ],
        )
    )
    assert isinstance(error, Error)
    assert error.frames[0].function == "f"
    assert error.operands[0].value == ModuleFacts(type="Net", text="Net()")
    items = parse(
        line(
            event="value",
            line=1,
            name="d",
            value={
                "kind": "collection",
                "type": "dict",
                "length": 1,
                "text": "{}",
                "items": [["a", {"kind": "scalar", "type": "int", "text": "1", "number": 1}]],
            },
        )
    )
    assert isinstance(items, Bound)
    assert isinstance(items.value, CollectionFacts)
    assert items.value.items == (("a", ScalarFacts(type="int", text="1", number=1.0)),)


def test_evidence_keeps_plain_items_and_lists() -> None:
    event = parse(
        line(event="insight", code="no_zero_grad", evidence={"ratio": 2.0, "names": ["w"], "deep": {"a": 1}})
    )
    assert isinstance(event, Insight)
    assert event.evidence == {"ratio": 2.0, "names": ["w"]}


def test_half_a_surrogate_pair_becomes_printable() -> None:
    event = parse('{"event":"output","text":"a\\ud800b"}')
    assert event == Output(text="a?b")


@pytest.mark.parametrize(
    ("given_line", "says"),
    [
        ("", "Expecting value"),
        ("[]", "An event is a JSON object, found a list."),
        ("{}", "names its kind under 'event', found nothing"),
        ('{"event":3}', "names its kind under 'event', found a number"),
        ('{"event":"value","name":"x"}', "A value event needs the key 'line'."),
        (
            '{"event":"value","line":"3","name":"x"}',
            "'line' of a value event should be a whole number, found '3'.",
        ),
        (
            '{"event":"value","line":1,"name":"x","value":{"kind":"tensor","shape":[2.5],"dtype":"f"}}',
            "'shape' in 'value' of a value event",
        ),
        ('{"event":"finished","status":"fine"}', "should be one of ok, error, timeout"),
        ('{"event":"output","text":[1]}', "should be text, found a list"),
        (
            '{"event":"check","id":"a","status":"passed","required":1}',
            "should be true or false, found a number",
        ),
        ('{"event":"graph","edges":[[1,2,3]]}', "should hold 2 items, found 3"),
        ('{"event":"step","step":0,"loss":1' + "0" * 400 + "}", "too large"),
        ("[" * 100_000, "nests too deeply"),
    ],
)
def test_a_line_that_is_no_event_is_refused_in_a_sentence(given_line: str, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        parse(given_line)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["nan", "inf", "tensor", "ok", "", "x"])
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["kind", "shape", "line", "name"]) | st.text(max_size=4), inner, max_size=4
        )
    ),
    max_leaves=12,
)
NAMES = sorted({name for event in ALL_EVENTS for name in event.__dataclass_fields__})
LIKELY = st.dictionaries(st.sampled_from(NAMES), JSON, max_size=6)


@settings(max_examples=300, deadline=None)
@given(
    kind=st.sampled_from(KINDS) | st.text(max_size=4),
    keys=LIKELY,
    fact=st.sampled_from(FACT_KINDS),
    about=LIKELY,
)
def test_whatever_keys_an_event_has_it_is_read_or_refused_as_a_value_error(
    kind: str, keys: dict[str, object], fact: str, about: dict[str, object]
) -> None:
    try:
        parse(json.dumps({**keys, "event": kind}))
        parse(json.dumps({"line": 1, "name": "x", "event": "value", "value": {**about, "kind": fact}}))
    except ValueError:
        pass


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()))
def test_whatever_bytes_arrive_only_a_value_error_is_raised(raw: bytes) -> None:
    with contextlib.suppress(ValueError):
        parse(raw)


@settings(max_examples=200, deadline=None)
@given(kind=st.sampled_from(KINDS), keys=LIKELY)
def test_what_was_read_is_written_and_read_again_as_the_same_event(
    kind: str, keys: dict[str, object]
) -> None:
    basis = {
        "line": 1,
        "name": "x",
        "step": 0,
        "code": "c",
        "type": "E",
        "id": "i",
        "status": "ok",
        "value": 1.0,
    }
    try:
        event = parse(json.dumps({**basis, **keys, "event": kind}))
    except ValueError:
        return
    assert repr(parse(encode(event))) == repr(event)
