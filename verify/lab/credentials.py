"""Content Credentials (C2PA): what is signed into a file, read by the reference library.

Nothing is fetched: no remote manifest, no revocation list, no identity document. The
library's answer is JSON whose texts come from the file; it is taken in by shape and bounded.
Source: C2PA Technical Specification 2.2, sections 14 and 15; status codes in 15.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec
from c2pa import C2paError, Context, Reader

from verify.formats import CLIPS
from verify.lab.bounded_text import MAX_WORD, clean, raw
from verify.lab.containers.blocks import boxes
from verify.lab.manifests import (
    MOST,
    Actions,
    Manifest,
    Software,
    Status,
    Statuses,
    Store,
    history,
    reached,
)
from verify.lab.reading_at import Content, opened
from verify.lab.wire import FILE_BYTES
from verify.records import (
    TRUSTING_NOBODY,
    Action,
    Credentials,
    CredentialState,
    Finding,
    Generator,
    Ingredient,
    Outcome,
    Pillar,
    Sentence,
    TrustLists,
)

PLACE = "Content Credentials"
"""Where a finding was read, for readers."""

_OFFLINE = {
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
    "core": {"decode_identity_assertions": False, "allowed_network_hosts": []},
}
# Every manifest store begins so, whatever container it is in: C2PA 2.2, section 11.1.4.
_STORE = re.compile(rb"jumb.{4}jumdc2pa", re.DOTALL)
_MOST_BOXES = 5000
_PIECE, _OVERLAP = 1 << 20, 64  # bytes of a film that are searched at once
_SIGNATURE = "claimSignature.validated"
_SIGNED = {_SIGNATURE, "claimSignature.insideValidity"}
EXPIRED = frozenset({"signingCredential.expired", "claimSignature.outsideValidity"})
"""Codes of a certificate that has merely run out."""
_TRUSTED, _UNKNOWN_SIGNER = "signingCredential.trusted", "signingCredential.untrusted"
# A claim may list what it found in order about an ingredient, beside what it found wrong.
_HARMLESS = re.compile(
    r".*\.(?:validated|match|trusted|untrusted|insideValidity|notRevoked|accessible|skipped|"
    r"unknownProvenance|additionalExclusionsPresent)"
)


def read_credentials(
    data: Content, media_type: str, trust: TrustLists = TRUSTING_NOBODY
) -> Credentials:
    """Read the Content Credentials of a file. Never raises on its content.

    trust: the certificates that this desk trusts.
    The state is that of the active manifest alone; what is wrong with an ingredient
    stands with the ingredient.
    """
    if media_type in CLIPS and not any(_tells(part) for part in _beside_pictures(data)):
        return Credentials(state=CredentialState.NONE)  # the reader is slow on what films hold
    if media_type in CLIPS and (len(data) > FILE_BYTES or _too_many_boxes(data)):
        return Credentials(state=CredentialState.UNREADABLE)
    context = _context(trust)
    try:
        with Reader(media_type, opened(data), context=context) as reader:
            store = msgspec.json.decode(reader.json(), type=Store)
        return _credentials(store)
    except C2paError as error:
        return _refused(str(error), data)
    except (msgspec.MsgspecError, UnicodeDecodeError, KeyError, RecursionError, MemoryError):
        return Credentials(state=CredentialState.UNREADABLE)


def _tells(part: bytes) -> bool:
    return bool(_STORE.search(part)) or b"provenance" in part


def _beside_pictures(data: Content) -> Iterator[bytes]:
    """Of a film in boxes, what stands in it beside pictures and sound; of others all of it, or the
    beginning and the end. In overlapping pieces."""
    parts = [(start, stop) for kind, start, stop in boxes(data, 0, len(data)) if kind != b"mdat"]
    if data[4:8] != b"ftyp":
        ends = (0, _PIECE), (max(0, len(data) - _PIECE), len(data))
        parts = [(0, len(data))] if len(data) <= FILE_BYTES else [*ends]
    step = _PIECE - _OVERLAP
    places = ((at, stop) for start, stop in parts for at in range(start, stop, step))
    for at, stop in islice(places, FILE_BYTES // step):
        yield data[at : min(at + _PIECE, stop)]


def _too_many_boxes(data: Content) -> bool:
    """Whether a film has more boxes than an honest one, which the reader would take minutes for."""
    inner = (
        box
        for kind, start, stop in boxes(data, 0, len(data))
        for box in ([kind] if kind != b"moov" else boxes(data, start, stop))
    )
    return next(islice(inner, _MOST_BOXES, None), None) is not None


def declared_source_type(credentials: Credentials) -> tuple[str, str] | None:
    """The term of the digital source type, and where it stands."""
    term = _term(credentials.digital_source_type or "")
    return (term, PLACE) if term else None


def declared_generator(credentials: Credentials) -> Generator | None:
    """The generator that made the picture or parts of it, by the credentials' own words.

    Where the program that signed opened what another one had generated, it is the other one.
    """
    generated = [action for action in credentials.actions if _by_a_model(action.source_type)]
    others = (action for action in generated if action.software != credentials.generator)
    action = next(others, next(iter(generated), None))
    if action is None or not action.software:
        return None
    return Generator(name=action.software, evidence=f"{PLACE}: {_term(action.source_type)}")


def _term(source_type: str) -> str:
    """What stands at the end of the address of an IPTC digital source type."""
    return source_type.rstrip("/").rpartition("/")[2]


def _by_a_model(source_type: str) -> bool:
    return _term(source_type).lower().endswith("trainedalgorithmicmedia")


def _context(trust: TrustLists) -> Context:
    """A new one each time: the library refuses one that was made before a fork."""
    kinds = (("manifest", trust.signers), ("tsa", trust.time_stamps))
    anchors = [{"trust_anchors": pem, "trust_kind": kind} for kind, pem in kinds if pem]
    return Context.from_dict(_OFFLINE | ({"trust": {"anchors": anchors}} if anchors else {}))


def _refused(message: str, data: Content) -> Credentials:
    """What it means that the library gives no manifest: its error begins with its kind."""
    if message.startswith("Remote: "):
        address = clean(message.rpartition(" url ")[2], MAX_WORD)
        return Credentials(state=CredentialState.REMOTE, address=address)
    if any(
        _STORE.search(part)
        for part in ([data] if isinstance(data, bytes) else _beside_pictures(data))
    ):
        return Credentials(state=CredentialState.UNREADABLE, reason=raw(message))
    return Credentials()


def _credentials(store: Store) -> Credentials:
    active = store.manifests[store.active_manifest]
    statuses = store.validation_results.active_manifest
    actions = tuple(_actions(store))[:MOST]
    return Credentials(
        state=_state(statuses),
        codes=_codes(statuses.failure),
        generator=_generator(active) or None,
        signed_at=active.signature_info.time,
        time_trusted="timeStamp.trusted" in _all(statuses.success),
        issuer=clean(active.signature_info.issuer, MAX_WORD),
        actions=actions,
        ingredients=tuple(sorted(_ingredients(store), key=lambda one: not one.codes))[:MOST],
        digital_source_type=_source_type(actions),
    )


def _state(active: Statuses) -> CredentialState:
    """As the library decides it (C2PA 2.2, section 14.3), without looking at ingredients."""
    passed, failed = _all(active.success), _all(active.failure)
    wrong = failed - {_UNKNOWN_SIGNER}
    if wrong and wrong <= EXPIRED and _SIGNATURE in passed:
        return CredentialState.EXPIRED
    if wrong or not passed >= _SIGNED:
        return CredentialState.INVALID
    return CredentialState.TRUSTED if _TRUSTED in passed else CredentialState.UNTRUSTED


def _all(statuses: Iterable[Status]) -> set[str]:
    return {status.code for status in statuses}


def _codes(statuses: Iterable[Status]) -> tuple[str, ...]:
    """Each code once, in the order of the library."""
    return tuple(dict.fromkeys(code for one in statuses if (code := clean(one.code, 100))))[:MOST]


def _generator(manifest: Manifest) -> str:
    """The program that made the claim, by its name, else by its user agent string."""
    software = next(iter(manifest.claim_generator_info), None)
    return _named(software or manifest.claim_generator)


def _named(software: str | Software) -> str:
    if isinstance(software, Software):
        software = f"{software.name} {software.version or ''}"
    return clean(software, MAX_WORD) or ""


def _actions(store: Store) -> Iterator[Action]:
    """What was done to the picture, in order."""
    for manifest in history(store):
        for assertion in manifest.assertions:
            if not assertion.label.startswith("c2pa.actions"):
                continue
            try:
                actions = msgspec.json.decode(assertion.data, type=Actions).actions
            except (msgspec.MsgspecError, UnicodeDecodeError):
                continue
            for one in actions:
                yield Action(
                    name=clean(one.action.removeprefix("c2pa."), 100) or "",
                    software=_named(one.software_agent) or _generator(manifest),
                    source_type=clean(one.digital_source_type, MAX_WORD) or "",
                )


def _source_type(actions: tuple[Action, ...]) -> str | None:
    """That of the last action that has one, unless another tells of a generator."""
    types = [action.source_type for action in actions if action.source_type][::-1]
    return next(filter(_by_a_model, types), next(iter(types), None))


def _ingredients(store: Store) -> Iterator[Ingredient]:
    """What went into the picture, and what went into that; the active manifest's first.

    What is wrong with one was noted when it was taken in, or shows only now.
    """
    now = {
        delta.ingredient_assertion_uri: delta.validation_deltas.failure
        for delta in store.validation_results.ingredient_deltas
    }
    for label in reached(store):
        for one in store.manifests[label].ingredients:
            uri = f"self#jumbf=/c2pa/{label}/c2pa.assertions/{one.label}"
            then = one.validation_status + one.validation_results.active_manifest.failure
            yield Ingredient(
                title=clean(one.title, MAX_WORD) or "",
                relationship=clean(one.relationship, 40) or "",
                codes=_faults(then + now.pop(uri, [])),
            )
    yield from (Ingredient(title="", codes=_faults(failure)) for failure in now.values())


def finding(
    check: str,
    outcome: Outcome,
    summary: Sentence,
    caution: Sentence,
    value: str = "",
    *,
    pillar: Pillar = Pillar.PROVENANCE,
    items: tuple[str, ...] = ("credentials",),
) -> Finding:
    """A finding that was read in the Content Credentials."""
    return Finding(
        check=check,
        pillar=pillar,
        outcome=outcome,
        summary=summary,
        read_from=PLACE,
        raw=raw(value),
        caution=caution,
        reference="C2PA 2.2",
        items=items,
    )


def _faults(statuses: Iterable[Status]) -> tuple[str, ...]:
    return tuple(code for code in _codes(statuses) if not _HARMLESS.fullmatch(code))
