"""Write the trained main tier as ONNX: `python -m corpus.training.export CHECKPOINT OUT`.

OUT gets `main-window.onnx` (the lower half: word pieces to their state) and `main-cue.onnx` (the
upper half: state and the cue asked about, to the scores of both passes). Weights are 8-bit
integers, one scale for each output; what flows through them is cut to 8 bits as it runs.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from onnx import TensorProto, checker, helper, numpy_helper, save
from onnx.onnx_ml_pb2 import ModelProto, NodeProto

from corpus.training.network import HEADS, LAYERS, LOWER, WIDTH

Array = NDArray[np.float32]
FINEST = 127
"""Largest size of a weight as an integer."""


class Graph:
    """A graph being written: its nodes in order and the weights they use."""

    def __init__(self, weights: dict[str, Array], exact: Sequence[str] = ()) -> None:
        """Take the trained weights and the names of the parts that stay in 32 bits."""
        self.weights = weights
        self.exact = exact
        self.nodes: list[NodeProto] = []
        self.constants: dict[str, NDArray] = {}

    def add(self, kind: str, *inputs: str, **settings: float | int) -> str:
        """Add a node and return the name of its output."""
        name = f"{kind}{len(self.nodes)}"
        domain = "com.microsoft" if kind in PRIVATE else ""
        self.nodes.append(helper.make_node(kind, inputs, [name], domain=domain, **settings))
        return name

    def split(self, hidden: str, parts: int) -> list[str]:
        """Add a node that cuts a state into parts of equal width and return their names."""
        names = [f"{hidden}.{part}" for part in range(parts)]
        self.nodes.append(helper.make_node("Split", [hidden], names, axis=-1, num_outputs=parts))
        return names

    def keep(self, name: str, value: NDArray) -> str:
        """Keep a constant and return its name."""
        self.constants[name] = value
        return name

    def weight(self, name: str) -> str:
        """Keep a trained weight as it is and return its name."""
        return self.keep(name, self.weights[name])

    def linear(self, part: str, hidden: str) -> str:
        """Add a linear layer, in integers unless the part is to stay exact."""
        matrix = self.weights[f"{part}.weight"].T
        bias = self.weight(f"{part}.bias")
        if part.endswith(tuple(self.exact)):
            return self.add("Add", self.add("MatMul", hidden, self.keep(part, matrix)), bias)
        whole, scale = coarse(matrix, axis=0)
        return self.add(
            "DynamicQuantizeMatMul",
            hidden,
            self.keep(part, whole),
            self.keep(f"{part}.scale", scale.ravel()),
            self.keep(f"{part}.zero", np.zeros(whole.shape[1], np.int8)),
            bias,
        )

    def embedding(self, part: str, numbers: str) -> str:
        """Add a table of rows, each in integers with a scale of its own."""
        whole, scale = coarse(self.weights[f"{part}.weight"], axis=1)
        rows = self.add("Gather", self.keep(part, whole), numbers)
        scales = self.add("Gather", self.keep(f"{part}.scale", scale), numbers)
        return self.add("Mul", self.add("Cast", rows, to=TensorProto.FLOAT), scales)

    def layer(self, number: int, hidden: str) -> str:
        """Add one layer of the encoder."""
        part = f"layers.{number}"
        asked = self.split(self.linear(f"{part}.attend", hidden), 3)
        seen = self.add("MultiHeadAttention", *asked, num_heads=HEADS)
        hidden = self.norm(f"{part}.merged", hidden, self.linear(f"{part}.merge", seen))
        inner = self.add("Gelu", self.linear(f"{part}.widen", hidden))
        return self.norm(f"{part}.narrowed", hidden, self.linear(f"{part}.narrow", inner))

    def norm(self, part: str, *added: str) -> str:
        """Add two states and bring the sum to the layer's scale."""
        scale, shift = self.weight(f"{part}.weight"), self.weight(f"{part}.bias")
        return self.add("LayerNormalization", self.add("Add", *added), scale, shift, epsilon=1e-12)

    def model(
        self, inputs: Mapping[str, tuple[int, Sequence[str | int]]], output: str
    ) -> ModelProto:
        """Return the finished model; its only output is called `scores`."""
        self.nodes.append(helper.make_node("Identity", [output], ["scores"]))
        graph = helper.make_graph(
            self.nodes,
            "on-record",
            [helper.make_tensor_value_info(name, *kind) for name, kind in inputs.items()],
            [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["a", "b", "c"])],
            [numpy_helper.from_array(value, name) for name, value in self.constants.items()],
        )
        versions = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=9)


PRIVATE = frozenset({"DynamicQuantizeMatMul", "Gelu", "MultiHeadAttention"})
"""Kinds of nodes that only onnxruntime knows; all others belong to the standard set."""


def coarse(matrix: Array, axis: int) -> tuple[NDArray[np.int8], Array]:
    """Return the matrix in 8-bit integers and its scales along `axis`."""
    scale = np.abs(matrix).max(axis=axis, keepdims=True) / FINEST + 1e-12
    return np.round(matrix / scale).astype(np.int8), scale.astype(np.float32)


def window_model(weights: dict[str, Array], exact: Sequence[str] = ()) -> ModelProto:
    """Return the lower half: numbers and looks of the pieces (rows, pieces) to their state."""
    graph = Graph(weights, exact)
    zero = graph.keep("zero", np.array([0]))
    length = graph.add("Shape", "numbers", start=1)
    places = graph.add("Slice", graph.weight("places.weight"), zero, length)
    looks = graph.add("Gather", graph.weight("looks.weight"), "looks")
    words = graph.add("Add", graph.embedding("words", "numbers"), looks)
    hidden = graph.norm("embedded", words, places)
    for number in range(LOWER):
        hidden = graph.layer(number, hidden)
    kind = (TensorProto.INT64, ["rows", "pieces"])
    return graph.model({"numbers": kind, "looks": kind}, hidden)


def cue_model(weights: dict[str, Array], exact: Sequence[str] = ()) -> ModelProto:
    """Return the upper half: state of one window and the pieces asked about (cues, pieces).

    Its scores have eight columns: three cue labels, then five role labels.
    """
    graph = Graph(weights, exact)
    last = graph.keep("last", np.array([-1]))
    asked = graph.add("Unsqueeze", "asked", last)
    hidden = graph.add("Add", "state", graph.add("Mul", asked, graph.weight("mark")))
    for number in range(LOWER, LAYERS):
        hidden = graph.layer(number, hidden)
    for kind in ("weight", "bias"):
        both = [weights[f"{head}.{kind}"] for head in ("cue", "role")]
        graph.weights[f"heads.{kind}"] = np.concatenate(both)
    matrix = graph.keep("heads", graph.weights["heads.weight"].T)
    scores = graph.add("Add", graph.add("MatMul", hidden, matrix), graph.weight("heads.bias"))
    inputs: Mapping[str, tuple[int, Sequence[str | int]]] = {
        "state": (TensorProto.FLOAT, [1, "pieces", WIDTH]),
        "asked": (TensorProto.FLOAT, ["cues", "pieces"]),
    }
    return graph.model(inputs, scores)


def main() -> None:
    """Read the arguments and write both halves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--exact", nargs="*", default=[], help="parts that stay in 32 bits")
    given = parser.parse_args()
    trained = torch.load(given.checkpoint, map_location="cpu")["network"]
    weights = {name: value.float().numpy() for name, value in trained.items()}
    for name, make in (("main-window", window_model), ("main-cue", cue_model)):
        model = make(dict(weights), given.exact)
        checker.check_model(model)
        save(model, given.out / f"{name}.onnx")


if __name__ == "__main__":
    main()
