"""What the figures were measured on."""

from __future__ import annotations

import platform
import sys
from pathlib import Path


def machine() -> dict[str, str]:
    """The processor, its cores, the Python and the system."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
    cores = sum(line.startswith("processor") for line in lines)
    return {"processor": model, "cores": str(cores), "python": sys.version.split()[0], "system": platform.system()}
