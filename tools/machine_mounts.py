"""For a build without Docker: pip's and npm's configuration of this machine, and the mounts (``here:there``) that a build needs for it.

The machine's certificates go to a place of their own: in their usual place they would be in the way of the system's package manager.
"""

from __future__ import annotations

import ast
import shutil
import ssl
import subprocess
import sys
from pathlib import Path

CERTIFICATES = "/run/machine/certificates.crt"
NOT_SHARED = ("cache-dir", "user", "target", "prefix")


def main() -> None:
    """Write the files into the folder that is named, and print the mounts."""
    folder = Path(sys.argv[1])
    options = pip_options()
    mounts = {str(folder / "pip.conf"): "/etc/pip.conf"}
    if own := options.get("cert") or ssl.get_default_verify_paths().cafile:
        shutil.copy(own, folder / "certificates.crt")
        options["cert"] = CERTIFICATES
        (folder / "npmrc").write_text(f"cafile={CERTIFICATES}\n", encoding="utf-8")
        mounts |= {str(folder / "certificates.crt"): CERTIFICATES, str(folder / "npmrc"): "/root/.npmrc"}
    lines = [f"{option} = " + "\n    ".join(value.split()) for option, value in sorted(options.items())]
    (folder / "pip.conf").write_text("\n".join(["[global]", *lines, ""]), encoding="utf-8")
    mounts |= {path: path for path in local_paths(options)}
    print("\n".join(f"{here}:{there}" for here, there in mounts.items()))


def pip_options() -> dict[str, str]:
    """What pip is told on this machine; options of environment variables win, as they do for pip."""
    listed = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True).stdout
    options: dict[str, str] = {}
    for line in listed.splitlines():
        name, _, value = line.partition("=")
        section, _, option = name.partition(".")
        if option not in NOT_SHARED and (section == ":env:" or option not in options):
            options[option] = ast.literal_eval(value)
    return options


def local_paths(options: dict[str, str]) -> list[str]:
    """The folders and files of this machine that the options name; a simple index points to files beside it."""
    words = {word.removeprefix("file://") for value in options.values() for word in value.split()}
    paths = [Path(word) for word in words if word.startswith("/") and Path(word).exists()]
    return sorted(str(path.parent if path.name == "simple" else path) for path in paths)


if __name__ == "__main__":
    main()
