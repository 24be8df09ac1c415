"""A bag of one case (BagIt 1.0, RFC 8493), in a ZIP archive with one top folder.

All names in it are made here, of letters, digits, `.`, `_`, `-` and `/`: nothing that BagIt has to
encode. `check_bag.py` goes along and checks it with Python alone.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from verify.errors import BadInput, Unavailable
from verify.lab import check_bag
from verify.records import ByteSize, say
from verify.store.folder.files import open_file, private_folder, put_in_place
from verify.store.folder.home import Home, working
from verify.store.keeping import age
from verify.store.keeping.export import dated

_CHUNK = 1 << 20
_DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LINE = re.compile(r"[^\r\n]*")


def write(
    target: Path,
    top: str,
    texts: Mapping[str, bytes],
    originals: Mapping[str, str],
    info: Mapping[str, str],
    home: Home,
    recipients: Sequence[str] = (),
    *,
    step: Callable[[], None] = lambda: None,
    ready: Callable[[], object] = lambda: None,
    limit: int | None = None,
    sign: Callable[[bytes], bytes] | None = None,
) -> str:
    """Write the bag, whole or not at all; gives the SHA-256 of its tag manifest.

    top: the folder. texts, originals: the payload, by name what stands there, and by SHA-256 the
    name; both below `data/`. info: of `bag-info.txt`. recipients: age public keys to which it is
    encrypted. step: called between originals, and may raise. ready: called when the
    file is whole and has no name yet. limit: of its size in bytes. sign: gives the signature of
    the tag manifest. Raises BadInput when the target exists or it is larger, Unavailable when the
    disk refuses or an original is not what it was.
    """
    if target.exists():
        raise BadInput(say("{file} exists already. Name a new file.", file=str(target)))
    with (
        private_folder(working(home.folder) if recipients else target.parent) as folder,
        private_folder(target.parent) as beside,
    ):
        unfinished = folder / "export.zip"
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            digest = _Bag(archive, top).fill(texts, originals, info, home, step, sign)
        if recipients:
            age.encrypt(unfinished, beside / "export.age", recipients)
            unfinished = beside / "export.age"
        if limit is not None and unfinished.stat().st_size > limit:
            raise too_large(limit)
        unfinished.chmod(0o600)
        ready()
        put_in_place(unfinished, target)
    return digest


def too_large(limit: int) -> BadInput:
    """That no message carries a bag."""
    return BadInput(
        say(
            "This bag is larger than {limit}, which no message carries. Write it with {command}.",
            limit=ByteSize(count=limit),
            command="verify-desk export CASE -o FILE",
        )
    )


class _Bag:
    """A bag on its way into an archive."""

    def __init__(self, archive: zipfile.ZipFile, top: str) -> None:
        self._archive, self._top = archive, top
        self._sums: dict[str, str] = {}
        self._octets = 0

    def fill(
        self,
        texts: Mapping[str, bytes],
        originals: Mapping[str, str],
        info: Mapping[str, str],
        home: Home,
        step: Callable[[], None],
        sign: Callable[[bytes], bytes] | None,
    ) -> str:
        for name, content in texts.items():
            self._put(f"data/{name}", content)
        for sha256, name in originals.items():
            step()
            self._put_original(f"data/{name}", home.vault.path(sha256), sha256)
        count, manifest = len(self._sums), _manifest(self._sums)
        self._sums = {}
        described = {"Payload-Oxum": f"{self._octets}.{count}", **info}
        self._put("bagit.txt", _DECLARED)
        self._put("bag-info.txt", "".join(map(_described, described.items())).encode())
        self._put("check_bag.py", Path(check_bag.__file__).read_bytes())
        self._put("manifest-sha256.txt", manifest)
        tags = _manifest(self._sums)
        self._put(check_bag.LISTS, tags)
        if sign:
            self._put(check_bag.SIGNATURE, sign(tags))
        return hashlib.sha256(tags).hexdigest()

    def _put(self, name: str, content: bytes) -> None:
        self._archive.writestr(self._entry(name), content, zipfile.ZIP_DEFLATED)
        self._sums[name] = hashlib.sha256(content).hexdigest()
        self._octets += len(content)

    def _put_original(self, name: str, path: Path, sha256: str) -> None:
        """Raises Unavailable where its bytes are others by now."""
        digest = hashlib.sha256()
        try:
            with open_file(path) as source, self._archive.open(self._entry(name), "w") as target:
                while chunk := source.read(_CHUNK):
                    digest.update(chunk)
                    self._octets += len(chunk)
                    target.write(chunk)
        except FileNotFoundError:
            digest = hashlib.sha256(b"not there")
        if digest.hexdigest() != sha256:
            raise Unavailable(say("The original {sha256} is missing or changed.", sha256=sha256))
        self._sums[name] = sha256

    def _entry(self, name: str) -> zipfile.ZipInfo:
        assert check_bag.NAME.fullmatch(name)  # noqa: S101 - we made it
        return dated(f"{self._top}/{name}")


def _manifest(sums: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode()


def _described(entry: tuple[str, str]) -> str:
    name, value = entry
    assert _LINE.fullmatch(value)  # noqa: S101 - numbers, digests and words of our own
    return f"{name}: {value}\n"
