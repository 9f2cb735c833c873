"""The one place that knows onnxruntime, which need not be installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Session(Protocol):
    """A network ready to run."""

    def run(self, names: None, inputs: Mapping[str, NDArray[Any]]) -> Sequence[Floats]:
        """Return the outputs of the network for these inputs."""


def installed() -> bool:
    """Tell whether networks can be run here."""
    return find_spec("onnxruntime") is not None


def session(model: bytes) -> Session:
    """Return the network of an ONNX file, run on one processor core.

    Raises:
        ModuleNotFoundError: if onnxruntime is not installed.
    """
    runtime = import_module("onnxruntime")
    runtime.disable_telemetry_events()  # on Windows they are on from the start
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Joining the sums with the normalisations after them, as higher levels do, is slower.
    options.graph_optimization_level = runtime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    ready: Session = runtime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return ready
