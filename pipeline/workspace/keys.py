"""Every key of feeds.yaml, with its type, default and meaning: in docs/settings.md and the schema.

Read off the models, so that neither can drift from what the program accepts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.records.record import dataclass

SCHEMA_PATH = Path(__file__).with_name("feeds.schema.json")


@dataclass(frozen=True, slots=True)
class Key:
    """One key: `settings.pace.cool_down_days`."""

    path: str
    kind: str
    default: str
    meaning: str


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of feeds.yaml, for editors that complete and check."""
    from pipeline.workspace.shape import FeedsFile, adapter

    schema = adapter(FeedsFile).json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "feeds.yaml of Touchpoints"
    return dict(schema)


def schema_text() -> str:
    """Return the schema as it is published in the package."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def keys() -> tuple[Key, ...]:
    """Return every key in the order of the file."""
    schema = json_schema()
    return tuple(_keys_in(schema, schema["$defs"], ""))


def keys_markdown() -> str:
    """Return the keys as a Markdown table."""
    rows = [f"| `{key.path}` | {key.kind} | {key.default} | {key.meaning} |" for key in keys()]
    return "\n".join(["| key | value | default | meaning |", "|---|---|---|---|", *rows]) + "\n"


def _keys_in(schema: dict[str, Any], models: dict[str, Any], before: str) -> Iterator[Key]:
    for name, item in schema.get("properties", {}).items():
        path = f"{before}{name}"
        yield Key(path, _kind(item, models), _default(item), item.get("description", ""))
        inner, way = _inner(item, models)
        if inner:
            yield from _keys_in(inner, models, f"{path}{way}.")


def _inner(item: dict[str, Any], models: dict[str, Any]) -> tuple[dict[str, Any] | None, str]:
    """Return the model under a key, and how its place is written: .NAME for named groups."""
    if "$ref" in item:
        return models[item["$ref"].rpartition("/")[2]], ""
    if isinstance(item.get("additionalProperties"), dict):
        inner, _ = _inner(item["additionalProperties"], models)
        return inner, ".NAME"
    for choice in item.get("items", {}).get("anyOf", []):
        if "$ref" in choice:
            return models[choice["$ref"].rpartition("/")[2]], "[]"
    return None, ""


def _kind(item: dict[str, Any], models: dict[str, Any]) -> str:
    if _inner(item, models)[0] or item.get("type") == "object":
        return "list" if item.get("type") == "array" else "group"
    kind = str(item.get("type", "text"))
    if kind == "array":
        choices = item["items"].get("enum")
        return "list of " + (", ".join(choices) if choices else f"{item['items']['type']}s")
    if "enum" in item:
        return ", ".join(item["enum"])
    limits = [str(item[key]) for key in ("minimum", "maximum") if key in item]
    words = {"string": "text", "integer": "whole number", "boolean": "true or false"}
    return words.get(kind, kind) + (f", {' to '.join(limits)}" if len(limits) == 2 else "")


def _default(item: dict[str, Any]) -> str:
    value = item.get("default")
    if value in (None, "", [], {}) or isinstance(value, dict):
        return ""
    return f"`{json.dumps(value, ensure_ascii=False)}`"
