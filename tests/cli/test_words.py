"""Help and refusals of the command line speak the language of VERIFY_LANGUAGE."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import click
import pytest

from tests.conftest import Run
from verify import cli
from verify.cli import commands, words
from verify.cli.arguments import one_line
from verify.errors import BadInput


def test_every_help_stands_where_translators_find_it() -> None:
    known = {one.template for one in words.COMMANDS}
    placed = {one.template for one in words.PLACEHOLDERS} | {"SHA"}  # 256
    context = click.Context(cli._desk)
    for _, name, _ in pkgutil.iter_modules(commands.__path__):
        command: click.Command = import_module(f"verify.cli.commands.{name}").command
        for one in (command, *getattr(command, "commands", {}).values()):
            _stands(one, known, placed, context)
    assert {*words.paragraphs(cli._desk.help or "")} <= known


def _stands(
    command: click.Command, known: set[str], placed: set[str], context: click.Context
) -> None:
    said = [one for one in words.paragraphs(command.help or "") if one[0] != "\b"]
    said += [one.help for one in command.params if isinstance(one, click.Option) and one.help]
    assert {*said} <= known, command.name
    shown = " ".join(one.make_metavar(context) for one in command.params if _takes(one))
    assert {*words.PLACEHOLDER.findall(shown)} <= placed, command.name


def _takes(param: click.Parameter) -> bool:
    """Whether a value follows."""
    return not (isinstance(param, click.Option) and param.is_flag)


def test_help_and_refusals_are_in_the_readers_language(verify_desk: Run) -> None:
    for arguments, english, arabic in (
        (["--help"], "Serve the desk in a chat.", "تشغيل المكتب في محادثة."),
        (["search", "--help"], "in cases with this tag", "في القضايا ذات هذا الوسم"),
        (["import", "--help"], "Where they stood.", "أين كانت منشورة."),
        (["import"], "Missing argument 'PATH...'", "ينقص المعطى 'مسار...'"),
        (["import", "--help"], "--case NUMBER", "--case رقم\u200e"),
        (["pack", "build", "--help"], "What the pack is called.", "اسم الحزمة."),
        (["claim", "--help"], "[OPTIONS] CASE [WORDS...]", "[خيارات] القضية [كلمات...]"),
        (["--help"], "[OPTIONS] COMMAND [ARGS]...", "[خيارات] أمر [معطيات]..."),
        (["match", "--nope", "x"], "No such option '--nope'", "لا خيار اسمه '--nope'"),
        (["nope"], "No such command 'nope'", "لا أمر اسمه 'nope'"),
        (["exprot", "x"], "Did you mean 'export'?", "هل قصدت 'export'؟"),
        (["match", "/nope"], "does not exist.", "غير موجود."),
        (["show", "0"], "0 is no number here", "0 ليس رقمًا هنا"),
        (["show", "last"], "last is no number here", "last ليس رقمًا هنا"),
        (["show", "1", "2"], "unexpected extra argument (2)", "معطى زائد (2)"),
    ):
        for language, told in (("en", english), ("ar", arabic)):
            done = verify_desk(*arguments, VERIFY_LANGUAGE=language)
            assert told in done.stdout + done.stderr
            assert done.returncode == (0 if "--help" in arguments else 2)


@pytest.mark.parametrize(
    ("name", "why"),
    [("A\u202eB", "cannot be seen"), ("A\nB", "one line"), ("A" * 201, "at most")],
)
def test_a_name_is_refused_for_its_own_reason(name: str, why: str) -> None:
    with pytest.raises(BadInput) as refused:
        one_line(name)
    assert why in refused.value.sentence.template
