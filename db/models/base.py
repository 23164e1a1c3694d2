"""Declarative base and the two kinds of keys: random for what people make, derived for official codes."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

_NAMESPACE = uuid.UUID("6f0d3c4a-5b0e-5a53-9a63-3f1d1b7f9c11")


class Model(DeclarativeBase):
    """Base of every table; constraints are named so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def new_uuid() -> str:
    """Return a random key: 32 hexadecimal digits, never reused."""
    return uuid.uuid4().hex


def key_of(*parts: object) -> str:
    """Return the key of something that has an official code: the same on every laptop (a UUID 5)."""
    name = "/".join(map(str, parts))
    digest = bytearray(hashlib.sha1(_NAMESPACE.bytes + name.encode(), usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    return digest.hex()  # by hand: uuid.uuid5 takes three times longer, for 35,000 communes


_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}


def keys_of(*parts: object, last: Iterable[str]) -> list[str]:
    """Return key_of(*parts, name) for each name of last, faster: what they share is digested once."""
    shared = hashlib.sha1(_NAMESPACE.bytes + "/".join((*map(str, parts), "")).encode(), usedforsecurity=False)
    found = []
    for name in last:
        digest = shared.copy()
        digest.update(name.encode())
        text = digest.hexdigest()
        found.append(f"{text[:12]}5{text[13:16]}{_VARIANT[text[16]]}{text[17:32]}")
    return found
