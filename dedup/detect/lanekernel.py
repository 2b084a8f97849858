"""Vectors of the processor in compiled functions: many numbers at once, lane by lane.

What LLVM makes of a loop depends on the processor it believes to see; what it is given as a vector
of 512 bits stays one. Where registers are narrower it lies in several.
"""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, no-any-return, misc, untyped-decorator"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

import operator
from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import extending, types
from numba.core import cgutils
from numba.np.arrayobj import make_array

#: Makes a function of instructions; mypy takes it for a function of its own arguments.
intrinsic: Any = extending.intrinsic

BYTES_64 = ir.VectorType(ir.IntType(8), 64)
BITS_32, BITS_64 = ir.IntType(32), ir.IntType(64)
SIXTEEN = ir.VectorType(BITS_64, 2)


class Lanes(types.Type):
    """So many numbers of so many bits."""

    def __init__(self, lanes, bits):
        super().__init__(name=f"Lanes({lanes}, {bits})")
        self.lanes, self.number = lanes, types.Integer.from_bitwidth(bits, signed=False)
        self.vector = ir.VectorType(ir.IntType(bits), lanes)


#: Bytes, sixteen hashes of shingles, and eight of tokens.
BYTES, NUMBERS, WORDS = Lanes(64, 8), Lanes(16, 32), Lanes(8, 64)


@extending.register_model(Lanes)
class _Model(extending.models.PrimitiveModel):
    def __init__(self, manager, lanes):
        super().__init__(manager, lanes, lanes.vector)


def _lane_by_lane(operation, name):
    """Let numba do an operation to lanes, by LLVM's instruction of the name."""

    @extending.type_callable(operation)
    def _(context):
        return lambda one, other: one if isinstance(one, Lanes) and one == other else None

    @extending.lower_builtin(operation, Lanes, Lanes)
    def _(context, builder, signature, values):
        return getattr(builder, name)(*values)


for _operation, _name in (
    (operator.add, "add"),
    (operator.sub, "sub"),
    (operator.mul, "mul"),
    (operator.and_, "and_"),
    (operator.or_, "or_"),
    (operator.xor, "xor"),
    (operator.lshift, "shl"),
    (operator.rshift, "lshr"),
):
    _lane_by_lane(_operation, _name)


def _place(context, builder, kind, array, at, vector):
    """Return the address of a vector in an array."""
    data = make_array(kind)(context, builder, array).data
    return builder.bitcast(builder.gep(data, [at]), vector.as_pointer())


def _spread(builder, value, vector):
    """Return a vector of which every lane is the value."""
    nothing = ir.Constant(vector, ir.Undefined)
    first = builder.insert_element(nothing, value, ir.Constant(BITS_32, 0))
    everywhere = ir.Constant(ir.VectorType(BITS_32, vector.count), None)
    return builder.shuffle_vector(first, nothing, everywhere)


@intrinsic
def spread(_, number):
    """Return a number in every lane: 64 of a byte, sixteen of 32 bits, or eight of 64."""
    lanes = {8: BYTES, 32: NUMBERS, 64: WORDS}[number.bitwidth]

    def generate(context, builder, signature, values):
        return _spread(builder, values[0], lanes.vector)

    return lanes(lanes.number), generate


def _load(lanes):
    def typed(_, array, at):
        def generate(context, builder, signature, values):
            array, at = values
            place = _place(context, builder, signature.args[0], array, at, lanes.vector)
            return builder.load(place, align=1)

        return lanes(array, types.int64), generate

    return intrinsic(typed)


#: Return what stands in an array of whole numbers, or of bytes, from a place on.
load_bytes, load_numbers, load_words = _load(BYTES), _load(NUMBERS), _load(WORDS)


@intrinsic
def gather_words(_, data, begin, edges, number):
    """Return the first eight bytes and the next eight of eight words, little-endian.

    Word `i` is at `begin + edges[2 * (number + i)]`. Sixteen bytes are loaded at once, and no place
    goes through a vector: to take each out of one and put it into one is what costs.
    """

    def generate(context, builder, signature, values):
        data, begin, edges, number = values
        first = builder.gep(make_array(signature.args[0])(context, builder, data).data, [begin])
        places = make_array(signature.args[2])(context, builder, edges).data
        found = []
        for word in range(WORDS.lanes):
            at = builder.add(builder.shl(number, BITS_64(1)), BITS_64(2 * word))
            place = builder.zext(builder.load(builder.gep(places, [at])), BITS_64)
            address = builder.bitcast(builder.gep(first, [place]), SIXTEEN.as_pointer())
            found.append(builder.load(address, align=1))
        while len(found) > 2:
            twos = zip(found[::2], found[1::2], strict=True)
            found = [_picked(builder, a, b, range(2 * a.type.count)) for a, b in twos]
        low, high = found
        halves = [_picked(builder, low, high, range(half, 2 * WORDS.lanes, 2)) for half in (0, 1)]
        return context.make_tuple(builder, signature.return_type, halves)

    return types.UniTuple(WORDS, 2)(data, types.uint64, edges, types.int64), generate


def _picked(builder, one, other, lanes):
    """Return a vector of some lanes of two, counted through."""
    wanted = ir.Constant(ir.VectorType(BITS_32, len(lanes)), [BITS_32(lane) for lane in lanes])
    return builder.shuffle_vector(one, other, wanted)


@intrinsic
def gather_numbers(_, array, places):
    """Return what stands in an array of 32-bit numbers at sixteen places."""

    def generate(context, builder, signature, values):
        first = make_array(signature.args[0])(context, builder, values[0]).data
        wide = ir.VectorType(BITS_64, NUMBERS.lanes)
        steps = builder.shl(builder.zext(values[1], wide), ir.Constant(wide, [2] * wide.count))
        base = _spread(builder, builder.ptrtoint(first, BITS_64), wide)
        pointers = ir.VectorType(BITS_32.as_pointer(), wide.count)
        all_lanes = ir.VectorType(ir.IntType(1), wide.count)
        kind = ir.FunctionType(NUMBERS.vector, [pointers, BITS_32, all_lanes, NUMBERS.vector])
        name = "llvm.masked.gather.v16i32.v16p0"
        gather = cgutils.get_or_insert_function(builder.module, kind, name)
        found = builder.inttoptr(builder.add(base, steps), pointers)
        everywhere = ir.Constant(all_lanes, [1] * wide.count)
        nothing = ir.Constant(NUMBERS.vector, ir.Undefined)
        return builder.call(gather, [found, BITS_32(4), everywhere, nothing])

    return NUMBERS(array, NUMBERS), generate


@intrinsic
def store(_, array, at, lanes):
    """Write lanes to an array from a place on; of each what has room in a number there."""

    def generate(context, builder, signature, values):
        kind, (array, at, found) = signature.args[0], values
        vector = ir.VectorType(ir.IntType(kind.dtype.bitwidth), lanes.lanes)
        if vector != lanes.vector:
            found = builder.trunc(found, vector)
        builder.store(found, _place(context, builder, kind, array, at, vector), align=1)
        return context.get_dummy_value()

    return types.void(array, types.int64, lanes), generate


@intrinsic
def store_some(_, array, at, bits, lanes):
    """Write the lanes whose bit is set to an array, end to end from a place on."""

    def generate(context, builder, signature, values):
        array, at, bits, found = values
        vector = lanes.vector
        place = _place(context, builder, signature.args[0], array, at, vector)
        first = builder.bitcast(place, vector.element.as_pointer())
        flags = ir.VectorType(ir.IntType(1), lanes.lanes)
        mask = builder.bitcast(builder.trunc(bits, ir.IntType(lanes.lanes)), flags)
        kind = ir.FunctionType(ir.VoidType(), [vector, first.type, flags])
        name = f"llvm.masked.compressstore.v{lanes.lanes}i{lanes.number.bitwidth}"
        write = cgutils.get_or_insert_function(builder.module, kind, name)
        builder.call(write, [found, first, mask])
        return context.get_dummy_value()

    return types.void(array, types.int64, types.uint64, lanes), generate


@intrinsic
def lesser(_, one, other):
    """Return of each two lanes the lesser."""

    def generate(context, builder, signature, values):
        return builder.select(builder.icmp_unsigned("<", *values), *values)

    return one(one, other), generate


@intrinsic
def least_of(_, lanes):
    """Return the least of all lanes."""

    def generate(context, builder, signature, values):
        return _reduced(builder, lanes, "umin", values)

    return lanes.number(lanes), generate


@intrinsic
def sum_of(_, lanes):
    """Return the sum of all lanes."""

    def generate(context, builder, signature, values):
        return _reduced(builder, lanes, "add", values)

    return lanes.number(lanes), generate


def _reduced(builder, lanes, how, values):
    """Return what becomes of all lanes, by LLVM's reduction of the name."""
    kind = ir.FunctionType(lanes.vector.element, [lanes.vector])
    name = f"llvm.vector.reduce.{how}.v{lanes.lanes}i{lanes.number.bitwidth}"
    return builder.call(cgutils.get_or_insert_function(builder.module, kind, name), values)


@intrinsic
def above(_, one, other):
    """Return a bit for each lane, the first lowest: whether `one` is greater than `other`."""

    def generate(context, builder, signature, values):
        bits = builder.bitcast(builder.icmp_unsigned(">", *values), ir.IntType(one.lanes))
        return builder.zext(bits, BITS_64)

    return types.uint64(one, other), generate


@intrinsic
def not_zero(_, lanes):
    """Return a bit for each lane, the first lowest: whether any of its bits is set."""

    def generate(context, builder, signature, values):
        zeros = ir.Constant(lanes.vector, None)
        bits = builder.icmp_unsigned("!=", values[0], zeros)
        return builder.zext(builder.bitcast(bits, ir.IntType(lanes.lanes)), BITS_64)

    return types.uint64(lanes), generate


@intrinsic
def choose(_, bits, one, other):
    """Return lanes of `one` where the bit of `above` is set, elsewhere those of `other`."""

    def generate(context, builder, signature, values):
        bits, *values = values
        small = builder.trunc(bits, ir.IntType(one.lanes))
        return builder.select(
            builder.bitcast(small, ir.VectorType(ir.IntType(1), one.lanes)), *values
        )

    return one(types.uint64, one, other), generate


@intrinsic
def bits_between(_, data, at, set_bits, low, high):
    """Return a bit for each of the 64 bytes at `at`, the first lowest: whether it is in a range.

    `set_bits` are set in each before; `low` and `high` are the least and the greatest in range.
    """

    def generate(context, builder, signature, values):
        array, at, *values = values
        wanted = [_spread(builder, builder.trunc(v, ir.IntType(8)), BYTES_64) for v in values]
        place = _place(context, builder, signature.args[0], array, at, BYTES_64)
        found = builder.or_(builder.load(place, align=1), wanted[0])
        width = builder.sub(wanted[2], wanted[1])
        is_in = builder.icmp_unsigned("<=", builder.sub(found, wanted[1]), width)
        return builder.bitcast(is_in, BITS_64)

    number = types.uint64
    return number(data, number, number, number, number), generate


@intrinsic
def copy_64(_, data, at, out, to):
    """Copy the 64 bytes at `at` to `out`."""

    def generate(context, builder, signature, values):
        kind, _, target, _ = signature.args
        data, at, out, to = values
        found = builder.load(_place(context, builder, kind, data, at, BYTES_64), align=1)
        builder.store(found, _place(context, builder, target, out, to, BYTES_64), align=1)
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
