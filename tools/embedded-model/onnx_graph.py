"""The network as an ONNX graph with ONNX Runtime's fused operators, in the layout that transformers.js loads.

Written node by node instead of traced: the graph stays small, and its inputs and outputs (`past_key_values.0.key`,
`present.0.key`, …) have the names that transformers.js expects.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from model import MOST_POSITIONS, NORM_EPSILON, ROPE_THETA, Shape

_MICROSOFT = "com.microsoft"
_OPSET, _IR_VERSION = 18, 10

Weights = dict[str, np.ndarray]
"""Float32 arrays by the names of the PyTorch parameters."""


class _Graph:
    """Nodes and constants under construction."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, operator: str, inputs: list[str], outputs: list[str], **attributes: object) -> None:
        self.nodes.append(helper.make_node(operator, inputs, outputs, **attributes))

    def linear(self, x: str, weight: np.ndarray, name: str) -> str:
        """`weight` as PyTorch stores it: (out, in)."""
        self.constant(f"{name}_W", weight.T)
        self.node("MatMul", [x, f"{name}_W"], [f"{name}_out"], name=name)
        return f"{name}_out"

    def add_and_norm(self, x: str, added: str, scale: np.ndarray, name: str) -> tuple[str, str]:
        """(RMS norm of x + added, x + added)."""
        self.constant(f"{name}_scale", scale)
        self.node(
            "SkipSimplifiedLayerNormalization",
            [x, added, f"{name}_scale"],
            [name, "", "", f"{name}_sum"],
            domain=_MICROSOFT,
            epsilon=NORM_EPSILON,
        )
        return name, f"{name}_sum"


def build(shape: Shape, weights: Weights) -> onnx.ModelProto:
    graph = _Graph()
    _positions(graph, shape)
    graph.constant("embed_W", weights["embed.weight"])
    graph.node("Gather", ["embed_W", "input_ids"], ["embedded"], axis=0)
    graph.constant("ln1_0_scale", weights["blocks.0.ln1.weight"])
    graph.node(
        "SimplifiedLayerNormalization",
        ["embedded", "ln1_0_scale"],
        ["ln1_0"],
        axis=-1,
        epsilon=NORM_EPSILON,
        stash_type=1,
    )
    x, normed = "embedded", "ln1_0"
    for layer in range(shape.layers):
        attended = _attention(graph, shape, weights, layer, normed)
        normed, x = graph.add_and_norm(x, attended, weights[f"blocks.{layer}.ln2.weight"], f"ln2_{layer}")
        fed = _feed_forward(graph, weights, layer, normed)
        last = layer + 1 == shape.layers
        scale = weights["lnf.weight" if last else f"blocks.{layer + 1}.ln1.weight"]
        normed, x = graph.add_and_norm(x, fed, scale, "lnf" if last else f"ln1_{layer + 1}")
    # Tied head: the runtime folds the transpose when it loads the model, so the file holds the embedding once.
    graph.node("Transpose", ["embed_W"], ["head_W"], perm=[1, 0])
    graph.node("MatMul", [normed, "head_W"], ["logits"])
    return _model(graph, shape)


def _positions(graph: _Graph, shape: Shape) -> None:
    """Rotary tables, and the lengths that GroupQueryAttention wants, from the attention mask."""
    frequencies = 1.0 / ROPE_THETA ** (np.arange(0, shape.head_width, 2) / shape.head_width)
    angles = np.arange(MOST_POSITIONS)[:, None] * frequencies[None]
    graph.constant("cos", np.cos(angles).astype(np.float32))
    graph.constant("sin", np.sin(angles).astype(np.float32))
    graph.constant("one", np.array(1, dtype=np.int64))
    graph.constant("axis_1", np.array([1], dtype=np.int64))
    graph.node("ReduceSum", ["attention_mask", "axis_1"], ["mask_sum"], keepdims=0)
    graph.node("Sub", ["mask_sum", "one"], ["last_position"])
    graph.node("Cast", ["last_position"], ["seqlens_k"], to=TensorProto.INT32)
    graph.node("Shape", ["attention_mask"], ["mask_shape"])
    graph.node("Gather", ["mask_shape", "one"], ["mask_length"], axis=0)
    graph.node("Cast", ["mask_length"], ["total_length"], to=TensorProto.INT32)


def _attention(graph: _Graph, shape: Shape, weights: Weights, layer: int, x: str) -> str:
    q, k, v = (graph.linear(x, weights[f"blocks.{layer}.{name}.weight"], f"{name}_{layer}") for name in "qkv")
    past = [f"past_key_values.{layer}.key", f"past_key_values.{layer}.value"]
    graph.node(
        "GroupQueryAttention",
        [q, k, v, *past, "seqlens_k", "total_length", "cos", "sin"],
        [f"attention_{layer}", f"present.{layer}.key", f"present.{layer}.value"],
        domain=_MICROSOFT,
        num_heads=shape.heads,
        kv_num_heads=shape.kv_heads,
        do_rotary=1,
        rotary_interleaved=0,
    )
    return graph.linear(f"attention_{layer}", weights[f"blocks.{layer}.o.weight"], f"o_{layer}")


def _feed_forward(graph: _Graph, weights: Weights, layer: int, x: str) -> str:
    gate = graph.linear(x, weights[f"blocks.{layer}.gate.weight"], f"gate_{layer}")
    up = graph.linear(x, weights[f"blocks.{layer}.up.weight"], f"up_{layer}")
    graph.node("Sigmoid", [gate], [f"sigmoid_{layer}"])
    graph.node("Mul", [gate, f"sigmoid_{layer}"], [f"silu_{layer}"])
    graph.node("Mul", [f"silu_{layer}", up], [f"gated_{layer}"])
    return graph.linear(f"gated_{layer}", weights[f"blocks.{layer}.down.weight"], f"down_{layer}")


def _model(graph: _Graph, shape: Shape) -> onnx.ModelProto:
    def integers(name: str, tokens: str) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, TensorProto.INT64, ["batch_size", tokens])

    def floats(name: str, dimensions: list[str | int]) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, dimensions)

    def cache(name: str, tokens: str) -> list[onnx.ValueInfoProto]:
        dimensions: list[str | int] = ["batch_size", shape.kv_heads, tokens, shape.head_width]
        return [floats(f"{name}.{part}", dimensions) for part in ("key", "value")]

    layers = range(shape.layers)
    inputs = [integers("input_ids", "sequence_length"), integers("attention_mask", "total_sequence_length")]
    inputs += [info for layer in layers for info in cache(f"past_key_values.{layer}", "past_sequence_length")]
    outputs = [floats("logits", ["batch_size", "sequence_length", shape.vocabulary])]
    outputs += [info for layer in layers for info in cache(f"present.{layer}", "total_sequence_length")]
    built = helper.make_graph(graph.nodes, "main_graph", inputs, outputs, graph.constants)
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)]
    made = helper.make_model(built, opset_imports=opsets)
    made.ir_version = _IR_VERSION
    return made
