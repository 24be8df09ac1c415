"""Every sentence for a reader stands in the catalogues, whole."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import verify
from verify.language.catalogue import COMPLETE, SOURCE, languages, translations

ROOT = Path(verify.__file__).parent
HOLE = re.compile(r"\{(\w+)\}")
LETTERS = re.compile(r"[^\W\d_]")
# A capital, a space, a word. Names of two words are none, nor are examples of commands.
SENTENCE = re.compile(r"^(?!/)(?:.*\W)?[A-Z]\w* [a-z]\w+", re.DOTALL)
TAGS = re.compile(r"<[^>]*>|&\w+;")

# What puts its words before a reader of the chat.
SHOWS = {"Button", "button", "Page", "bold", "italic", "bullet", "tell", "html", "plain"}

TRANSLATED = sorted(COMPLETE - {SOURCE})


@dataclass(frozen=True)
class Said:
    """A call of `say` or `say_many`: its literal templates, and the values given to it."""

    where: str
    templates: tuple[str, ...]
    values: frozenset[str]


def _name(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


@cache
def _trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in ROOT.rglob("*.py")}


def _where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


@cache
def _said() -> tuple[Said, ...]:
    return tuple(_all_said())


def _all_said() -> Iterator[Said]:
    for path, tree in _trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node) in ("say", "say_many"):
                many = _name(node) == "say_many"
                templates = [_literal(argument) for argument in node.args[: 1 + many]]
                where = _where(path, node)
                assert len(templates) == 1 + many and None not in templates, (
                    f"{where}: the template must be a literal, where translators find it"
                )
                values = {keyword.arg or "**" for keyword in node.keywords}
                values |= {"count"} if many else set()
                yield Said(where, tuple(map(str, templates)), frozenset(values))


def _catalogue(language: str) -> Catalog:
    source = resources.files("verify.language") / "catalogues" / f"{language}.po"
    return read_po(BytesIO(source.read_bytes()), locale=language)


def test_every_template_is_a_literal_and_its_holes_are_filled() -> None:
    faults = [
        f"{said.where} {template!r}"
        for said in _said()
        if "**" not in said.values
        for template in said.templates
        # "one file" may leave its number out; every other value has its place
        if not said.values - {"count"} <= set(HOLE.findall(template)) <= said.values
    ]
    assert faults == []


def test_no_sentence_is_made_around_say() -> None:
    """Neither by hand, nor inside an f-string, where Babel would not see it."""
    faults = [
        _where(path, node)
        for path, tree in _trees().items()
        if path.relative_to(ROOT) != Path("records/sentences.py")
        for node in ast.walk(tree)
        if (isinstance(node, ast.Call) and _name(node) == "Sentence")
        or (
            isinstance(node, ast.JoinedStr)
            and any(isinstance(n, ast.Call) and _name(n).startswith("say") for n in ast.walk(node))
        )
    ]
    assert faults == []


def test_babel_extracts_what_the_code_says() -> None:
    """The commands at the head of ar.po, which bring in new sentences, miss none."""
    keywords = {"say": (1,), "say_many": (1, 2)}
    extracted = {
        message if isinstance(message, tuple) else (message,)
        for _, _, message, _, _ in extract_from_dir(ROOT, keywords=keywords)
    }
    assert extracted == {said.templates for said in _said()}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_complete_catalogue_holds_every_sentence_and_no_other(language: str) -> None:
    catalogue = _catalogue(language)
    held = {m.id if isinstance(m.id, tuple) else (m.id,) for m in catalogue if m.id}
    said = {said.templates: said.where for said in _said()}
    missing = [f"{said[templates]} {templates[0]!r}" for templates in said.keys() - held]
    assert sorted(missing) == []
    assert held - said.keys() == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_translates_no_sentence_twice(language: str) -> None:
    """Babel takes one of them, which may be the worse, and says nothing."""
    source = resources.files("verify.language") / "catalogues" / f"{language}.po"
    entries = re.findall(r'^msgid ((?:".*"\n)+)', source.read_text(encoding="utf-8"), re.MULTILINE)
    assert [entry for entry, times in Counter(entries).items() if times > 1] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_complete_catalogue_translates_each_sentence_whole(language: str) -> None:
    catalogue = _catalogue(language)
    faults = []
    for message in catalogue:
        if not message.id:
            continue
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        plural = len(sources) > 1
        if (
            message.fuzzy
            or not all(strings)
            or len(strings) != (catalogue.num_plurals if plural else 1)
        ):
            faults.append(sources[0])
        for string in strings:
            # Words for none, one and two say the number themselves.
            missing = set(HOLE.findall(sources[0])) ^ set(HOLE.findall(string))
            if missing - ({"count"} if plural else set()):
                faults.append(string)
    assert faults == []


def test_width_and_height_stay_in_their_order_in_arabic() -> None:
    for message in _catalogue("ar"):
        if message.id and "{width} × {height}" in message.string:
            assert "\u2066{width} × {height}\u2069" in message.string


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_forms_for_many_name_the_number(language: str) -> None:
    catalogue, compiled = _catalogue(language), translations(language)
    for message in catalogue:
        if isinstance(message.id, tuple) and "{count}" in message.id[1]:
            for count in (3, 11, 100, 1234):
                assert "{count}" in compiled.ngettext(*message.id, count), message.id


def test_each_language_is_offered_under_its_own_name() -> None:
    assert languages() == {"en": "English", "ar": "العربية"}


def _docstrings(tree: ast.Module) -> set[int]:
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, owners) and node.body and isinstance(node.body[0], ast.Expr)
    }


def _unsaid(tree: ast.Module) -> dict[ast.Constant, str]:
    """The strings of a file without their tags; not docstrings, templates, log and errors."""
    passed = _docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            on = node.func.value if isinstance(node.func, ast.Attribute) else None
            logs = isinstance(on, ast.Name) and "log" in on.id.lower()
            raised = _name(node).endswith(("Error", "Exception"))
            if _name(node) in ("say", "say_many") or logs or raised:
                passed |= {id(inner) for argument in node.args for inner in ast.walk(argument)}
    return {
        node: TAGS.sub("", node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed
    }


def _past_the_catalogues(tree: ast.Module) -> list[tuple[ast.Constant, str]]:
    unsaid = _unsaid(tree)
    shown = {
        part
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and _name(call) in SHOWS
        for argument in call.args
        for part in [argument, *getattr(argument, "values", [])]
    }
    return [
        (node, text)
        for node, text in unsaid.items()
        if SENTENCE.search(text) or (node in shown and LETTERS.search(text))
    ]


def test_the_chat_writes_no_words_past_the_catalogues() -> None:
    faults = [
        f"{_where(path, node)} {text!r}"
        for path, tree in _trees().items()
        if path.is_relative_to(ROOT / "chat")
        for node, text in _past_the_catalogues(tree)
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("source", "past"),
    [
        ("out.send(step, Page('<b>Case</b>'))", True),
        ("Page(f'<b>{name}</b> kept')", True),
        ("Button('Undo', action)", True),
        ("text = 'The file is kept.'", True),
        ("Page(f'<b>{name}</b>\\n')", False),
        ("button(say('Undo'), action, reader)", False),
        ("_log.warning('The file is kept.')", False),
        ("raise ValueError('The file is kept.')", False),
        ("'message is not modified' in text", False),
        ("def f():\n    'The file is kept.'", False),
    ],
)
def test_words_past_the_catalogues_are_seen(source: str, past: bool) -> None:
    assert bool(_past_the_catalogues(ast.parse(source))) is past


@pytest.mark.parametrize(
    ("term", "word"),
    [
        (r"\bverdicts?\b(?!:)", "خلاص"),
        (r"\bcases?\b", "قضي|قضا"),
        (r"\bchance alone\b", "المصادفة"),
    ],
)
def test_a_term_of_the_trade_has_one_word_in_arabic(term: str, word: str) -> None:
    others = []
    for message in _catalogue("ar"):
        if not message.id:
            continue
        said = message.id if isinstance(message.id, tuple) else (message.id,)
        put = message.string if isinstance(message.string, tuple) else (message.string,)
        if re.search(term, said[-1]) and not re.search(word, " ".join(put)):
            others.append(said[-1])
    assert others == []


def test_arabic_seals_sources_alone_and_spells_a_claim_in_one_way() -> None:
    put = {}
    for message in _catalogue("ar"):
        said = message.id if isinstance(message.id, tuple) else (message.id,)
        put[said[0]] = " ".join(
            message.string if isinstance(message.string, tuple) else (message.string,)
        )
    concluded = [said for said in put if "onclu" in said and re.search("[ُي]ختم|خُتم", put[said])]
    assert concluded == []
    assert [said for said in put if "دّعاء" in put[said]] == []
    adjectives = ("Original", "Edited or cropped", "Transformed", "Staged", "Satire")
    assert [said for said in adjectives if not put[said].split()[0].endswith("ة")] == []
