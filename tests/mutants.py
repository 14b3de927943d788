"""Changes one number that decides at a time, and reports which changes no test notices.

    .venv/bin/python -m tests.mutants [--list] [WORD ...]        or: make mutants

A number that decides is a constant in capitals at the top of a module of the package: a threshold,
a weight, a window, alone or in a tuple, a dict or a timedelta. Each is made a quarter larger and a
quarter smaller (a whole number by at least one) while the module is loaded; nothing is written to
the disk. The tests that mention the module then run until the first failure, in a fork of this
process, which has the libraries loaded already. With words, only the constants whose module and
name contain one are tried. A constant of which no user could see a change says so in its comment:
"no border test: the reason".

Prints the survivors, then for each room how many were noticed, and ends with 1 if any survived.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import os
import pkgutil
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from types import CodeType, ModuleType

import pytest

import pipeline

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(pipeline.__file__).parent
EXCUSED = "no border test:"
AT_ONCE = os.cpu_count() or 1
LONGEST_TEST_SECONDS = 60  # a change that makes a test hang is noticed
_CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]+")


@dataclass(frozen=True, slots=True)
class Number:
    """A constant of a module, or one of the numbers in it, with where it is."""

    module: str
    name: str
    position: int  # among the numbers of this constant
    value: int | float
    line: int
    excused: bool

    @property
    def room(self) -> str:
        """Return the name of the room that the module is in."""
        return self.module.split(".")[1]

    @property
    def place(self) -> str:
        """Return where it is: "pipeline.news.polling:25 GONE"."""
        return f"{self.module}:{self.line} {self.name}"

    @property
    def changes(self) -> tuple[int | float, int | float]:
        """A quarter more and a quarter less; of a whole number at least one."""
        if isinstance(self.value, int):
            step = max(1, abs(self.value) // 4)
            return self.value + step, self.value - step
        return self.value * 1.25, self.value * 0.75


def numbers() -> Iterator[Number]:
    """Yield the constants of every module, in the order of the files."""
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        lines = source.splitlines()
        for statement in ast.parse(source).body:
            name, found = _constant(statement)
            about = lines[statement.lineno - 1 : statement.end_lineno]
            above = reversed(lines[: statement.lineno - 1])
            comments = takewhile(lambda line: line.startswith("#"), above)
            excused = EXCUSED in " ".join((*comments, *about))
            for position, expression in enumerate(found):
                value = _value(expression)
                assert value is not None
                yield Number(module, name, position, value, expression.lineno, excused)


def _constant(statement: ast.stmt) -> tuple[str, list[ast.expr]]:
    """Return the name of a constant and the numbers in it; an empty name for all else."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target: ast.expr = statement.targets[0]
    elif isinstance(statement, ast.AnnAssign):
        target = statement.target
    else:
        return "", []
    if not isinstance(target, ast.Name) or not _CONSTANT.fullmatch(target.id):
        return "", []
    return target.id, list(_numbers_in(statement.value))


def _numbers_in(expression: ast.expr | None) -> Iterator[ast.expr]:
    """Yield an expression that is a number, or the numbers in a tuple, a dict, a timedelta."""
    inner: list[ast.expr] = []
    if expression is not None and _value(expression) is not None:
        yield expression
    elif isinstance(expression, ast.Tuple):
        inner = expression.elts
    elif isinstance(expression, ast.Dict):
        inner = expression.values
    elif isinstance(expression, ast.Call):
        inner = [keyword.value for keyword in expression.keywords]
    for item in inner:
        yield from _numbers_in(item)


def _value(expression: ast.expr | None) -> int | float | None:
    """Return the value of a number, or of a sum or product of numbers."""
    allowed = (ast.Constant, ast.BinOp, ast.UnaryOp, ast.operator, ast.unaryop)
    if expression is None or not all(isinstance(n, allowed) for n in ast.walk(expression)):
        return None
    code = compile(ast.Expression(expression), "", "eval")
    value = eval(code, {"__builtins__": {}})  # noqa: S307 - of our own source, numbers only
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return value if is_number else None


def tests_of(module: str) -> list[str]:
    """Return the test files that mention a module or are named after it.

    Where its room has any, only those and the border tests. Those that check the borders of a room
    come first, then those named after the module.
    """
    _, room, *rest = module.split(".")
    name = rest[-1] if rest else room
    found = [
        path
        for path in (ROOT / "tests").rglob("test_*.py")
        if (path.stem.endswith(name) or re.search(rf"\b{name}\b", path.read_text(encoding="utf-8")))
        and "endurance" not in path.parts
    ]
    own = [path for path in found if room in path.parts]
    own = [path for path in found if path in own or "borders" in path.stem] if own else found
    own = own or sorted((ROOT / "tests").rglob("test_*_borders.py"))
    own.sort(key=lambda path: ("borders" not in path.stem, name not in path.stem, path))
    return [str(path.relative_to(ROOT)) for path in own]


def survivors(changed: list[tuple[Number, int | float]]) -> list[tuple[Number, int | float]]:
    """Return the changes with which every test still passes, each tried in a process of its own."""
    _load_libraries()
    waiting, survived = list(reversed(changed)), []
    running: dict[int, tuple[Number, int | float]] = {}
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            number, value = waiting.pop()
            child = os.fork()
            if not child:
                os._exit(_run_tests(number, value))
            running[child] = (number, value)
        child, status = os.wait()
        if os.waitstatus_to_exitcode(status) in (
            pytest.ExitCode.OK,
            pytest.ExitCode.NO_TESTS_COLLECTED,
        ):
            number, value = running[child]
            survived.append(running[child])
            print(f"survived: {number.place} {number.value} -> {value}", flush=True)
        del running[child]
    return survived


def _load_libraries() -> None:
    """Import all that the package imports, then forget the package itself."""
    for found in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        importlib.import_module(found.name)
    for name in [name for name in sys.modules if name.partition(".")[0] == "pipeline"]:
        del sys.modules[name]


def _run_tests(number: Number, value: int | float) -> int:
    """Run the tests with the changed number and return pytest's code, without printing."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    sys.meta_path.insert(0, _Finder(number, value))
    tests = tests_of(number.module)
    limits = ["-x", "-m", "not slow and not browser and not fuzz"]
    limits += [f"--timeout={LONGEST_TEST_SECONDS}", "-p", "no:cacheprovider"]
    return int(pytest.main([*limits, *tests]))


# ------------------------------------------------------------ in the process that runs the tests


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads a module with one constant changed; byte code of it is neither read nor written."""

    def __init__(self, path: str, number: Number, value: int | float) -> None:
        super().__init__(number.module, path)
        self._number, self._changed = number, value

    def get_code(self, fullname: str) -> CodeType:
        tree = ast.parse(self.get_data(self.path))
        for statement in tree.body:
            name, found = _constant(statement)
            if name == self._number.name and found:
                _Change(found[self._number.position], self._changed).visit(statement)
        return compile(ast.fix_missing_locations(tree), self.path, "exec")


class _Change(ast.NodeTransformer):
    """Puts a number in the place of an expression."""

    def __init__(self, old: ast.expr, new: int | float) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return ast.Constant(self._new) if node is self._old else super().visit(node)


class _Finder(importlib.abc.MetaPathFinder):
    """Gives the changed module in place of the one on the disk."""

    def __init__(self, number: Number, value: int | float) -> None:
        self._number, self._value = number, value

    def find_spec(
        self, fullname: str, path: object = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._number.module:
            return None
        file = str(ROOT.joinpath(*fullname.split(".")).with_suffix(".py"))
        loader = _Loader(file, self._number, self._value)
        return importlib.machinery.ModuleSpec(fullname, loader, origin=file)


def main(words: list[str]) -> int:
    """Try every change; print the survivors."""
    wanted = [
        number
        for number in numbers()
        if not words or any(w in f"{number.module}.{number.name}" for w in words)
    ]
    if "--list" in sys.argv:
        for number in wanted:
            note = "  (excused)" if number.excused else ""
            print(f"{number.place} = {number.value}{note}")
        return 0
    os.chdir(ROOT)
    tried = [(n, value) for n in wanted if not n.excused for value in n.changes]
    left = survivors(tried)
    counts = Counter(number.room for number, _ in tried)
    survived = Counter(number.room for number, _ in left)
    excused = Counter(number.room for number in wanted if number.excused)
    for room in sorted(counts | excused):
        noticed = f"{counts[room] - survived[room]} of {counts[room]} changes noticed"
        print(f"{room}: {noticed}; {excused[room]} numbers excused")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main([word for word in sys.argv[1:] if not word.startswith("--")]))
