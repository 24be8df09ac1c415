"""A bag of another desk among the files of an import: checked as a whole, then taken in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from verify.errors import BadInput
from verify.lab.wire import Bag, Fault
from verify.records import FromBag, Person, Receipt, Sensitive, Sentence, say
from verify.store.folder.files import private_folder

if TYPE_CHECKING:
    from verify.desk import Desk


class RefusedBagError(BadInput):
    """A bag that does not fit: nothing of it was taken in."""


@dataclass(frozen=True)
class Brought:
    """A bag that came in. again: all of it was here before."""

    bag: FromBag
    again: bool = False


def checked(desk: Desk, archive: Path) -> Bag | None:
    """What stands in a bag, once all of it was checked in the lab; None for another archive.
    Raises RefusedBagError."""
    answer = desk.sandbox.bag(archive)
    if isinstance(answer, Fault):
        if answer.code == "no bag":
            return None
        raise RefusedBagError(_unreadable(answer.code))
    if answer.wrong:
        from verify.wording.bags import refused

        raise RefusedBagError(refused(answer.wrong))
    if not answer.files:
        raise RefusedBagError(
            say(
                "This bag holds no originals and no copies, so there is nothing to take in: read"
                " its report."
            )
        )
    return answer


def taken(
    desk: Desk, person: Person, bag: Bag, archive: Path, *, confidential: bool = False
) -> Iterator[tuple[str, Receipt] | Brought]:
    """Its files by their names there, each preserved, then what came of the whole. The same bag
    twice adds nothing. Raises BadInput, NotFound, Unavailable."""
    from verify.store.keeping.unpack import member_of  # it loads numpy, which no help needs

    if known := desk.unbagging.known(person, bag):
        yield Brought(known, again=True)
        return
    try:
        begun = desk.unbagging.begin(person, bag, confidential=confidential)
    except BadInput as error:
        raise RefusedBagError(error.sentence) from error
    with private_folder(desk.incoming) as folder:
        for file in bag.files:
            path = folder / "file"
            if member_of(archive, file.member, path, desk.sandbox).left_out:
                raise BadInput(say("A file of the bag cannot be unpacked. Import it again."))
            receipt = desk.unbagging.take(person, begun, file, path)
            for mark in file.marks:  # what hurts to see is covered on that desk's word
                with suppress(ValueError):
                    kind = Sensitive(mark)
                    desk.marking.mark(person, begun.case_id, receipt.exhibit_id, kind)
            yield file.filename or file.sha256, receipt
    desk.unbagging.end(person, begun)
    yield Brought(begun)


def _unreadable(code: str) -> Sentence:
    if code == "slow":
        return say("Checking this bag took too long, so nothing of it was taken in.")
    return say("This bag cannot be read, so nothing of it was taken in.")
