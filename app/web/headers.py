"""Security headers: the same on every answer; pages add a nonce for their styles."""

from __future__ import annotations

from app.settings import Settings

Headers = list[tuple[bytes, bytes]]


ANYWHERE = "* file:"
"""Who may frame a page that is made for it: every site, and a page in a file."""


def policy(settings: Settings, nonce: str | None = None, *, embedded: bool = False) -> bytes:
    """The Content-Security-Policy: everything from here, nothing inline but styles that know the nonce."""
    styles = "'self'" if nonce is None else f"'self' 'nonce-{nonce}'"
    parts = (
        "default-src 'none'",
        "script-src 'self'",
        f"style-src {styles}",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        f"frame-ancestors {ANYWHERE if embedded else settings.frame_ancestors}",
    )
    return "; ".join(parts).encode("latin-1")


def security(settings: Settings, nonce: str | None = None, *, embedded: bool = False) -> Headers:
    """The headers that every answer carries; a page for frames may be shown in those of others."""
    return [
        (b"content-security-policy", policy(settings, nonce, embedded=embedded)),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"cross-origin" if embedded else b"same-origin"),
    ]
