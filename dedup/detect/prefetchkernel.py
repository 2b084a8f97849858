"""Memory fetched before it is needed: where it lies about, to wait for it takes longer than to work
through it."""

# mypy: disable-error-code="no-untyped-def, untyped-decorator, import-untyped, call-arg"

from __future__ import annotations

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from dedup.detect.kernel import lean

#: Bytes of a text that are asked for before they are looked at: to wait for each took a tenth of
#: the time.
AHEAD = 1024
#: Bytes of a cache line.
LINE = 64
#: What LLVM is told: to read it, and to keep it in every cache; it is data.
READ, KEEP, DATA = 0, 3, 1


@intrinsic
def prefetch(_, array, place):
    """Ask the processor for the cache line in which a place of an array lies; wait for nothing."""

    def generate(context, builder, signature, arguments):
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        number = ir.IntType(32)
        function = builder.module.declare_intrinsic(
            "llvm.prefetch",
            (cgutils.voidptr_t,),
            ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t, number, number, number]),
        )
        address = builder.bitcast(builder.gep(data, [arguments[1]]), cgutils.voidptr_t)
        builder.call(function, [address, number(READ), number(KEEP), number(DATA)])
        return context.get_dummy_value()

    return types.void(array, types.int64), generate


@lean
def prefetch_part(array, begin, count):
    """Ask for all cache lines in which a part of an array lies."""
    for place in range(begin, begin + count, LINE // array.itemsize):
        prefetch(array, place)
