"""Vectors of the processor in compiled functions: sixty-four bytes, or sixteen numbers, at a time.

What LLVM makes of a loop depends on the processor it believes to see, and on its mood; what it is
given as a vector stays one. Where registers are narrower a vector is several of them.
"""

# Of a type numba knows the machine's only; mypy knows nothing of either.
# mypy: disable-error-code="no-untyped-def, no-untyped-call, no-any-return, misc, untyped-decorator"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import extending, types
from numba.core import cgutils
from numba.extending import models, register_model
from numba.np.arrayobj import make_array

#: Makes a function of instructions; mypy takes it for a function of its own arguments.
intrinsic: Any = extending.intrinsic

BYTES_64 = ir.VectorType(ir.IntType(8), 64)
LANES_16 = ir.VectorType(ir.IntType(32), 16)


class Lanes(types.Type):
    """Sixteen numbers of 32 bits."""

    def __init__(self):
        super().__init__(name="Lanes")


LANES = Lanes()


@register_model(Lanes)
class _Lanes(models.PrimitiveModel):
    def __init__(self, manager, lanes):
        super().__init__(manager, lanes, LANES_16)


def _place(context, builder, kind, array, at, vector):
    """Return the address of a vector in an array."""
    data = make_array(kind)(context, builder, array).data
    return builder.bitcast(builder.gep(data, [at]), vector.as_pointer())


def _spread(builder, value, vector):
    """Return a vector of which every lane is the value."""
    nothing = ir.Constant(vector, ir.Undefined)
    first = builder.insert_element(nothing, value, ir.Constant(ir.IntType(32), 0))
    everywhere = ir.Constant(ir.VectorType(ir.IntType(32), vector.count), None)
    return builder.shuffle_vector(first, nothing, everywhere)


@intrinsic
def bits_between(_, data, at, set_bits, low, high):
    """Return a bit for each of the 64 bytes at `at`, the first lowest: whether it is in a range.

    `set_bits` are set in each before; `low` and `high` are the least and the greatest in range.
    """

    def generate(context, builder, signature, values):
        array, at, *values = values
        small = ir.IntType(8)
        wanted = [_spread(builder, builder.trunc(value, small), BYTES_64) for value in values]
        bytes_ = builder.load(
            _place(context, builder, signature.args[0], array, at, BYTES_64), align=1
        )
        bytes_ = builder.sub(builder.or_(bytes_, wanted[0]), wanted[1])
        found = builder.icmp_unsigned("<=", bytes_, builder.sub(wanted[2], wanted[1]))
        return builder.bitcast(found, ir.IntType(64))

    number = types.uint64
    return types.uint64(data, number, number, number, number), generate


@intrinsic
def copy_64(_, data, at, out, to):
    """Copy the 64 bytes at `at` to `out`."""

    def generate(context, builder, signature, values):
        kinds = signature.args
        bytes_ = builder.load(
            _place(context, builder, kinds[0], values[0], values[1], BYTES_64), align=1
        )
        target = _place(context, builder, kinds[2], values[2], values[3], BYTES_64)
        builder.store(bytes_, target, align=1)
        return context.get_dummy_value()

    return types.void(data, types.uint64, out, types.uint64), generate


@intrinsic
def lowest(_, bits):
    """Return the place of the lowest bit that is set; 64 where there is none."""

    def generate(context, builder, signature, values):
        return builder.cttz(values[0], ir.Constant(ir.IntType(1), 0))

    return types.uint64(types.uint64), generate


@intrinsic
def how_many(_, bits):
    """Return how many bits are set."""

    def generate(context, builder, signature, values):
        return builder.ctpop(values[0])

    return types.uint64(types.uint64), generate


@intrinsic
def load_lanes(_, data, at):
    """Return the sixteen numbers at `at`."""

    def generate(context, builder, signature, values):
        array, at = values
        place = _place(context, builder, signature.args[0], array, at, LANES_16)
        return builder.load(place, align=4)

    return LANES(data, types.int64), generate


@intrinsic
def spread(_, value):
    """Return a number sixteen times."""

    def generate(context, builder, signature, values):
        return _spread(builder, values[0], LANES_16)

    return LANES(types.uint32), generate


@intrinsic
def lower(_, least, numbers, factor, term):
    """Return what is less, lane by lane: `least`, or `factor · number + term` modulo 2^32."""

    def generate(context, builder, signature, values):
        least, numbers, factor, term = values
        found = builder.add(builder.mul(numbers, factor), term)
        return builder.select(builder.icmp_unsigned("<", found, least), found, least)

    return LANES(LANES, LANES, LANES, LANES), generate


@intrinsic
def least_of(_, lanes):
    """Return the least of sixteen numbers."""

    def generate(context, builder, signature, values):
        kind = ir.FunctionType(ir.IntType(32), [LANES_16])
        name = "llvm.vector.reduce.umin.v16i32"
        return builder.call(cgutils.get_or_insert_function(builder.module, kind, name), values)

    return types.uint32(LANES), generate
