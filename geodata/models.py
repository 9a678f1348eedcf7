"""Small feed-forward networks as plain arrays: read from JSON, applied with numpy.

Takes feature rows; gives scores.  Trained by geodata/training/train_resolver.py.  Does not learn.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Calibration", "Net", "read_weights"]

Floats = npt.NDArray[np.float64]


@dataclass(slots=True)
class Net:
    """One hidden-layer stack: standardised input, rectified layers, one linear output; averages its members' scores."""

    mean: Floats
    scale: Floats
    members: list[list[tuple[Floats, Floats]]]

    def score(self, x: Floats) -> Floats:
        """One number per row."""
        z = np.clip((x - self.mean) / self.scale, -8, 8)  # as in training: nothing unseen may dominate
        total = np.zeros(len(x))
        for layers in self.members:
            h = z
            for k, (w, b) in enumerate(layers):
                h = h @ w + b
                if k < len(layers) - 1:
                    np.maximum(h, 0, out=h)
            total += h[:, 0]
        return total / len(self.members)

    def as_json(self) -> dict[str, Any]:
        """Rounded, for a file that a person can read."""

        def short(a: Floats) -> Any:
            return np.round(a, 3).tolist()

        return {
            "mean": short(self.mean),
            "scale": short(self.scale),
            "members": [[{"w": short(w), "b": short(b)} for w, b in layers] for layers in self.members],
        }

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Net:
        """The inverse of `as_json`."""
        return cls(
            np.array(raw["mean"]),
            np.array(raw["scale"]),
            [[(np.array(x["w"]), np.array(x["b"])) for x in layers] for layers in raw["members"]],
        )


@dataclass(slots=True)
class Calibration:
    """A non-decreasing step-wise linear map from raw to calibrated probability."""

    x: Floats
    y: Floats
    _xs: list[float] = field(init=False, repr=False, default_factory=list)
    _ys: list[float] = field(init=False, repr=False, default_factory=list)

    def __post_init__(self) -> None:
        self._xs, self._ys = self.x.tolist(), self.y.tolist()  # one value is looked up faster in lists

    def __call__(self, p: Floats) -> Floats:
        return np.interp(p, self.x, self.y)

    def one(self, p: float) -> float:
        """A single value."""
        k = min(max(bisect_right(self._xs, p) - 1, 0), len(self._xs) - 2)
        x, y, p = self._xs[k : k + 2], self._ys[k : k + 2], min(max(p, self._xs[0]), self._xs[-1])
        return y[1] if p == x[1] else (y[1] - y[0]) / (x[1] - x[0]) * (p - x[0]) + y[0]

    def as_json(self) -> dict[str, Any]:
        """Two lists."""
        return {"x": np.round(self.x, 4).tolist(), "y": np.round(self.y, 4).tolist()}


def read_weights(path: Path) -> dict[str, Any]:
    """The parsed weights file."""
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return raw
