"""Fit small networks with Adam: a listwise ranker (softmax within groups) and a binary classifier.

Takes arrays; gives `geodata.models.Net`.  numpy only, a few seconds; deterministic for a seed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from geodata.models import Net

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Layers = list[tuple[Floats, Floats]]


def _init(sizes: list[int], rng: np.random.Generator) -> Layers:
    return [(rng.normal(0, np.sqrt(2 / a), (a, b)), np.zeros(b)) for a, b in itertools.pairwise(sizes)]


def _forward(layers: Layers, x: Floats, drop: float, rng: np.random.Generator) -> tuple[list[Floats], Floats]:
    acts = [x]
    for k, (w, b) in enumerate(layers):
        h = acts[-1] @ w + b
        if k < len(layers) - 1:
            h = np.maximum(h, 0)
            if drop:
                h = h * (rng.random(h.shape) > drop) / (1 - drop)
        acts.append(h)
    return acts, acts[-1][:, 0]


def _backward(layers: Layers, acts: list[Floats], grad: Floats) -> list[tuple[Floats, Floats]]:
    g = grad[:, None]
    out: list[tuple[Floats, Floats]] = []
    for k in range(len(layers) - 1, -1, -1):
        out.append((acts[k].T @ g, g.sum(0)))
        if k:
            g = (g @ layers[k][0].T) * (acts[k] > 0)
    return out[::-1]


def _train(
    x: Floats,
    batches: list[Ints],
    gradient: Callable[[Floats, Ints], Floats],
    hidden: tuple[int, ...],
    epochs: int,
    decay: float,
    drop: float,
    seed: int,
) -> Layers:
    rng = np.random.default_rng(seed)
    layers = _init([x.shape[1], *hidden, 1], rng)
    m = [(np.zeros_like(w), np.zeros_like(b)) for w, b in layers]
    v = [(np.zeros_like(w), np.zeros_like(b)) for w, b in layers]
    step = 0
    for epoch in range(epochs):
        rate = 4e-3 * 0.5 * (1 + np.cos(np.pi * epoch / epochs)) + 1e-5
        for k in rng.permutation(len(batches)):
            idx = batches[k]
            acts, score = _forward(layers, x[idx], drop, rng)
            step += 1
            for i, grads in enumerate(_backward(layers, acts, gradient(score, idx))):
                new = []
                for j, gr in enumerate(grads):
                    if j == 0:
                        gr = gr + decay * layers[i][0]
                    m[i][j][...] = 0.9 * m[i][j] + 0.1 * gr
                    v[i][j][...] = 0.999 * v[i][j] + 0.001 * gr * gr
                    update = rate * (m[i][j] / (1 - 0.9**step)) / (np.sqrt(v[i][j] / (1 - 0.999**step)) + 1e-8)
                    new.append(layers[i][j] - update)
                layers[i] = (new[0], new[1])
    return layers


def _standard(x: Floats) -> tuple[Floats, Floats]:
    scale = x.std(0)
    return x.mean(0), np.where(scale < 1e-6, 1.0, scale)


def fit_ranker(
    x: Floats,
    group: Ints,
    positive: Floats,
    weight: Floats,
    *,
    hidden: tuple[int, ...] = (24, 12),
    epochs: int = 40,
    members: int = 3,
    decay: float = 2e-4,
    drop: float = 0.1,
) -> Net:
    """Scores whose softmax within a group puts the mass on `positive` candidates.  Rows of a group are contiguous."""
    mean, scale = _standard(x)
    z = np.clip((x - mean) / scale, -8, 8)
    first = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    bounds = np.r_[first, len(group)]
    batches = [np.arange(bounds[k], bounds[min(k + 64, len(first))]) for k in range(0, len(first), 64)]

    def gradient(score: Floats, idx: Ints) -> Floats:
        gr = group[idx]
        at = np.flatnonzero(np.r_[True, gr[1:] != gr[:-1]])
        local = np.cumsum(np.r_[False, gr[1:] != gr[:-1]])
        e = np.exp(score - np.maximum.reduceat(score, at)[local])
        p = e / np.add.reduceat(e, at)[local]
        q = p * positive[idx] + 1e-12 * positive[idx]
        q = q / np.add.reduceat(q, at)[local]
        result: Floats = weight[idx] * (p - q) / len(at)
        return result

    return Net(mean, scale, [_train(z, batches, gradient, hidden, epochs, decay, drop, s) for s in range(members)])


def fit_classifier(
    x: Floats,
    label: Floats,
    weight: Floats,
    *,
    hidden: tuple[int, ...] = (32, 16),
    epochs: int = 30,
    members: int = 3,
    decay: float = 3e-4,
    drop: float = 0.15,
) -> Net:
    """Log-odds that `label` is 1."""
    mean, scale = _standard(x)
    z = np.clip((x - mean) / scale, -8, 8)
    rng = np.random.default_rng(0)
    order = rng.permutation(len(x))
    batches = [order[k : k + 128] for k in range(0, len(x), 128)]

    def gradient(score: Floats, idx: Ints) -> Floats:
        result: Floats = weight[idx] * (1 / (1 + np.exp(-score)) - label[idx]) / len(idx)
        return result

    return Net(mean, scale, [_train(z, batches, gradient, hidden, epochs, decay, drop, s) for s in range(members)])
