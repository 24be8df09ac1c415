"""How much one person may send: a burst is slowed down, a day's end is said in a sentence.

What was sent is counted in the store, so that a restart forgets nothing.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from verify.chat.intake import Attachment
from verify.desk import Desk
from verify.errors import BadInput
from verify.records import ByteSize, Person, say
from verify.store.casework import submissions
from verify.store.database.connection import now


class DayIsFull(BadInput):
    """A person has sent all that one may within a day: the owners hear of it, too."""


@dataclass
class Quota:
    """The limits of one desk. told: who knows that they are waiting."""

    desk: Desk
    files_a_minute: int
    bytes_a_day: int
    told: set[int] = field(default_factory=set)

    async def wait_seconds(
        self, person: Person, file: Attachment, key: tuple[int, int, int]
    ) -> float:
        """How many seconds this file has to wait; one that is kept already does not.

        key: of the submission. Raises DayIsFull when the person has sent too much within a day,
        BadInput when this file alone is more than that.
        """
        return await asyncio.to_thread(self._wait_seconds, person, file, key)

    def _wait_seconds(self, person: Person, file: Attachment, key: tuple[int, int, int]) -> float:
        if submissions.receipt(self.desk.store, *key):
            return 0.0
        at = now()
        lately = submissions.lately(self.desk.store, person.id, at)
        self._weigh(file.size or 0, lately.bytes)
        if len(lately.files) < self.files_a_minute:
            self.told.discard(person.id)
            return 0.0
        free = lately.files[-self.files_a_minute] + submissions.A_MINUTE
        return max(0.0, (free - at).total_seconds())

    def _weigh(self, size: int, sent: int) -> None:
        """Refuse a file that does not fit into what is left of a day. Both in bytes."""
        limit, command = ByteSize(count=self.bytes_a_day), "verify-desk import PATH"
        if size > self.bytes_a_day:
            raise BadInput(
                say(
                    "This file alone is larger than what this desk takes from one person within 24"
                    " hours: {limit}. It was not kept. Import it on the desk's computer: {command}",
                    limit=limit,
                    command=command,
                )
            )
        if sent + size > self.bytes_a_day:
            raise DayIsFull(
                say(
                    "From one person this desk takes {limit} within 24 hours. This file was not"
                    " kept: send it again tomorrow, or import it on the desk's computer: {command}",
                    limit=limit,
                    command=command,
                )
            )

    def first_wait(self, person: Person) -> bool:
        """Whether this person has not yet been told about this burst that they wait."""
        if person.id in self.told:
            return False
        self.told.add(person.id)
        return True
