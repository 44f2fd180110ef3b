"""What a kept library finds: the start, and by far not enough (docs/privacy.md has the figures).

Of its detectors those for things with a form are used; that for names takes nouns for people.
"""

from collections.abc import Callable, Iterator

from ko_pii.core.modes import Action, ProcessingMode, policy_for
from ko_pii.core.types import DetectionResult
from ko_pii.patterns import (
    account,
    business_reg,
    card,
    corp_reg,
    driver_license,
    email,
    frn,
    ip,
    medical_insurance,
    passport,
    phone,
    rrn,
    vehicle,
)

from bot.store.redact.harmless import OFFICE
from bot.store.redact.marks import Kind, Span
from bot.store.redact.public import Public, digits

_DETECTORS: tuple[Callable[[str], Iterator[DetectionResult]], ...] = (
    rrn.detect,
    frn.detect,
    business_reg.detect,
    corp_reg.detect,
    driver_license.detect,
    passport.detect,
    card.detect,
    medical_insurance.detect,
    phone.detect,
    email.detect,
    ip.detect,
    vehicle.detect,
    account.detect,
)
_KINDS: dict[str, Kind] = {"PHONE": "phone", "EMAIL": "email", "VEHICLE": "plate"}
_FEWEST = 4
"""Fewer digits are nothing that it knows."""
_POLICY = policy_for(ProcessingMode.STRICT)


def library_spans(plain: str, public: Public) -> Iterator[Span]:
    """What the library would block in its strict mode, but for public numbers."""
    if "@" not in plain and sum(map(plain.count, "0123456789")) < _FEWEST:
        return
    for detect in _DETECTORS:
        for found in detect(plain):
            if (
                _POLICY.decide(found.risk_level, found.confidence) == Action.BLOCK
                and digits(found.text) not in public.phones
                and not OFFICE.fullmatch(found.text)
            ):
                yield Span(_KINDS.get(found.label, "number"), found.start, found.end)
