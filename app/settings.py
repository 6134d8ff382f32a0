"""What a server can be told from outside: one frozen object, read once, passed in."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, get_type_hints

from app.core.limits import Limits

PREFIX = "WENGERT_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; ``docs/settings.md`` says what each is for.

    Field ``port`` is read from ``WENGERT_PORT``, and so on; a budget ``nodes`` of ``Limits`` from ``WENGERT_LIMIT_NODES``.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    root_path: str = ""
    database_url: str = "sqlite:///data/wengert.db"
    frame_ancestors: str = "'none'"
    workers: int = 3
    queue_length: int = 400
    queue_seconds: float = 20.0
    wall_seconds: float = 5.0
    torch_workers: int = 1
    torch_queue_length: int = 50
    torch_wall_seconds: float = 20.0
    torch_wait_seconds: float = 20.0
    torch_device: str = "cpu"
    tasks_per_worker: int = 20_000
    worker_memory_mib: int = 4096
    trusted_proxies: str = ""
    connections: int = 2000
    header_seconds: float = 10.0
    body_seconds: float = 10.0
    write_seconds: float = 30.0
    keep_alive_seconds: float = 15.0
    drain_seconds: float = 10.0
    log_level: str = "warning"
    limits: Limits = field(default_factory=Limits)

    def to_json(self) -> bytes:
        """The settings as bytes, for a worker."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Settings:
        """The settings that ``to_json`` wrote."""
        values = json.loads(text)
        return cls(**(values | {"limits": Limits(**values["limits"])}))


def variables() -> dict[str, str]:
    """The name of each environment variable, with its default as text."""
    plain = {PREFIX + f.name.upper(): str(f.default) for f in fields(Settings) if f.name != "limits"}
    return plain | {f"{PREFIX}LIMIT_{f.name.upper()}": str(f.default) for f in fields(Limits)}


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings that the environment asks for; a variable that does not exist or does not parse is an error."""
    environment = os.environ if environment is None else environment
    given = {name: text for name, text in environment.items() if name.startswith(PREFIX)}
    unknown = sorted(given.keys() - variables().keys())
    if unknown:
        raise ValueError(f"There is no setting {unknown[0]}; docs/settings.md lists all.")
    limits = Limits(**_read(Limits, given, PREFIX + "LIMIT_"))
    settings = Settings(**_read(Settings, given, PREFIX), limits=limits)
    return _checked(settings)


def _read(kind: type, given: Mapping[str, str], prefix: str) -> dict[str, Any]:
    """The fields of ``kind`` that are given, in their types."""
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for f in fields(kind):
        text = given.get(prefix + f.name.upper())
        if text is None or f.name == "limits":
            continue
        try:
            values[f.name] = hints[f.name](text)
        except ValueError:
            raise ValueError(f"{prefix}{f.name.upper()} is {text!r}, which is no {hints[f.name].__name__}.") from None
    return values


def _checked(settings: Settings) -> Settings:
    """The same settings, refused where they cannot be served."""
    if settings.root_path and (not settings.root_path.startswith("/") or settings.root_path.endswith("/")):
        raise ValueError(f"{PREFIX}ROOT_PATH begins with a slash and does not end with one: /wengert.")
    if settings.torch_device not in ("cpu", "cuda", "auto"):
        raise ValueError(f"{PREFIX}TORCH_DEVICE is cpu, cuda or auto.")
    if settings.workers < 1 or settings.torch_workers < 0:
        raise ValueError(f"{PREFIX}WORKERS is at least 1, {PREFIX}TORCH_WORKERS at least 0.")
    if any(c in settings.frame_ancestors for c in ";,\r\n"):
        raise ValueError(f"{PREFIX}FRAME_ANCESTORS is a list of sources with blanks between.")
    return settings
