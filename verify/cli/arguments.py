"""What several commands take: files, folders, and the choice of JSON lines."""

from __future__ import annotations

from pathlib import Path

import click

existing_file = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
existing_path = click.Path(exists=True, readable=True, path_type=Path)

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON, one object a line, for other programs."
)

recipients_option = click.option(
    "--to", "recipients", multiple=True, metavar="KEY", help="Encrypt to this age public key."
)
