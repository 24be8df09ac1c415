"""Records as JSON keep the keys that other programs rely on."""

from __future__ import annotations

from datetime import UTC, date, datetime

from verify.layouts.shapes import shape
from verify.records import Keep, Sighting


def test_the_service_of_a_sighting_keeps_its_key() -> None:
    seen = Sighting(
        id=1,
        exhibit_id=2,
        case_id=3,
        service="telegram",
        received_at=datetime(2026, 11, 1, tzinfo=UTC),
        received_from="Noor",
    )
    shaped = shape(seen, str)
    assert isinstance(shaped, dict)
    assert shaped["platform"] == "telegram"
    assert shaped["received_at"] == "2026-11-01T00:00:00Z"
    assert "service" not in shaped


def test_a_day_is_json_too() -> None:
    assert shape(Keep(until=date(2027, 3, 31)), str) == {"until": "2027-03-31", "held": False}
