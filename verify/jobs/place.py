"""A file or folder as a command names it to the desk, which works in another folder."""

from __future__ import annotations

import os
from pathlib import Path

from verify.errors import BadInput
from verify.records import Record, say


class Place(Record, frozen=True):
    """A path. given: as it was written. absolute: where that is.

    device, inode: what the command saw there, so that a desk that sees another disk under the
    same name takes nothing else for it.
    """

    given: bytes
    absolute: bytes
    device: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> Place:
        """The place of a file or folder that is there. Raises BadInput."""
        try:
            seen = path.stat()
        except FileNotFoundError as error:
            raise BadInput(say("There is no {file}.", file=str(path))) from error
        except OSError as error:
            raise BadInput(say("{file} cannot be read.", file=str(path))) from error
        return cls(os.fsencode(path), os.fsencode(path.absolute()), seen.st_dev, seen.st_ino)

    def path(self) -> Path:
        """The path for this process. Raises BadInput where it does not see the same there."""
        path = Path(os.fsdecode(self.absolute))
        try:
            seen = path.stat()
        except OSError:
            seen = None
        if seen is None or (seen.st_dev, seen.st_ino) != (self.device, self.inode):
            raise BadInput(
                say(
                    "The desk that runs does not see {file}: it may not read there, or the file was"
                    " replaced just now.",
                    file=os.fsdecode(self.given),
                )
            )
        return path
