"""Content Credentials: what the reader makes of files that were signed, broken and faked."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from c2pa import C2paError, Context, Reader
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Run
from tests.lab.signing import GENERATED, Identity, identity, sign
from tests.lab.test_other_clips import sound
from tests.lab.time_stamps import authority
from tests.photographs import encode, photograph, shrunk
from verify.config import read_config
from verify.distrust import ImplausibleError, check_examination
from verify.errors import BadInput
from verify.lab.credentials import read_credentials
from verify.lab.examine import examine
from verify.lab.manifests import Manifest, SignedIngredient, Store, reached
from verify.records import (
    Credentials,
    CredentialState,
    Examination,
    Finding,
    Outcome,
    TrustLists,
)
from verify.sandbox import Sandbox
from verify.store.folder.home import Home
from verify.store.keeping.health import troubles
from verify.trust import trust_lists, unused

FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/tiff": "TIFF",
    "image/gif": "GIF",
    "image/avif": "AVIF",
    "image/heic": "HEIF",
}
CHECKS = ("credentials", "signed_history")
# how long a certificate is valid; a busy machine may take longer to sign by it
BRIEF = [timedelta(seconds=seconds) for seconds in (2, 10, 60)]


@cache
def picture(form: str = "JPEG", name: str = "china") -> bytes:
    return encode(shrunk(photograph(name), 0.5), form)


@cache
def signed() -> bytes:
    return sign(picture())


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def pixels_at(data: bytes) -> int:
    """Where the coded picture of a JPEG stands."""
    return data.rfind(b"\xff\xda") + 500


def with_manifest_of(data: bytes, other: bytes) -> bytes:
    """A JPEG whose application segments are those of another one."""

    def split(jpeg: bytes) -> tuple[bytes, bytes]:
        at = 2
        while 0xE0 <= jpeg[at + 1] <= 0xEF:
            at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        return jpeg[:at], jpeg[at:]

    return split(other)[0] + split(data)[1]


def expired() -> tuple[bytes, bytes, str]:
    """Signed by a certificate that has expired since, without and with a time stamp.

    Third: the list of a desk that knows the signer and the authority of the time stamp.
    """
    return _expired()[:3]


@cache
def _expired() -> tuple[bytes, bytes, str, bytes]:
    """As `expired`, and fourth: a recording."""
    clock = identity("Test Clock", purpose=ExtendedKeyUsageOID.TIME_STAMPING)
    for lifetime in BRIEF:
        signer = identity("Test Agency", lifetime=lifetime)
        with (
            suppress(C2paError),
            authority(clock.certificate, clock.key, datetime.now(UTC)) as address,
        ):
            plain = sign(picture(), by=signer)
            stamped = sign(picture(), by=signer, time_stamps=address)
            recording = sign(sound(), "audio/wav", signer)
            if datetime.now(UTC) < signer.certificate.not_valid_after_utc:
                break
    while datetime.now(UTC) <= signer.certificate.not_valid_after_utc + timedelta(seconds=1):
        time.sleep(0.1)
    return plain, stamped, signer.trust_list + clock.trust_list, recording


def read(data: bytes, trust: Identity | str = "") -> Credentials:
    trust_list = trust if isinstance(trust, str) else trust.trust_list
    return read_credentials(data, "image/jpeg", TrustLists(trust_list, trust_list))


def library(data: bytes, trust_list: str = "") -> tuple[str, tuple[str, ...]]:
    """The state and the codes in the library's own words."""
    trust = {"trust": {"trust_anchors": trust_list}} if trust_list else {}
    context = Context.from_dict({"verify": {"remote_manifest_fetch": False}, **trust})
    with Reader("image/jpeg", io.BytesIO(data), context=context) as reader:
        results = reader.get_validation_results()
        state = reader.get_validation_state()
    assert results is not None and state is not None
    failures = results["activeManifest"]["failure"]
    names = {"Valid": "untrusted", "Invalid": "invalid", "Trusted": "trusted"}
    return names[state], tuple(dict.fromkeys(failure["code"] for failure in failures))


def findings(data: bytes, trust: Identity | str = "") -> list[Finding]:
    trust_list = trust if isinstance(trust, str) else trust.trust_list
    seen = examine(data, trust=TrustLists(trust_list, trust_list))
    return [finding for finding in seen.findings if finding.check in CHECKS]


def said(data: bytes, trust: Identity | str = "") -> str:
    """What is said first: whether they are there and hold."""
    return findings(data, trust)[0].summary.template


# --- six ways to break them ---------------------------------------------------------------


def broken(how: str) -> bytes:
    match how:
        case "pixels":
            return flipped(signed(), pixels_at(signed()))
        case "claim":
            return flipped(signed(), signed().find(b"Test Camera"))
        case "assertion":
            return flipped(signed(), signed().find(b"digitalCapture"))
        case "cut":
            return signed()[: pixels_at(signed())]
        case "swapped":
            return with_manifest_of(picture("JPEG", "flower"), signed())
        case "expired":
            return expired()[0]
    return signed()


@pytest.mark.parametrize(
    ("how", "state", "code"),
    [
        ("pixels", CredentialState.INVALID, "assertion.dataHash.mismatch"),
        ("claim", CredentialState.INVALID, "claimSignature.mismatch"),
        ("assertion", CredentialState.INVALID, "assertion.hashedURI.mismatch"),
        ("cut", CredentialState.INVALID, "assertion.dataHash.mismatch"),
        ("swapped", CredentialState.INVALID, "assertion.dataHash.mismatch"),
        ("expired", CredentialState.EXPIRED, "signingCredential.expired"),
        ("signer unknown", CredentialState.UNTRUSTED, "signingCredential.untrusted"),
    ],
)
def test_what_is_broken_has_the_state_and_codes_of_the_library(
    how: str, state: CredentialState, code: str
) -> None:
    credentials = read(broken(how))
    assert (credentials.state, code in credentials.codes) == (state, True)
    # the library knows no word for what has merely run out
    said = "invalid" if state is CredentialState.EXPIRED else credentials.state.value
    assert (said, credentials.codes) == library(broken(how))


def test_a_signer_on_the_list_is_trusted() -> None:
    credentials = read(signed(), identity())
    assert (credentials.state, credentials.codes) == (CredentialState.TRUSTED, ())
    assert library(signed(), identity().trust_list) == ("trusted", ())


def test_the_list_of_another_signer_is_not_enough() -> None:
    credentials = read(signed(), identity("Somebody Else"))
    assert credentials.state is CredentialState.UNTRUSTED


def test_what_is_cut_inside_the_manifest_is_unreadable() -> None:
    credentials = read(signed()[:2000])
    assert credentials.state is CredentialState.UNREADABLE
    assert credentials.reason


def test_a_picture_without_them_has_none() -> None:
    assert read(picture()) == Credentials()
    assert read(picture()[:300]) == Credentials()


# --- what is read -------------------------------------------------------------------------


def test_signer_program_time_and_actions_are_read() -> None:
    _, stamped, trust_list = expired()
    credentials = read(stamped, trust_list)
    assert (credentials.issuer, credentials.generator) == ("Test Agency", "Test Camera 1.2")
    assert credentials.signed_at is not None
    assert abs(datetime.now(UTC) - credentials.signed_at) < timedelta(minutes=5)
    assert [action.name for action in credentials.actions] == ["created"]
    assert (credentials.digital_source_type or "").endswith("/digitalCapture")


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("when", ["before it was placed", "afterwards"])
def test_a_broken_ingredient_is_named_and_leaves_the_state(when: str, version: int) -> None:
    """Afterwards, the library calls the whole invalid for it."""
    other = [{"name": "Other Camera"}]
    placed = sign(picture("JPEG", "flower"), claim_generator_info=other, claim_version=version)
    if when == "before it was placed":
        placed = flipped(placed, pixels_at(placed))
    data = sign(picture(), ingredient=placed, claim_version=version)
    if when == "afterwards":
        data = flipped(data, data.find(b"Other Camera"))
    credentials = read(data, identity())
    assert credentials.state is CredentialState.TRUSTED
    assert credentials.codes == ()
    [ingredient] = credentials.ingredients
    assert ingredient.title == "placed.jpg"
    assert any(code.endswith(".mismatch") for code in ingredient.codes)
    [flagged] = [one for one in findings(data, identity()) if one.outcome is Outcome.FLAGGED]
    assert flagged.summary.values["title"] == "placed.jpg"
    assert "do not hold" in flagged.summary.template


def test_ingredients_of_ingredients_keep_their_order() -> None:
    """The library hands manifests over in an order that changes from run to run."""
    oldest = sign(picture("JPEG", "flower"), claim_generator_info=[{"name": "Camera"}])
    data = sign(
        picture(), ingredient=sign(picture(), ingredient=sign(picture(), ingredient=oldest))
    )
    store = {f"label-{number}": Manifest() for number in range(3, 0, -1)}
    store["top"] = Manifest(ingredients=[SignedIngredient(active_manifest="label-2")])
    assert reached(Store("top", store)) == ["top", "label-2", "label-1", "label-3"]
    assert len(read(data).ingredients) == 3


def test_a_sound_ingredient_is_not_called_broken() -> None:
    data = sign(picture(), ingredient=sign(picture("JPEG", "flower")))
    assert [one.codes for one in read(data).ingredients] == [()]
    assert not [one for one in findings(data) if one.outcome is Outcome.FLAGGED]


# --- generated pictures -------------------------------------------------------------------


def test_a_generated_picture_names_its_generator() -> None:
    data = sign(picture(), source_type=GENERATED, claim_generator_info=[{"name": "Test Dream"}])
    seen = examine(data)
    assert seen.generator is not None
    assert seen.generator.name == "Test Dream"
    assert "trainedAlgorithmicMedia" in seen.generator.evidence
    flagged = [one for one in seen.findings if one.outcome is Outcome.FLAGGED]
    assert {one.check for one in flagged} == {"generator"}


def test_the_generator_is_still_named_after_editing() -> None:
    dreamt = sign(picture(), source_type=GENERATED, claim_generator_info=[{"name": "Test Dream"}])
    seen = examine(sign(dreamt, edited=True))
    assert seen.credentials is not None
    assert [action.name for action in seen.credentials.actions] == ["created", "opened", "cropped"]
    assert seen.credentials.generator == "Test Camera 1.2"
    assert seen.generator is not None
    assert seen.generator.name == "Test Dream"


def test_a_photograph_has_no_generator() -> None:
    assert examine(signed()).generator is None


# --- sentences ----------------------------------------------------------------------------


def test_different_meanings_have_different_sentences() -> None:
    plain, stamped, trust_list = expired()
    remote = sign(picture(), address="https://example.org/manifest")
    sentences = [
        said(picture()),
        said(remote),
        said(signed()[:2000]),
        said(broken("pixels")),
        said(broken("claim")),
        said(plain),
        said(signed()),
        said(signed(), identity("Somebody Else")),
        said(signed(), identity()),
    ]
    assert len(set(sentences)) == len(sentences)
    assert said(stamped, trust_list) == said(signed(), identity())


def test_an_expired_certificate_is_called_old_and_not_flagged() -> None:
    finding = findings(expired()[0])[0]
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "expired" in finding.summary.template
    assert finding.caution is not None
    assert "no sign that the file was changed" in finding.caution.template


def test_an_expired_certificate_of_a_recording_is_called_old_as_well() -> None:
    seen = examine(_expired()[3])
    assert seen.credentials is not None
    assert seen.credentials.state is CredentialState.EXPIRED
    [told] = [one for one in seen.findings if one.check == "credentials"]
    assert told.outcome is Outcome.INCONCLUSIVE
    assert "expired" in told.summary.template


def test_an_expired_certificate_does_not_hide_a_change() -> None:
    finding = findings(flipped(expired()[0], pixels_at(expired()[0])))[0]
    assert finding.outcome is Outcome.FLAGGED
    assert "not as it was" in finding.summary.template


def test_a_time_stamp_keeps_an_old_signature_valid() -> None:
    _, stamped, trust_list = expired()
    assert read(stamped, trust_list).state is CredentialState.TRUSTED
    times = [one.summary.template for one in findings(stamped, trust_list)]
    assert any("signed at {time}" in sentence for sentence in times)


def test_a_time_stamp_of_an_unknown_authority_proves_nothing() -> None:
    assert read(expired()[1]).state is CredentialState.EXPIRED
    assert "no time stamp that this desk trusts" in " ".join(said(expired()[1]).split())


def test_every_finding_says_what_it_cannot_show() -> None:
    for data in (picture(), signed(), broken("pixels"), expired()[0]):
        assert all(one.caution for one in findings(data))


# --- nothing is fetched -------------------------------------------------------------------


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server on this computer, and what it has been asked for."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def test_a_remote_manifest_is_shown_and_not_fetched(listener: tuple[str, list[str]]) -> None:
    address, asked = listener
    credentials = read(sign(picture(), address=f"{address}/manifest"), identity())
    assert credentials.state is CredentialState.REMOTE
    assert credentials.address == f"{address}/manifest"
    assert asked == []


def test_nobody_is_asked_whether_a_certificate_was_withdrawn(
    listener: tuple[str, list[str]],
) -> None:
    address, asked = listener
    signer = identity("Test Withdrawn", revocation=f"{address}/status")
    data = sign(picture(), by=signer)
    asked.clear()
    assert read(data, signer).state is CredentialState.TRUSTED
    assert asked == []


# --- behind the walls ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(1, trust=TrustLists(signers=identity().trust_list))
    yield sandbox
    sandbox.close()


def state_of(seen: Examination) -> CredentialState | None:
    return seen.credentials.state if seen.credentials else None


@pytest.mark.parametrize("media_type", FORMATS)
def test_every_format_is_read_behind_the_walls(sandbox: Sandbox, media_type: str) -> None:
    plain = picture(FORMATS[media_type])
    data = sign(plain, media_type)
    assert state_of(sandbox.examine(plain)) is CredentialState.NONE
    assert state_of(sandbox.examine(data)) is CredentialState.TRUSTED
    # A new text in the manifest is a change that every container has room for.
    changed = data.replace(b"Test Camera", b"Best Camera")
    assert state_of(sandbox.examine(changed)) is CredentialState.INVALID
    remote = sign(plain, media_type, address="https://example.org/manifest")
    assert state_of(sandbox.examine(remote)) is CredentialState.REMOTE


def test_a_child_says_what_the_lab_says(sandbox: Sandbox) -> None:
    trust = TrustLists(signers=identity().trust_list)
    for data in (signed(), broken("pixels"), sign(picture(), ingredient=signed())):
        assert sandbox.examine(data) == examine(data, trust=trust)


# --- hostile files ------------------------------------------------------------------------


def texts(credentials: Credentials) -> list[str]:
    return re.findall(r'"((?:[^"\\]|\\.)*)"', json.dumps(_plain(credentials)))


def _plain(value: object) -> object:
    if hasattr(value, "__struct_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return str(value)


def test_hostile_texts_are_cleaned_and_bounded() -> None:
    hostile = "\x1b[2J<b>\u202e\x00" + "x" * 2000
    created = {"action": "c2pa.created", "digitalSourceType": GENERATED}
    actions = [created] + [{"action": hostile, "softwareAgent": hostile}] * 60
    data = sign(
        picture(),
        claim_generator_info=[{"name": hostile}],
        assertions=[{"label": "c2pa.actions", "data": {"actions": actions}}],
    )
    credentials = read(data)
    assert 0 < len(credentials.actions) <= 50
    assert credentials.generator is not None
    assert all(len(text) <= 300 for text in texts(credentials))
    assert not any("\\u001b" in text or "\\u0000" in text for text in texts(credentials))
    seen = examine(data)
    assert all(len(finding.raw) <= 300 for finding in seen.findings)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=8), st.integers(0, 40)), max_size=6),
    st.sampled_from(sorted(FORMATS)),
)
def test_whatever_is_done_to_a_file_it_is_read_or_refused(
    changes: list[tuple[float, bytes, int]], media_type: str
) -> None:
    data = _signed_as(media_type)
    for place, new, dropped in changes:
        at = int(place * len(data))
        data = data[:at] + new + data[at + dropped :]
    credentials = read_credentials(data, media_type)
    assert all(len(text) <= 300 for text in texts(credentials))


@cache
def _signed_as(media_type: str) -> bytes:
    tiny = encode(shrunk(photograph("china"), 0.1), FORMATS[media_type])
    return sign(tiny, media_type, ingredient=picture("JPEG", "flower"))


def test_a_child_that_says_too_much_is_not_believed() -> None:
    too_much = Credentials(codes=("general.error",) * 1000)
    with pytest.raises(ImplausibleError):
        check_examination(Examination(lab_version=1, media_type="image/jpeg", credentials=too_much))


# --- the setting --------------------------------------------------------------------------


def test_the_trust_list_of_the_settings_is_used(verify_desk: Run, tmp_path: Path) -> None:
    file, trust_list = tmp_path / "signed.jpg", tmp_path / "trust.pem"
    file.write_bytes(signed())
    trust_list.write_text(f"Test Newsroom\n{identity().trust_list}")
    done = verify_desk("examine", file, "--json", VERIFY_TRUST_LIST=str(trust_list))
    assert json.loads(done.stdout)["credentials"] == {
        "state": "trusted",
        "codes": [],
        "generator": "Test Camera 1.2",
        "signed_at": None,
    }


@pytest.mark.parametrize("content", [b"", b"\xff", b"-----BEGIN CERTIFICATE-----\n", None])
def test_a_trust_list_that_is_none_is_refused(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "trust.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadInput, match="VERIFY_TRUST_LIST"):
        read_config({"VERIFY_HOME": str(tmp_path), "VERIFY_TRUST_LIST": str(file)})


@pytest.mark.parametrize(("signers", "time_stamps"), [(True, True), (False, True), (True, False)])
def test_each_list_in_the_home_is_for_its_own(
    tmp_path: Path, signers: bool, time_stamps: bool
) -> None:
    _, stamped, both = expired()
    end = both.index("-----BEGIN", 1)
    folder = tmp_path / "trust"
    folder.mkdir()
    (folder / "signers.pem").write_text(both[:end] if signers else both[end:])
    (folder / "timestamps.pem").write_text(both[end:] if time_stamps else both[:end])
    read = read_credentials(stamped, "image/jpeg", trust_lists(tmp_path))
    holds = {(True, True): "trusted", (False, True): "untrusted", (True, False): "expired"}
    assert read.state == holds[signers, time_stamps]


def test_a_list_in_the_home_that_holds_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust/signers.pem").write_text("C2PA trust list")
    with pytest.raises(BadInput, match="holds none in PEM"):
        read_config({"VERIFY_HOME": str(tmp_path)})


def test_what_no_list_is_named_like_is_told(tmp_path: Path) -> None:
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust/tsa.pem").write_text(identity().trust_list)
    [told] = unused(tmp_path)
    assert told.values["name"] == "trust/tsa.pem"


def test_a_list_that_others_may_read_is_no_trouble_and_one_that_they_may_write_is(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    Home(home).close()
    (home / "trust").mkdir(mode=0o755)
    list_ = home / "trust/signers.pem"
    list_.write_text(identity().trust_list)
    list_.chmod(0o644)
    assert list(troubles(home)) == []
    list_.chmod(0o666)
    assert [told.values["path"] for told in troubles(home)] == [str(list_)]
