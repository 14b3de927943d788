"""Problems as a text for people: how many in which file, then each with its place."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.records import Problem
from pipeline.text.phrasing import count_of


def problems_text(problems: Sequence[Problem]) -> str:
    """Return the problems file by file, each with line, column and what to do."""
    files = dict.fromkeys(problem.where for problem in problems)
    return "\n\n".join(
        _file_text(file, [problem for problem in problems if problem.where == file])
        for file in files
    )


def _file_text(file: str, problems: Sequence[Problem]) -> str:
    wrong = sum(problem.level == "error" for problem in problems)
    warned = len(problems) - wrong
    counts = [count_of(wrong, "mistake")] if wrong else []
    counts += [count_of(warned, "thing to look at", "things to look at")] if warned else []
    end = "; nothing was run." if wrong and file == "feeds.yaml" else "."
    blocks = [_problem_text(problem) for problem in problems]
    return f"{file} has {' and '.join(counts)}{end}\n\n" + "\n".join(blocks)


def _problem_text(problem: Problem) -> str:
    place = f"line {problem.line}, column {problem.column}" if problem.line else "the whole file"
    if problem.line and not problem.column:
        place = f"line {problem.line}"
    head = f"  {place:<20} {problem.path}".rstrip()
    return "\n".join([head, f"{'':23}{problem.what}", *_todo_lines(problem)])


def _todo_lines(problem: Problem) -> list[str]:
    return [f"{'':23}{problem.todo}"] if problem.todo else []
