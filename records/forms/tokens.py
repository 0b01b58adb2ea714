"""The token of a form: whose it is, for which round, made with the workspace's secret."""

from __future__ import annotations

import hashlib
import hmac

SINGLE, BATCH = "single", "batch"


def token(secret: bytes, kind: str, period: str, owner: str, sets: str, digest: str) -> str:
    """32 hex digits. owner: the candidate, or the managing body of a batch. sets: ids of its criteria sets, joined by commas.
    digest: of the layouts, so that a form made for other questions is told apart."""
    text = "\x1f".join((kind, period, owner, sets, digest))
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()[:32]


def genuine(found: str, secret: bytes, kind: str, period: str, owner: str, sets: str, digest: str) -> bool:
    return hmac.compare_digest(found.encode(), token(secret, kind, period, owner, sets, digest).encode())
