"""Compares content with the digests that an archive states of it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from types import MappingProxyType

_ALGORITHMS: Mapping[str, str] = MappingProxyType(
    {name: name.replace("-", "") for name in ("sha1", "sha-1", "sha256", "sha-256", "sha512", "sha-512", "md5")}
)


class Digest:
    """A digest stated as "algorithm:value", in hexadecimal or base 32, and the content that is held against it."""

    def __init__(self, stated: str) -> None:
        label, _, value = stated.partition(":")
        self._value = value.strip().rstrip("=").lower()
        algorithm = _ALGORITHMS.get(label.strip().lower()) if self._value else None
        self._hash = hashlib.new(algorithm, usedforsecurity=False) if algorithm else None

    @property
    def is_known(self) -> bool:
        """Tell whether anything was stated in a way that is known."""
        return self._hash is not None

    def add(self, data: bytes) -> None:
        """Add content."""
        if self._hash:
            self._hash.update(data)

    def agrees(self) -> bool | None:
        """Tell whether the content has the digest; None where it is not known."""
        if self._hash is None:
            return None
        digest = self._hash.digest()
        return self._value in (digest.hex(), base64.b32encode(digest).decode("ascii").rstrip("=").lower())


def agrees(stated: str, *readings: bytes) -> bool | None:
    """Tell whether one of several readings of a content has the stated digest; None where it is not known."""
    if not Digest(stated).is_known:
        return None
    return any(_has(stated, data) for data in readings)


def _has(stated: str, data: bytes) -> bool:
    digest = Digest(stated)
    digest.add(data)
    return bool(digest.agrees())
