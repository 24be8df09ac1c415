"""`verify-desk report`: a case as a page or a PDF for whoever decides, publishes or checks."""

from __future__ import annotations

import os
from pathlib import Path

import click

from verify.cli.arguments import json_option, number
from verify.cli.carrying import carry_out
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, tell
from verify.config import read_config
from verify.errors import BadInput, NotFound
from verify.jobs.kinds.report import Job, Result
from verify.jobs.place import Place
from verify.records import MadeReport, say
from verify.store.folder.files import demand_new, open_file


@click.command()
@click.argument("case", type=number)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
    help="The new file: it ends in .html or in .pdf.",
)  # fmt: skip
@click.option(
    "--profile", metavar="NAME", default="", help="Whom it is for: the narrowest if none."
)
@click.option("--language", metavar="CODE", default="", help="In which language it is written.")
@click.option("--given-to", metavar="NAME", help="Note to whom the latest report was given.")
@click.option(
    "--check", type=click.Path(path_type=Path), metavar="FILE",
    help="Say whether a file is a report that this desk made of the case.",
)  # fmt: skip
@click.option("--json-ld", is_flag=True, help="Print the reviews in schema.org's terms instead.")
@click.option("--geojson", is_flag=True, help="Print the places as GeoJSON instead.")
@json_option
def command(
    case: int,
    output: Path | None,
    profile: str,
    language: str,
    given_to: str | None,
    check: Path | None,
    json_ld: bool,
    geojson: bool,
    as_json: bool,
) -> None:
    """Write a report of one case: a page or a PDF that needs nothing else.

    Without options it lists the reports that were made, and to whom they were given. A profile says
    for whom it is: public, partner or inside.
    """
    from verify.wording import report as wording

    named = [output is not None, given_to is not None, check is not None, json_ld, geojson]
    if sum(named) > 1:
        these = "-o, --given-to, --check, --json-ld, --geojson"
        raise BadInput(say("Name one of {these}.", these=these))
    if json_ld or geojson:
        _for_machines(case, profile, json_ld=json_ld)
    elif output is not None:
        _write(case, output, profile, language, as_json)
    elif given_to is not None:
        carry_out("report", Job(case, given_to=given_to), lambda told: _given(told, as_json))
    elif check is not None:
        _check(case, check, as_json)
    else:
        with desk_to_read() as (desk, person):
            made = desk.reporting.made(person, case)
        for one in made:
            json_line(entry(one)) if as_json else tell(wording.listed_report(one))
        if not made and not as_json:
            tell(wording.none_made())


def _write(case: int, output: Path, profile: str, language: str, as_json: bool) -> None:
    from verify.language import languages
    from verify.layouts import profiles
    from verify.layouts.report import format_of
    from verify.records import listed

    if profile:
        profiles.profile(profile)
    if language and language not in languages():
        raise BadInput(
            say(
                "There is no language {name}: there are {names}.",
                name=language,
                names=listed(languages()),
            )
        )
    format_of(output.suffix)
    demand_new(output)
    home = read_config().home
    if output.absolute().resolve().is_relative_to(home.resolve()):
        raise BadInput(say("Name a file outside of the desk's own folder."))
    job = Job(case, profile, language, Place.of(output.parent), os.fsencode(output.name))
    carry_out("report", job, lambda written: _written(written, output, as_json))


def _for_machines(case: int, profile: str, *, json_ld: bool) -> None:
    """Print what other programs read, as the profile narrows it; what is left out goes beside."""
    from verify.cli.output import reader
    from verify.layouts import profiles
    from verify.layouts.report import places, structured

    chosen = profiles.profile(profile or profiles.narrowest())
    with desk_to_read() as (desk, person):
        narrowed = chosen.narrowed(desk.reports.for_others(person, case))
    if json_ld:
        reviews, left = structured.json_ld(narrowed, reader())
        json_line(reviews)
        for one in left:
            tell(one, err=True)
    else:
        json_line(places.geojson(narrowed))


def _written(written: Result, output: Path, as_json: bool) -> None:
    made = written.made
    if as_json:
        json_line({"file": str(output), **entry(made)})
        return
    tell(say("The report was written to {file}.", file=str(output)))
    tell(say("Hand-out profile: {name}", name=made.profile))
    tell(say("SHA-256: {digest}", digest=made.sha256))


def _given(told: Result, as_json: bool) -> None:
    from verify.wording import report as wording

    if as_json:
        json_line(entry(told.made))
    else:
        tell(wording.was_given(told.made))


def _check(case: int, file: Path, as_json: bool) -> None:
    from verify.desk.reporting import version
    from verify.wording import report as wording

    try:
        with open_file(file) as opened:
            content = opened.read()
    except OSError as error:
        raise BadInput(say("{file} cannot be read.", file=str(file))) from error
    with desk_to_read() as (desk, person):
        known = desk.reporting.known(person, case, content)
        latest = version(desk.reports.case(person, case))
    if known is None:
        raise NotFound(wording.unrecognised())
    if as_json:
        json_line({"file": str(file), "latest_version": latest, **entry(known)})
    else:
        tell(wording.recognised(known, latest))


def entry(made: MadeReport) -> dict[str, object]:
    """A report that was made, as JSON."""
    return {
        "case": made.case_id,
        "version": made.version,
        "profile": made.profile,
        "language": made.language,
        "format": made.format,
        "head": made.head,
        "sha256": made.sha256,
        "by": made.by,
        "at": made.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "given_to": list(made.given),
    }
