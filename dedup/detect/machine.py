"""Machine code of the compiled functions, kept on disk and loaded without the compiler.

To import numba takes 0.4 s, longer than all else of a start: it is asked for what was never
compiled here, and not again. What it makes is an object file for each function, which LLVM's loader
(llvmlite, which comes with numba) brings into the process in some milliseconds.

A function takes arrays, whole numbers and tuples of such. All of them cross over in one block of
numbers: of an array its address and its shape.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from dedup.detect.kept import PACKAGE, fingerprint, is_kept, keep, read_kept

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Argument: TypeAlias = int | NDArray[Any] | tuple["Argument", ...]
    #: A function that takes the address of a block of numbers.
    Entry: TypeAlias = Callable[[int], None]

#: What numba loads to see whether linear algebra would work, and its module that asks.
LINEAR_ALGEBRA, ASKING = "scipy.linalg.cython_blas", "numba.np.arraymath"
#: Where object files were seen to be loaded; elsewhere numba does it, from a cache of its own.
LOADABLE = sys.platform == "linux"
#: What a compiler makes of loops that fill or copy memory.
MEMORY = {"memset": ctypes.memset, "memmove": ctypes.memmove, "memcpy": ctypes.memmove}
#: What numba lets every function call in case of an error; of ours none has any. Without an address
#: for each the loader gives up.
NEVER_CALLED = (
    "NRT_Free", "NRT_MemInfo_call_dtor", "PyBytes_FromStringAndSize", "PyErr_Clear",
    "PyErr_SetNone", "PyErr_SetString", "PyErr_WriteUnraisable", "PyExc_RuntimeError",
    "PyExc_StopIteration", "PyExc_SystemError", "PyUnicode_FromString", "Py_DecRef",
    "numba_do_raise", "numba_gil_ensure", "numba_gil_release", "numba_runtime_build_excinfo_struct",
    "numba_unpickle",
)  # fmt: skip
#: What arrays may hold.
KINDS = ("bool_", "float64", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
#: Bytes of the digest that machine code is kept with.
SEAL_BYTES = 16
#: Modules, beside those of the functions, that their code depends on.
CONSTANTS = (
    *("detect/codepoints.py", "detect/machine.py", "detect/marking.py", "detect/permutations.py"),
    *("detect/room.py", "detect/shingles.py", "detect/topic.py"),
    "scanning/comparing/figures.py",
    *("scanning/outlining/linescreen.py", "scanning/outlining/outlined.py"),
    "scanning/outlining/wordtrie.py",
    *("text/menus.py", "text/paragraphs.py", "text/quotations.py", "text/rules.py"),
)


@dataclass(slots=True)
class Compiled:
    """A compiled function, loaded at its first call; not to be given results by return.

    Attributes:
        module: Where it is defined.
        name: Its name there.
    """

    module: str
    name: str
    _entry: Entry | None = field(default=None, repr=False)
    _left_to_numba: bool = field(default=False, repr=False)

    def __call__(self, *arguments: Argument) -> None:
        """Call it, with the interpreter lock released."""
        if self._entry is None and not self._left_to_numba:
            self._entry = self._load(arguments)
            self._left_to_numba = self._entry is None
        if self._entry is None or not LOADABLE:
            load_compiler()
            getattr(import_module(self.module), self.name)(*arguments)
            return
        numbers: list[int] = []
        for argument in arguments:
            _lay_out(argument, numbers)
        block = (ctypes.c_int64 * len(numbers))(*numbers)
        self._entry(ctypes.addressof(block))

    @property
    def is_there(self) -> bool:
        """Whether its machine code lies on disk; where that is numba's affair, as if it did."""
        return not _has_loader() or is_kept(self._file)

    @property
    def _file(self) -> str:
        return f"{self.module}.{self.name}-{_version()}.o"

    def _load(self, arguments: tuple[Argument, ...]) -> Entry | None:
        """Return the function; None where numba has to run it.

        All of this leans on what numba and LLVM do inside, which a release of either may change.
        An error that has another reason numba meets as well, and raises.
        """
        if not _has_loader():
            return None
        try:
            code = _unsealed(read_kept(self._file))
            if code is None:
                code = _compile(self.module, self.name, arguments)
                keep(self._file, _sealed(code))
            return _linked(code, self.name)
        except Exception:
            return None


def _sealed(code: bytes) -> bytes:
    """Return machine code with its digest before it."""
    return blake2b(code, digest_size=SEAL_BYTES).digest() + code


def _unsealed(kept: memoryview | None) -> bytes | None:
    """Return machine code that was kept; None where it is not what was written.

    LLVM ends the process that gives it a broken object file.
    """
    if kept is None:
        return None
    code = kept[SEAL_BYTES:].tobytes()
    return code if kept.tobytes() == _sealed(code) else None


@lru_cache(maxsize=1)
def _has_loader() -> bool:
    """Say whether LLVM as it is here loads object files, and knows the processor."""
    try:
        return LOADABLE and hasattr(_llvm(), "create_mcjit_compiler") and bool(_version())
    except Exception:
        return False


def _lay_out(argument: Argument, numbers: list[int]) -> None:
    """Append the numbers that stand for an argument."""
    if isinstance(argument, tuple):
        for part in argument:
            _lay_out(part, numbers)
    elif isinstance(argument, int):
        numbers.append(argument)
    else:
        assert argument.flags.c_contiguous
        numbers += [argument.__array_interface__["data"][0], *argument.shape]


@lru_cache(maxsize=1)
def _version() -> str:
    """Return what machine code depends on, as a short name: sources, LLVM, processor, Python.

    A release of numba wants a release of llvmlite, which stands for both.
    """
    llvm = _llvm()
    features = llvm.get_host_cpu_features().flatten()
    made_by = (import_module("llvmlite").__version__, str(llvm.llvm_version_info))
    return fingerprint(_sources(), *made_by, llvm.get_host_cpu_name(), features)


def _sources() -> Iterable[Path]:
    """Return the files that compiled functions are made of."""
    return [*PACKAGE.glob("**/*kernel.py"), *(PACKAGE / name for name in CONSTANTS)]


@lru_cache(maxsize=1)
def source_stamp() -> str:
    """Return what stands for the sources of all compiled functions.

    Each depends on others, in files of their own, that it calls.
    """
    return fingerprint(_sources())


def _llvm() -> Any:
    """Return the module; it says nothing of its types."""
    return import_module("llvmlite.binding")


@lru_cache(maxsize=1)
def _target() -> Any:
    """Return LLVM's description of this machine."""
    llvm = _llvm()
    end = ctypes.pythonapi.Py_FatalError
    never = {name: getattr(ctypes.pythonapi, name, end) for name in NEVER_CALLED}
    for name, function in (MEMORY | never).items():
        if llvm.address_of_symbol(name) is None:  # numba, where it is loaded, knows better
            llvm.add_symbol(name, ctypes.cast(function, ctypes.c_void_p).value)
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    return llvm.Target.from_default_triple().create_target_machine(
        llvm.get_host_cpu_name(),
        llvm.get_host_cpu_features().flatten(),
        opt=3,
        reloc="default",
        codemodel="jitdefault",
        jit=True,
    )


#: What machine code lies in; it must live as long as the process.
_LOADED: list[Any] = []


def _linked(code: bytes, name: str) -> Entry:
    """Bring an object file into the process, and return the function in it."""
    llvm, target = _llvm(), _target()
    loader = llvm.create_mcjit_compiler(llvm.parse_assembly(""), target)
    loader.add_object_file(llvm.ObjectFileRef.from_data(code))
    loader.finalize_object()
    _LOADED.append(loader)
    entry: Entry = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(loader.get_function_address(name))
    return entry


def _compile(module: str, name: str, arguments: tuple[Argument, ...]) -> bytes:
    """Return the object file of a function for arguments like the given."""
    load_compiler()
    import numpy as np

    numba, extending = import_module("numba"), import_module("numba.extending")
    cgutils = import_module("numba.core.cgutils")

    @extending.intrinsic  # type: ignore[untyped-decorator]
    def pointer(_: Any, number: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
            return builder.inttoptr(values[0], cgutils.voidptr_t)

        return numba.types.voidptr(numba.types.int64), generate

    places = iter(range(1 << 16))
    given = ", ".join(_as_source(argument, places) for argument in arguments)
    names = {
        "carray": numba.carray,
        "pointer": pointer,
        "called": getattr(import_module(module), name),
        **{kind: getattr(np, kind) for kind in KINDS},
    }
    exec(f"def entry(block):\n    n = carray(block, {next(places)})\n    called({given})\n", names)
    numbers = numba.types.CPointer(numba.types.int64)
    made = numba.cfunc(
        numba.types.void(numbers), nopython=True, boundscheck=False, error_model="numpy"
    )(names["entry"])
    code = _llvm().parse_assembly(made.inspect_llvm())
    code.get_function(made.native_name).name = name
    for function in code.functions:  # nobody else has a part in them
        if not function.is_declaration and function.name != name:
            function.linkage = "internal"
        known = not function.is_declaration or function.name.startswith("llvm.")
        if not (known or function.name in NEVER_CALLED or function.name in MEMORY):
            raise LookupError(f"{name} calls {function.name}")  # LLVM would end the process
    emitted: bytes = _target().emit_object(code)
    return emitted


def _as_source(argument: Argument, places: Iterator[int]) -> str:
    """Return the expression that makes the argument of the numbers in the block, `n`."""
    if isinstance(argument, tuple):
        return f"({''.join(f'{_as_source(part, places)}, ' for part in argument)})"
    if isinstance(argument, int):
        return f"n[{next(places)}]"
    address = next(places)
    shape = "".join(f"n[{next(places)}], " for _ in argument.shape)
    kind = "bool_" if argument.dtype.name == "bool" else argument.dtype.name
    return f"carray(pointer(n[{address}]), ({shape}), {kind})"


def load_compiler() -> None:
    """Import numba: here, where several processes are about to need it."""
    with _linear_algebra_later():
        import numba  # noqa: F401


@contextmanager
def _linear_algebra_later() -> Iterator[None]:
    """Keep numba from loading scipy, half of its start, to see whether linear algebra would work.

    None is done here; for code of others that asks for it, all is as if scipy had been found.
    """
    if LINEAR_ALGEBRA in sys.modules or ASKING in sys.modules:
        yield
        return
    sys.modules[LINEAR_ALGEBRA] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[LINEAR_ALGEBRA]
        if ASKING in sys.modules and find_spec("scipy"):
            sys.modules[ASKING]._HAVE_BLAS = True  # type: ignore[attr-defined]
