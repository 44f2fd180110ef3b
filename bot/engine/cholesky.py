"""Large symmetric systems in single precision, block by block, in the memory of the matrix itself.

``np.linalg.solve`` turns float32 into float64 and copies: five times the memory and twice the work. Here the factor
takes the place of the lower blocks; the upper ones stay as they were, and from them the rounding is corrected.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLOCK = 256
_MOST_STEPS = 10
_EXACT = 1e-7
"""What may be left, beside the largest wanted number: float32 tells no less."""

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


def solve(matrix: Floats, wanted: Floats) -> Floats:
    """X of matrix · X = wanted, as exact as float64 would find it. ``matrix`` is overwritten.

    It must be symmetric and positive definite, also when rounded (a ridge of 1e-6 of its largest eigenvalue is enough);
    LinAlgError where it is not.
    """
    factor = _factored(matrix)
    found, left = np.zeros(wanted.shape, np.float64), wanted.astype(np.float64)
    bound = _EXACT * _largest(left)
    for _ in range(_MOST_STEPS):
        found += factor.applied(left)
        left = wanted - factor.product(found)
        if _largest(left) <= bound:
            return found.astype(np.float32)
    raise np.linalg.LinAlgError("the matrix is too near to singular for single precision")


@dataclass(frozen=True)
class _Factor:
    """``matrix``: the factor below the diagonal blocks, the original above. Those blocks: original, factor inverted."""

    matrix: Floats
    blocks: tuple[slice, ...]
    diagonal: tuple[Floats, ...]
    inverted: tuple[Floats, ...]

    def applied(self, right: Doubles) -> Floats:
        """Nearly the inverse of the matrix times ``right``: through the factor, then through its transpose."""
        out = right.astype(np.float32)
        for rows, inverse in zip(self.blocks, self.inverted, strict=True):
            out[rows] = inverse @ (out[rows] - self.matrix[rows, : rows.start] @ out[: rows.start])
        for rows, inverse in zip(reversed(self.blocks), reversed(self.inverted), strict=True):
            out[rows] = inverse.T @ (out[rows] - self.matrix[rows.stop :, rows].T @ out[rows.stop :])
        return out

    def product(self, right: Doubles) -> Doubles:
        """The original matrix times ``right``, in double precision."""
        out = np.zeros_like(right)
        for rows, block in zip(self.blocks, self.diagonal, strict=True):
            above = self.matrix[rows, rows.stop :].astype(np.float64)
            out[rows] += block @ right[rows] + above @ right[rows.stop :]
            out[rows.stop :] += above.T @ right[rows]
        return out


def _factored(matrix: Floats) -> _Factor:
    """Column of blocks after column of blocks, each less what those before it explain."""
    size = len(matrix)
    blocks = tuple(slice(start, min(start + BLOCK, size)) for start in range(0, size, BLOCK))
    diagonal, inverted = [], []
    room = np.empty(size * min(BLOCK, size), np.float32)
    for rows in blocks:
        diagonal.append(matrix[rows, rows].copy())
        _explain(matrix, rows, room)
        lower = np.linalg.cholesky(matrix[rows, rows].astype(np.float64))
        inverted.append(np.linalg.inv(lower).astype(np.float32))
        below = _shaped(room, size - rows.stop, rows)
        np.matmul(matrix[rows.stop :, rows], inverted[-1].T, out=below)
        matrix[rows.stop :, rows] = below
    return _Factor(matrix, blocks, tuple(diagonal), tuple(inverted))


def _explain(matrix: Floats, rows: slice, room: Floats) -> None:
    """The product goes to a room of its own: numpy would copy factors that share memory with the result."""
    explained = _shaped(room, len(matrix) - rows.start, rows)
    np.matmul(matrix[rows.start :, : rows.start], matrix[rows, : rows.start].T, out=explained)
    matrix[rows.start :, rows] -= explained


def _shaped(room: Floats, height: int, rows: slice) -> Floats:
    width = rows.stop - rows.start
    return room[: height * width].reshape(height, width)


def _largest(values: Doubles) -> float:
    return float(np.abs(values).max(initial=0))
