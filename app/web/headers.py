"""Security headers: the same on every answer; pages add a nonce for their styles."""

from __future__ import annotations

from app.settings import Settings

Headers = list[tuple[bytes, bytes]]


def policy(settings: Settings, nonce: str | None = None) -> bytes:
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
        f"frame-ancestors {settings.frame_ancestors}",
    )
    return "; ".join(parts).encode("latin-1")


def security(settings: Settings, nonce: str | None = None) -> Headers:
    """The headers that every answer carries."""
    return [
        (b"content-security-policy", policy(settings, nonce)),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
    ]
