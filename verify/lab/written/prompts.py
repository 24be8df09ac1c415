"""What a generator was asked for, and with which model, as its settings in the file say.

The forms are those of generators.py: a line of settings with the prompt before it, JSON
with a prompt under some name, and ComfyUI's graph, where the sampler points at its prompt. What the
programs write is documented by none of them; d3x-at/sd-parsers reads the same places.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable
from typing import Any

from verify.lab.bounded_text import MAX_CAPTION, MAX_WORD, clean

_MOST_NODES = 20_000
_SETTINGS = re.compile(r"(?:^|\n)Steps: \d{1,9}, ")
_NEGATIVE = re.compile(r"(?:^|\n)Negative prompt: ")
_MODEL = re.compile(r"\bModel: ([^,\n]{1,200})")
_QUOTED = re.compile(r'^"([^"]{1,4000})" -\w')  # InvokeAI's first form: the command itself
_JOB = re.compile(r"\bJob ID: [0-9a-f]{8}-")  # after what Midjourney was asked for
_LEADING = ("text", "positive", "conditioning")
_PROMPTS = ("prompt", "positive_prompt", "full_prompt")
_MODELS = ("model", "base_model", "ckpt_name", "unet_name", "model_name", "model_weights")


Found = tuple[str, str]
"""What was read, and the field that it stands in."""


def read_prompt(texts: Iterable[Found]) -> tuple[Found | None, Found | None]:
    """Prompt and model, from texts in which a generator may have left its settings.

    texts: the field and the text in it. Never raises. The first text that has one gives it.
    """
    texts = list(texts)
    prompt, model = _novelai(dict(texts))
    for place, text in texts:
        found = _from_line(text) or _from_json(text)
        if prompt is None and (words := clean(found[0], MAX_CAPTION)):
            prompt = words, place
        if model is None and (words := clean(found[1], MAX_WORD)):
            model = words, place
    return prompt, model


def _novelai(fields: dict[str, str]) -> tuple[Found | None, Found | None]:
    """NovelAI has PNG's own keywords for them; its later versions write JSON as well."""
    if fields.get("PNG Software") != "NovelAI":
        return None, None
    prompt = clean(fields.get("PNG Description"), MAX_CAPTION)
    model = clean(fields.get("PNG Source"), MAX_WORD)
    return (
        (prompt, "PNG Description") if prompt else None,
        (model, "PNG Source") if model else None,
    )


def _from_line(text: str) -> tuple[str, str] | None:
    """WebUI and its descendants: prompt, negative prompt and settings, a paragraph each;
    Midjourney: all before the number of its job."""
    if quoted := _QUOTED.match(text):
        return quoted[1], ""
    settings = _SETTINGS.search(text)
    if not settings:
        job = _JOB.search(text)
        return (text[: job.start()], "") if job else None
    before = text[: settings.start()]
    negative = _NEGATIVE.search(before)
    model = _MODEL.search(text, settings.start())
    return before[: negative.start()] if negative else before, model[1] if model else ""


def _from_json(text: str) -> tuple[str, str]:
    start = text.find("{", 0, 13)
    if start < 0:
        return "", ""
    try:
        settings = json.loads(text[start:])
    except (ValueError, RecursionError):
        return "", ""
    return _asked(settings) or _under(settings, _PROMPTS), _under(settings, _MODELS)


def _asked(settings: Any) -> str:
    """The text that a sampler of ComfyUI's graph points at: `positive: [node, output]`."""
    graph = settings.get("prompt", settings) if isinstance(settings, dict) else {}
    if not isinstance(graph, dict):
        return ""
    nodes = {key: node["inputs"] for key, node in graph.items() if _is_node(node)}
    for inputs in nodes.values():
        pointed = inputs.get("positive")
        for _ in range(8):  # through the nodes in between
            if not isinstance(pointed, list) or not pointed:
                break
            at = nodes.get(str(pointed[0]), {})
            pointed = next((at[name] for name in _LEADING if name in at), None)
        if isinstance(pointed, str) and pointed.strip():
            return pointed
    return ""


def _is_node(node: Any) -> bool:
    return isinstance(node, dict) and isinstance(node.get("inputs"), dict)


def _under(settings: Any, names: tuple[str, ...]) -> str:
    """The first text that stands under one of these names, the shallowest first."""
    waiting = deque([settings])
    for _ in range(_MOST_NODES):
        if not waiting:
            break
        value = waiting.popleft()
        if isinstance(value, dict):
            for key, inner in value.items():
                if key.lower().replace(" ", "_") in names:
                    if isinstance(inner, dict):  # InvokeAI's models have a name among others
                        inner = inner.get("name") or inner.get("model_name") or inner
                    if isinstance(inner, str) and inner.strip():
                        return inner
                waiting.append(inner)
        elif isinstance(value, list):
            waiting.extend(value)
    return ""
