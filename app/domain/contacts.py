"""Contacts are personal data: what is accepted, and what is hidden outside their own list."""

from __future__ import annotations

import re

from app.domain.ctg_errors import BadField

_MAIL = re.compile(r"[^@\s<>,;]{1,64}@[^@\s<>,;]+\.[^@\s<>,;]{2,}")
_PHONE = re.compile(r"\+?[0-9][0-9 .\-()/\u00a0\u202f]{5,24}")

HIDDEN = "contact non montré"
"""What stands for a contact anywhere else than in its list."""


def check_contact(mail: str, phone: str) -> None:
    """Raise BadField for a mail or a phone that cannot be one; both may be empty."""
    if mail and not _MAIL.fullmatch(mail):
        raise BadField(field="mail", value=mail, reason="mail")
    if phone and not _PHONE.fullmatch(phone):
        raise BadField(field="phone", value=phone, reason="phone")
