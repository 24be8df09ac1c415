"""The shape of what the C2PA library says about a file: its own JSON, and only what is used.

The texts in it come from the file, so each field is taken in by its type or not at all.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

MOST = 50
"""Of actions, ingredients, codes and generations, each."""


class Status(msgspec.Struct):
    code: str


class Statuses(msgspec.Struct):
    success: list[Status] = []
    failure: list[Status] = []


class Delta(msgspec.Struct, rename="camel"):
    """What is wrong with an ingredient now, beyond what was when it was taken in."""

    validation_deltas: Statuses
    ingredient_assertion_uri: str = msgspec.field(name="ingredientAssertionURI", default="")


class Results(msgspec.Struct, rename="camel"):
    active_manifest: Statuses = msgspec.field(default_factory=Statuses)
    ingredient_deltas: list[Delta] = []


class SignedIngredient(msgspec.Struct):
    title: str = ""
    relationship: str = ""
    label: str = ""
    active_manifest: str = ""
    validation_status: list[Status] = []
    validation_results: Results = msgspec.field(default_factory=Results)


class Software(msgspec.Struct):
    name: str = ""
    version: str | None = None


class SignedAction(msgspec.Struct, rename="camel"):
    action: str
    digital_source_type: str = ""
    software_agent: str | Software = ""


class Actions(msgspec.Struct):
    actions: list[SignedAction]


class Assertion(msgspec.Struct):
    label: str
    data: msgspec.Raw = msgspec.Raw(b"{}")


class Signature(msgspec.Struct):
    issuer: str | None = None
    time: datetime | None = None


class Manifest(msgspec.Struct):
    claim_generator: str = ""
    claim_generator_info: list[Software] = []
    ingredients: list[SignedIngredient] = []
    assertions: list[Assertion] = []
    signature_info: Signature = msgspec.field(default_factory=Signature)


class Store(msgspec.Struct):
    active_manifest: str
    manifests: dict[str, Manifest]
    validation_results: Results = msgspec.field(default_factory=Results)


def history(store: Store) -> list[Manifest]:
    """The active manifest and those of its parents, the first one first."""
    found: dict[str, Manifest] = {}
    label = store.active_manifest
    while label in store.manifests and label not in found and len(found) < MOST:
        found[label] = store.manifests[label]
        parents = (one for one in found[label].ingredients if one.relationship == "parentOf")
        label = next((parent.active_manifest for parent in parents), "")
    return list(found.values())[::-1]


def reached(store: Store) -> list[str]:
    """The labels of all manifests, each behind those that it went into.

    The library hands them over in an order that changes from run to run.
    """
    found, waiting = dict.fromkeys([store.active_manifest]), [store.active_manifest]
    while waiting:
        manifest = store.manifests.get(waiting.pop(0))
        for one in manifest.ingredients if manifest else []:
            if one.active_manifest in store.manifests and one.active_manifest not in found:
                found[one.active_manifest] = None
                waiting.append(one.active_manifest)
    return [*found, *sorted(store.manifests.keys() - found.keys())]
