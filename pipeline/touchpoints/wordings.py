"""The language of templates: ours and the candidate's own, which win.

A template is Jinja2 with almost everything taken away: values, `{% if %}`, comparisons, `~`,
`pick(...)` and a few filters. There are no loops, no assignments, no calls and no other attributes,
so a template from a stranger always ends, stays small and reaches nothing. What is allowed is a
list of syntax nodes; everything else is refused by name. Jinja's sandbox stands behind it.

Takes the text of a template; gives a `Wording`, or the mistakes in it as `Problem`s. What values
mean stands in `VALUES`, one table for the check, the README and the drafts. Reads no file.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pipeline.records import Problem, Template
from pipeline.touchpoints import phrases
from pipeline.touchpoints.sources import clean, is_mark

MOST_WORDS = 150  # career-ops' guard, and a screen of a phone
LONGEST_TEMPLATE = 10_000  # characters; ours have some 2,000
DEEPEST = 40  # syntax nodes inside one another; ours go 9 deep
MOST_NODES = 2_000  # ours have some 150

_OURS = Path(__file__).with_name("templates")


# --------------------------------------------------------------------------------------- values


@dataclass(frozen=True, slots=True)
class Person:
    """The recipient, as a template sees them."""

    name: str
    first_name: str
    last_name: str
    title: str


@dataclass(frozen=True, slots=True)
class Story:
    """The story that goes with a message, as a template sees it."""

    title: str
    source: str
    day: str
    link: str
    named: str


@dataclass(frozen=True, slots=True)
class Value:
    """One name that a template may use: what it means, an example, and what it is without."""

    meaning: str
    example: Any
    bare: Any = ""  # where the notes or the news do not give it


_STORY = Story(
    "Oracle opens a support centre in Ohio",
    "Harbour Post",
    "23 November",
    "https://news.example/centre",
    '"Oracle opens a support centre in Ohio" (Harbour Post, 23 November)',
)

VALUES: dict[str, Value] = {
    "greeting": Value("the first line, as in your settings", "Dear Renata,", "Hello,"),
    "closing": Value("the line above your name, as in your settings", "Kind regards", ""),
    "sender": Value("your name, as in your settings", "Sam Reyes", "[… your name]"),
    "person.name": Value("the recipient's full name", "Renata Kowalczyk"),
    "person.first_name": Value("how one greets them", "Renata"),
    "person.last_name": Value("their family name", "Kowalczyk"),
    "person.title": Value("their post, as in the head of your notes", "VP Customer Success"),
    "company": Value("the company's name", "Oracle", "Oracle"),
    "role": Value("the post you applied for", "Senior Consultant"),
    "interview_day": Value("when you talked", "on Monday", "on Monday"),
    "weeks": Value("how long ago, from a week on", "three weeks"),
    "decision_day": Value("the day by which they hoped to decide", "Friday 18 December"),
    "topic": Value(
        "a subject of your talk, from your notes; it can follow “about”",
        "the takeover of the rival HR vendor",
    ),
    "own_topic": Value("true: your notes say that this person spoke of it", True, False),
    "again": Value("true: they had a message of this kind before", False, False),
    "office": Value("true: the story is for what you saw at their place", False, False),
    "story.title": Value("the headline of the story that goes with it", _STORY.title),
    "story.source": Value("who published it", _STORY.source),
    "story.day": Value("when", _STORY.day),
    "story.link": Value("its address", _STORY.link),
    "story.named": Value("headline, publisher and day, as one phrase", _STORY.named),
    "news": Value("“the launch”, where the headline plainly says so of this company", "the launch"),
    "cheerful": Value("true: good news of their own, so one may congratulate", True, False),
    "theirs": Value("true: the headline of the story names the company", True, False),
    "events": Value('what kinds of news it is: `"launch" in events`', ("launch",), ()),
    "skill": Value(
        "the line of yours that meets the news, in the first person",
        "I ran the supplier ramp-up for two plants",
    ),
    "skill_is": Value("`done`, `can` or `field`: how that line begins", "done"),
    "useful": Value(
        "the second half of that line, if it states something",
        "customs papers were the bottleneck",
    ),
}
FLAGS = ("own_topic", "again", "office", "theirs", "cheerful", "events")  # to ask for, not to print
WITH_STORY = ("tidbit", "contribution")  # kinds that never come without one
FILTERS = ("upper", "lower", "capitalize", "title", "trim", "default")


def values_markdown() -> str:
    """Return the table of values for README."""
    rows = [f"| `{name}` | {value.meaning} |" for name, value in VALUES.items()]
    return "\n".join(["| value | what it is |", "|---|---|", *rows]) + "\n"


def example(kind: str, *, bare: bool) -> dict[str, Any]:
    """Return values as a draft of this kind may meet them: all of them, or as few as can be."""
    plain = {name: value.bare if bare else value.example for name, value in VALUES.items()}
    if bare and kind == "decision":
        plain["decision_day"] = VALUES["decision_day"].example
    if bare and kind in WITH_STORY:
        plain |= {f"story.{name}": getattr(_STORY, name) for name in ("title", "link", "named")}
    return nested(plain)


def nested(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as a template takes them: `story` and `person` with their attributes.

    Without a headline there is no story at all.
    """
    values = {name: value for name, value in plain.items() if "." not in name}
    story = {n.partition(".")[2]: v for n, v in plain.items() if n.startswith("story.")}
    person = {n.partition(".")[2]: v for n, v in plain.items() if n.startswith("person.")}
    return values | {
        "story": Story(**story) if story["named"] else None,
        "person": Person(**person),
    }


# ------------------------------------------------------------------------------------- wordings


@dataclass(frozen=True, slots=True)
class Wording:
    """A template that may be used."""

    file: str  # of the candidate's own; "" for ours
    render: Callable[[Mapping[str, Any]], str]


class Unusable(Exception):
    """A template cannot be used; `problem` says why. Never leaves this folder."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.what)
        self.problem = problem


def wordings(kind: str, company: str, own: Sequence[Template]) -> Iterator[Wording]:
    """Give what a message may be written with, the most special first; ours is the last."""
    for slug in (company, "") if company else ("",):
        for template in own:
            if (template.kind, template.company) == (kind, slug) and not _mistakes(template):
                yield _compiled(template)
    yield ours(kind)


@cache
def ours(kind: str) -> Wording:
    """Return the built-in wording of a kind."""
    text = (_OURS / f"{kind}.txt.j2").read_text(encoding="utf-8")
    return _compiled(Template("", kind, "", text))


def problems(own: Sequence[Template]) -> tuple[Problem, ...]:
    """Return all that is wrong with the candidate's templates, and what reads worn out."""
    return tuple(
        problem for template in own for problem in (*_mistakes(template), *_worn(template))
    )


@lru_cache(maxsize=256)
def _compiled(template: Template) -> Wording:
    from jinja2 import TemplateError

    text = _plain(template.text)
    if len(text) > LONGEST_TEMPLATE:
        raise Unusable(
            _problem(template, 0, "The template is far too long.", "A message has a page at most.")
        )
    environment = _environment()
    try:
        tree = environment.parse(text)
    except TemplateError as error:
        line = int(getattr(error, "lineno", 0) or 0)
        raise Unusable(_problem(template, line, *_syntax(str(error)))) from error
    except RecursionError as error:
        raise Unusable(_too_deep(template)) from error
    for found in _forbidden(template, tree):
        raise Unusable(found)
    try:
        compiled = environment.from_string(text)
    except (TemplateError, SyntaxError, RecursionError, MemoryError, ValueError) as error:
        raise Unusable(_too_deep(template)) from error
    return Wording(template.file, compiled.render)


@cache
def _environment() -> Any:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.globals.clear()
    environment.filters = {
        "upper": lambda text: str(text).upper(),
        "lower": lambda text: str(text).lower(),
        "capitalize": _capitalized,
        "title": lambda text: re.sub(r"[^\W\d_]+(?:['’]\w+)?", _first_large, str(text)),
        "trim": lambda text: str(text).strip(),
        "default": lambda text, instead="": text or instead,
    }
    return environment


def _first_large(found: re.Match[str]) -> str:
    return found.group()[:1].upper() + found.group()[1:]


def _capitalized(text: Any) -> str:
    """Return a text with its first letter large; a mark is no letter."""
    whole = str(text)
    at = next((n for n, letter in enumerate(whole) if not is_mark(letter)), len(whole))
    return whole[:at] + whole[at : at + 1].upper() + whole[at + 1 :]


def _plain(text: str) -> str:
    """Return a template without letters that do not belong into a message.

    A line with nothing but a tag leaves no empty line: its end goes into the tag, where it counts
    as a line still. A tag inside a line changes nothing around it, and {%- -%} are Jinja's.
    """
    lines = (_kept_blanks(line) for line in text.removeprefix("\ufeff").splitlines())
    return _TAG_ALONE.sub(r"\1\n\2", "\n".join(lines))


_TAG_ALONE = re.compile(r"(?m)^[ \t]*(\{%(?!-)(?:(?!%\}|\{%)[^\n])*?)(?<!-)(%\})[ \t]*\n")


def _kept_blanks(line: str) -> str:
    return "".join(letter if letter in " \t" else clean(letter) or " " for letter in line)


# ------------------------------------------------------------------------------------ mistakes


@lru_cache(maxsize=256)
def _mistakes(template: Template) -> tuple[Problem, ...]:
    """Return what keeps a template from being used: what is forbidden, else what examples show."""
    try:
        wording = _compiled(template)
    except Unusable as error:
        more = list(_all_forbidden(template))
        return tuple(dict.fromkeys(more)) or (error.problem,)
    found: list[Problem] = []
    for bare in (False, True):
        found += _on_example(template, wording, bare=bare)
        if found:
            break
    return tuple(found)


def _all_forbidden(template: Template) -> Iterator[Problem]:
    from jinja2 import TemplateError

    text = _plain(template.text)
    if len(text) > LONGEST_TEMPLATE:
        return
    try:
        yield from _forbidden(template, _environment().parse(text))
    except (TemplateError, RecursionError):
        return


def _on_example(template: Template, wording: Wording, *, bare: bool) -> list[Problem]:
    values = example(template.kind, bare=bare) | {"pick": lambda *words: max(words, key=_length)}
    try:
        text = wording.render(values)
    except Exception as error:
        return [_problem(template, _line_of(error), *_failure(error))]
    subject, _, body = text.strip().partition("\n")
    count = len(text.split())
    if not subject.strip() or not body.strip():
        return [
            _problem(
                template,
                0,
                "The template has no subject, or nothing but a subject.",
                "The first line is the subject, then comes an empty line, then the message.",
            )
        ]
    if count >= MOST_WORDS:
        what = f"The message comes to {count} words; it should stay under {MOST_WORDS}."
        return [_problem(template, 0, what, "Leave out what they know already.")]
    return []


def _length(words: Any) -> int:
    return len(str(words).split())


def _worn(template: Template) -> Iterator[Problem]:
    for number, line in enumerate(template.text.splitlines(), start=1):
        for phrase in phrases.worn_out(line):
            yield _problem(
                template,
                number,
                f'Everybody has read "{phrase}" too often.',
                "Say it in words of your own.",
                level="warning",
            )


def _problem(template: Template, line: int, what: str, todo: str, level: Any = "error") -> Problem:
    return Problem("workspace", template.file, what, todo, line=line, level=level)


def _too_deep(template: Template) -> Problem:
    return _problem(
        template,
        0,
        "The template is more deeply nested than it can be read.",
        "Take out brackets, or one `if` inside another.",
    )


def _syntax(message: str) -> tuple[str, str]:
    """Return Jinja's complaint in the words of somebody who writes letters."""
    unknown = re.search(r"unknown tag '(\w+)'", message)
    if unknown:
        what = f'A template cannot do "{unknown.group(1)}".'
        return what, "There are {% if %}, {% elif %}, {% else %} and {% endif %}."
    if "Unexpected end of template" in message:
        return "An {% if %} has no end.", "Write {% endif %} where it ends."
    if "unexpected" in message or "expected token" in message or "unclosed" in message.casefold():
        return (
            f"This cannot be read: {message.rstrip('.')}.",
            "Look for a quotation mark, a comma or a bracket that is missing in this line.",
        )
    return f"This cannot be read: {message.rstrip('.')}.", "Look at this line and the one above."


def _failure(error: Exception) -> tuple[str, str]:
    if "None" in str(error) and "has no attribute" in str(error):
        return "There is not always a story.", "Put this between {% if story %} and {% endif %}."
    return (
        f"This does not work out: {clean(str(error)).rstrip('.')}.",
        "Compare only with words in quotation marks; ask with {% if … %} before you use it.",
    )


def _line_of(error: BaseException) -> int:
    """Return the template's line in which rendering failed."""
    line, trace = 0, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


# --------------------------------------------------------------------------- what is forbidden

_ALLOWED = frozenset(
    "Template Output TemplateData If CondExpr Compare Operand And Or Not Concat Call Name Const "  # noqa: SIM905
    "Getattr Filter List Tuple".split()
)
_CALLED: dict[str, str] = {
    "For": "A loop",
    "Assign": "`set`",
    "AssignBlock": "`set`",
    "NSRef": "`set`",
    "Macro": "`macro`",
    "CallBlock": "`call`",
    "FilterBlock": "`filter` as a block",
    "Include": "`include`",
    "Import": "`import`",
    "FromImport": "`import`",
    "Extends": "`extends`",
    "Block": "`block`",
    "With": "`with`",
    "Getitem": "A value in [ ]",
    "Test": "`is`",
    "Dict": "A mapping { }",
    "Keyword": "A named argument",
}
_WHAT_IS_THERE = (
    'There are {{ value }}, {% if … %}, pick("one", "another"), ~ between two texts, '
    f"and the filters {', '.join(FILTERS)}."
)


def _forbidden(template: Template, tree: Any) -> Iterator[Problem]:
    """Give a problem for everything in a template that is not allowed, in the order of the text."""
    from jinja2 import nodes

    waiting: list[tuple[Any, int]] = [(tree, 0)]
    count = 0
    while waiting:
        node, depth = waiting.pop()
        count += 1
        if depth > DEEPEST or count > MOST_NODES:
            yield _too_deep(template)
            return
        for part in node.nodes if isinstance(node, nodes.Output) else ():
            if isinstance(part, nodes.Name) and part.name in _NOT_PRINTED:
                yield _problem(template, part.lineno, *_unprintable(part.name))
        wrong = _objection(node, nodes)
        if wrong:
            yield _problem(template, int(getattr(node, "lineno", 0) or 0), *wrong)
            continue
        waiting += [(child, depth + 1) for child in reversed(list(_children(node, nodes)))]


def _children(node: Any, nodes: Any) -> Iterator[Any]:
    """Give the nodes inside one; of `pick` and `story.title` not the name, which was looked at."""
    for child in node.iter_child_nodes():
        if isinstance(node, (nodes.Call, nodes.Getattr)) and child is node.node:
            continue
        yield child


def _objection(node: Any, nodes: Any) -> tuple[str, str] | None:
    kind = type(node).__name__
    if kind not in _ALLOWED:
        return f"{_CALLED.get(kind, 'A sum')} is not allowed in a template.", _WHAT_IS_THERE
    if isinstance(node, nodes.Call):
        return _call_objection(node, nodes)
    if isinstance(node, nodes.Getattr):
        return _attribute_objection(node, nodes)
    if isinstance(node, nodes.Name):
        return _name_objection(node.name)
    if isinstance(node, nodes.Filter):
        return _filter_objection(node)
    return None


def _call_objection(node: Any, nodes: Any) -> tuple[str, str] | None:
    name = node.node.name if isinstance(node.node, nodes.Name) else ""
    if name != "pick" or node.kwargs or node.dyn_args or node.dyn_kwargs:
        said = f'"{name}(…)"' if name and name != "pick" else "This use of ( )"
        return f"{said} is not allowed in a template.", _WHAT_IS_THERE
    if not node.args:
        return "pick( ) has nothing to pick from.", 'Write pick("one wording", "another").'
    return None


def _attribute_objection(node: Any, nodes: Any) -> tuple[str, str] | None:
    owner = node.node.name if isinstance(node.node, nodes.Name) else ""
    known = [name for name in VALUES if name.startswith(f"{owner}.")] if owner else []
    name = f"{owner}.{node.attr}"
    if name in known:
        return None
    if not known:
        what = f'".{node.attr}" is not allowed here; only story and person have parts.'
        return what, _WHAT_IS_THERE
    return f'There is no value "{name}".', _nearest(name, known)


def _name_objection(name: str) -> tuple[str, str] | None:
    whole = [item for item in VALUES if "." not in item]
    if name in whole or name in ("story", "person"):
        return None
    if name == "pick":
        return "`pick` needs its wordings.", 'Write pick("one wording", "another").'
    return f'There is no value "{name}".', _nearest(name, [*whole, "story", "person"])


def _filter_objection(node: Any) -> tuple[str, str] | None:
    if node.name not in FILTERS:
        return f'There is no filter "{node.name}".', _nearest(node.name, FILTERS)
    most = 1 if node.name == "default" else 0
    if len(node.args) > most or node.kwargs or node.dyn_args or node.dyn_kwargs:
        return f'The filter "{node.name}" takes no such thing in ( ).', _WHAT_IS_THERE
    if node.node is None:
        return "`filter` as a block is not allowed in a template.", _WHAT_IS_THERE
    return None


_NOT_PRINTED = (*FLAGS, "story", "person")


def _unprintable(name: str) -> tuple[str, str]:
    if name in FLAGS:
        return f'"{name}" is for asking, not for printing.', f"Write {{% if {name} %}}."
    known = ", ".join(value for value in VALUES if value.startswith(f"{name}."))
    return f'"{name}" has parts; one of them can be printed.', f"Write one of {known}."


def _nearest(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name.casefold(), known, n=1, cutoff=0.5)
    return f'Did you mean "{near[0]}"?' if near else f"Known: {', '.join(known)}."
