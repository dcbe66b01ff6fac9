"""Compares content with the digests that an archive states of it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from types import MappingProxyType

_ALGORITHMS: Mapping[str, str] = MappingProxyType(
    {name: name.replace("-", "") for name in ("sha1", "sha-1", "sha256", "sha-256", "sha512", "sha-512", "md5")}
)


def agrees(stated: str, *readings: bytes) -> bool | None:
    """Tell whether one of several readings has the digest stated as "algorithm:value", in hexadecimal or base 32.

    None says that nothing was stated, or in a way that is not known.
    """
    label, _, value = stated.partition(":")
    algorithm = _ALGORITHMS.get(label.strip().lower())
    if algorithm is None or not value.strip():
        return None
    return any(_is_digest(value.strip(), algorithm, data) for data in readings)


def _is_digest(value: str, algorithm: str, data: bytes) -> bool:
    digest = hashlib.new(algorithm, data, usedforsecurity=False).digest()
    return value.rstrip("=").lower() in (digest.hex(), base64.b32encode(digest).decode("ascii").rstrip("=").lower())
