from __future__ import annotations

import gzip
import json
from xml.sax.saxutils import escape

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import Base

from tests.lab.specimens import exif, png_with, xmp
from tests.photographs import encode, photograph
from verify.lab.examine import examine
from verify.lab.written.prompts import read_prompt
from verify.records import Examination, Generator, Outcome

SMALL = photograph("flower").reduce(8)
SETTINGS = "a duck\nNegative prompt: monochrome\nSteps: 15, Sampler: UniPC, CFG scale: 5, Seed: 2"
GRAPH = json.dumps({"3": {"inputs": {"seed": 1, "steps": 20}, "class_type": "KSampler"}})
UUID = "00000000-0000-4000-8000-000000000000"
SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/"


def declared(term: str) -> Examination:
    packet = xmp(f"<Iptc4xmpExt:DigitalSourceType>{term}</Iptc4xmpExt:DigitalSourceType>")
    return examine(encode(SMALL, xmp=packet))


def test_settings_in_the_place_of_words_are_no_camera_and_no_caption() -> None:
    block = exif({Base.Make: f"Prompt: {GRAPH}", Base.ImageDescription: f"Workflow: {GRAPH}"})
    told = examine(encode(SMALL, exif=block)).findings
    assert [one.outcome for one in told if one.check == "camera"] == [Outcome.INCONCLUSIVE]
    assert [one for one in told if one.check == "people"] == []


def asked(data: bytes) -> tuple[str | None, str | None]:
    """Prompt and model, as the findings tell them."""
    values = [one.summary.values for one in examine(data).findings if one.check == "generator"]
    told = {name: str(value) for entry in values for name, value in entry.items()}
    return told.get("prompt"), told.get("model")


@pytest.mark.parametrize(
    ("texts", "prompt", "model"),
    [
        ({"parameters": f"{SETTINGS}, Model: dreamy_v1"}, "a duck", "dreamy_v1"),
        ({"Description": "a hen --v 6 Job ID: 0a1b2c3d-0a1b-4c3d-8e9f-01"}, "a hen --v 6", None),
        (
            {"prompt": json.dumps({
                "3": {"class_type": "KSampler", "inputs": {"positive": ["6", 0]}},
                "4": {"class_type": "Loader", "inputs": {"ckpt_name": "v1-5.ckpt"}},
                "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a red barn"}},
                "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "blurry"}},
            })},
            "a red barn", "v1-5.ckpt",
        ),
        (
            {"invokeai_metadata": json.dumps({
                "positive_prompt": "a lake", "negative_prompt": "fog", "model": {"name": "xl"},
            })},
            "a lake", "xl",
        ),
        ({"Dream": '"a boat at sea" -s50 -W512'}, "a boat at sea", None),
        (
            {"Software": "NovelAI", "Description": "a cat", "Source": "Stable Diffusion 1D44365E"},
            "a cat", "Stable Diffusion 1D44365E",
        ),
    ],
)  # fmt: skip
def test_what_was_asked_for_and_of_which_model(
    texts: dict[str, str], prompt: str, model: str | None
) -> None:
    assert asked(png_with(texts, SMALL)) == (prompt, model)


def test_settings_without_a_generator_are_no_prompt() -> None:
    assert asked(png_with({"Comment": '{"prompt": "a duck"}'}, SMALL)) == (None, None)


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_settings_are_read(text: str, key: str) -> None:
    forms = (text, "{" + text, json.dumps({"prompt": {key: text}, "model": [key, {text: text}]}))
    for found in read_prompt(("field", form) for form in forms):
        assert found is None or len(found[0]) <= 4000
    deep = "{" + '"a":[' * 3000
    assert read_prompt([("field", deep)]) == (None, None)


def outcomes(examination: Examination) -> list[Outcome]:
    return [finding.outcome for finding in examination.findings if finding.check == "generator"]


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        ({"parameters": SETTINGS}, "Stable Diffusion WebUI (AUTOMATIC1111)"),
        ({"parameters": f"{SETTINGS}, App: SD.Next, Version: 56a8aea"}, "SD.Next"),
        ({"parameters": f"{SETTINGS}, Version: f2.0.1v1.10.1"}, "Stable Diffusion WebUI Forge"),
        ({"parameters": f"{SETTINGS}, Version: Fooocus v2.5"}, "Fooocus"),
        ({"prompt": GRAPH, "workflow": '{"last_node_id": 13, "nodes": []}'}, "ComfyUI"),
        ({"prompt": GRAPH}, "ComfyUI"),
        ({"invokeai_metadata": '{"generation_mode":"sdxl_txt2img"}'}, "InvokeAI"),
        ({"Dream": '"a duck" -s 50 -S 1 -W 512 -H 512'}, "InvokeAI"),
        ({"sd-metadata": '{"app_id": "invoke-ai/InvokeAI"}'}, "InvokeAI"),
        ({"Software": "NovelAI", "Comment": '{"steps": 28}'}, "NovelAI"),
        ({"fooocus_scheme": "fooocus", "parameters": '{"base_model": "x"}'}, "Fooocus"),
        ({"parameters": '{"sui_image_params": {"prompt": "a duck"}}'}, "SwarmUI"),
        ({"Description": "a duck --v 6 Job ID: 0a1b2c3d-0a1b-4c3d-8e9f-0123"}, "Midjourney"),
    ],
)
def test_a_generator_is_named_by_its_png_text(texts: dict[str, str], name: str) -> None:
    examination = examine(png_with(texts, SMALL))
    assert examination.generator is not None
    assert examination.generator.name == name
    assert examination.generator.evidence.startswith("PNG ")
    assert outcomes(examination)[0] is Outcome.FLAGGED


@pytest.mark.parametrize(
    ("main", "detail", "name"),
    [
        ({}, {Base.UserComment: b"UNICODE\0" + SETTINGS.encode("utf-16-be")}, "AUTOMATIC1111"),
        ({}, {Base.UserComment: b"ASCII\0\0\0" + SETTINGS.encode()}, "AUTOMATIC1111"),
        ({Base.ImageDescription: f"Workflow: {GRAPH}", Base.Make: f"Prompt: {GRAPH}"}, {}, "Comfy"),
        ({Base.UserComment: json.dumps({"prompt": json.loads(GRAPH)}).encode()}, {}, "ComfyUI"),
        ({Base.Software: "NovelAI Diffusion V4.5 C02D4F98"}, {}, "NovelAI"),
        ({Base.Make: "Black Forest Labs", Base.Model: "flux-dev"}, {}, "FLUX"),
        ({Base.Make: "Ideogram AI"}, {}, "Ideogram"),
        ({Base.ImageDescription: f"Signature: {'Zx0A' * 20}==", Base.Artist: UUID}, {}, "Grok"),
    ],
)
def test_a_generator_is_named_by_exif(
    main: dict[int, object], detail: dict[int, object], name: str
) -> None:
    for form in ("JPEG", "WEBP"):
        generator = examine(encode(SMALL, form, exif=exif(main, detail))).generator
        assert generator is not None
        assert name in generator.name
        assert generator.evidence.startswith("EXIF ")


@pytest.mark.parametrize(
    ("main", "camera", "people"),
    [
        ({Base.Make: "Black Forest Labs", Base.Model: "flux-dev"}, [Outcome.INCONCLUSIVE], []),
        (
            {Base.ImageDescription: f"Signature: {'Zx0A' * 20}==", Base.Artist: UUID},
            [Outcome.INCONCLUSIVE],
            [],
        ),
    ],
)
def test_a_mark_is_told_as_no_camera_caption_or_creator(
    main: dict[int, object], camera: list[Outcome], people: list[Outcome]
) -> None:
    told = examine(encode(SMALL, exif=exif(main))).findings
    assert [one.outcome for one in told if one.check == "camera"] == camera
    assert [one.outcome for one in told if one.check == "people"] == people


@pytest.mark.parametrize(
    "main",
    [
        {Base.Artist: UUID},
        {Base.ImageDescription: f"Signature: {'Zx0A' * 20}=="},
        {Base.ImageDescription: "Signature: the mayor's", Base.Artist: UUID},
    ],
)
def test_half_a_pair_is_no_mark(main: dict[int, object]) -> None:
    assert examine(encode(SMALL, exif=exif(main))).generator is None


LABEL = '{"Label":"%s","ContentProducer":"001191110000EXAMPLE","ProduceID":"a1b2"}'


@pytest.mark.parametrize(("label", "outcome"), [("1", Outcome.FLAGGED), ("3", Outcome.NOTED)])
def test_chinas_label_is_read_in_png_xmp_and_comment(label: str, outcome: Outcome) -> None:
    text = LABEL % label
    packet = xmp(
        "<TC260:AIGC xmlns:TC260='http://www.tc260.org.cn/ns/AIGC/1.0/'>"
        f"{escape(text)}</TC260:AIGC>"
    )
    comment = exif(detail={Base.UserComment: b"ASCII\0\0\0" + f'{{"AIGC":{text}}}'.encode()})
    for data in (
        png_with({"AIGC": text}, SMALL),
        encode(SMALL, xmp=packet),
        encode(SMALL, exif=comment),
    ):
        examination = examine(data)
        assert outcomes(examination) == [outcome]
        assert (examination.generator is not None) == (outcome is Outcome.FLAGGED)


def test_the_ai_system_and_what_it_was_asked_for_are_told() -> None:
    packet = xmp(
        "<Iptc4xmpExt:AISystemUsed>Example Model</Iptc4xmpExt:AISystemUsed>"
        "<Iptc4xmpExt:AIPromptInformation>a burning bus</Iptc4xmpExt:AIPromptInformation>"
    )
    examination = examine(encode(SMALL, xmp=packet))
    assert examination.generator is not None and examination.generator.name == "Example Model"
    assert outcomes(examination) == [Outcome.FLAGGED, Outcome.NOTED]


def test_what_an_ai_system_was_asked_for_is_a_mark_by_itself() -> None:
    packet = xmp("<Iptc4xmpExt:AIPromptInformation>a bus</Iptc4xmpExt:AIPromptInformation>")
    examination = examine(encode(SMALL, xmp=packet))
    assert outcomes(examination) == [Outcome.FLAGGED]
    assert examination.generator is not None and examination.generator.name == "not named"


def test_photoshops_log_names_its_generative_fill() -> None:
    packet = xmp("<photoshop:History>Open\nGenerative Fill\nSave</photoshop:History>")
    examination = examine(encode(SMALL, xmp=packet))
    assert examination.generator is not None and "Generative Fill" in examination.generator.name


@pytest.mark.parametrize(("kind", "marked"), [(1, True), (0, False)])
def test_samsungs_edits_by_ai_are_read_behind_the_picture(kind: int, marked: bool) -> None:
    name, words = b"PhotoEditor_Re_Edit_Data", b'{"originalPath":"/x.jpg","genAIType":%d}' % kind
    part = b"\0\0\xa1\x0b" + len(name).to_bytes(4, "little") + name + words
    size = len(part).to_bytes(4, "little")
    directory = b"SEFH\x6b\0\0\0\1\0\0\0\0\0\xa1\x0b" + size + size
    trailer = part + directory + len(directory).to_bytes(4, "little") + b"SEFT"
    assert (examine(encode(SMALL) + trailer).generator is not None) == marked


def test_a_mark_in_an_ingredient_is_not_the_pictures() -> None:
    term = f"{SOURCE}trainedAlgorithmicMedia"
    inner = f"<Iptc4xmpExt:DigitalSourceType>{term}</Iptc4xmpExt:DigitalSourceType>"
    packet = xmp(
        "<xmpMM:Ingredients><rdf:Bag><rdf:li rdf:parseType='Resource'>"
        f"{inner}</rdf:li></rdf:Bag></xmpMM:Ingredients>"
    )
    assert examine(encode(SMALL, xmp=packet)).generator is None


def test_a_credit_line_names_the_generator() -> None:
    packet = xmp("<photoshop:Credit>Made with Google AI</photoshop:Credit>")
    assert examine(encode(SMALL, xmp=packet)).generator == Generator(
        name="Google AI", evidence="XMP photoshop:Credit: Made with Google AI"
    )


@pytest.mark.parametrize(
    "term", ["trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia"]
)
def test_a_source_type_of_trained_media_is_flagged(term: str) -> None:
    examination = declared(SOURCE + term)
    assert examination.generator is not None
    assert examination.generator.evidence == f"XMP Iptc4xmpExt:DigitalSourceType: {term}"
    assert outcomes(examination) == [Outcome.FLAGGED]


@pytest.mark.parametrize("term", ["algorithmicMedia", "digitalCapture", "compositeCapture"])
def test_other_source_types_are_noted_and_not_called_generated(term: str) -> None:
    examination = declared(SOURCE + term)
    assert examination.generator is None
    assert outcomes(examination) == [Outcome.NOTED]


@pytest.mark.parametrize(
    "texts",
    [
        {},
        {"Software": "GIMP 3.0.6", "Comment": "saved again"},
        {"Description": "Steps: first wash, then dry. Sampler of fabrics."},
        {"prompt": "Who is in this picture?"},
        {"Software": "Adobe Photoshop 25.0", "Title": "AI summit in Geneva"},
        {"Comment": '{"nodes": "of the railway network", "version": 1}'},
    ],
)
def test_ordinary_words_are_no_mark(texts: dict[str, str]) -> None:
    examination = examine(png_with(texts, SMALL))
    assert examination.generator is None
    assert outcomes(examination) == [Outcome.INCONCLUSIVE]


def test_a_long_prompt_is_bounded_in_what_is_handed_out() -> None:
    examination = examine(png_with({"parameters": "duck " * 100_000 + SETTINGS}, SMALL))
    for finding in examination.findings:
        assert len(finding.raw) <= 300


def test_text_made_to_be_slow_is_searched_in_time() -> None:
    for text in ("Steps: 1, " * 40_000, "\n" * 400_000, '{"' * 200_000, ", Version: " * 40_000):
        examine(png_with({"parameters": text}, SMALL))


@pytest.mark.parametrize("packed", [False, True])
def test_settings_hidden_in_the_transparency_name_the_generator(packed: bool) -> None:
    body = gzip.compress(SETTINGS.encode()) if packed else SETTINGS.encode()
    signature = b"stealth_pngcomp" if packed else b"stealth_pnginfo"
    message = signature + (8 * len(body)).to_bytes(4, "big") + body
    bits = np.unpackbits(np.frombuffer(message, dtype=np.uint8))
    alpha = np.full(SMALL.size, 254, dtype=np.uint8)  # columns first
    alpha.ravel()[: len(bits)] |= bits
    picture = SMALL.copy()
    picture.putalpha(Image.fromarray(np.ascontiguousarray(alpha.T)))
    generator = examine(encode(picture, "PNG")).generator
    assert generator is not None
    assert generator.name == "Stable Diffusion WebUI (AUTOMATIC1111)"
    assert generator.evidence.startswith("PNG alpha channel: Steps: 15")


def test_ordinary_transparency_is_no_mark() -> None:
    picture = SMALL.copy()
    picture.putalpha(picture.convert("L"))
    assert examine(encode(picture, "PNG")).generator is None
