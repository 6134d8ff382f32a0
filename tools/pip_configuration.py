"""Write pip's configuration of this machine as one file, and print the local folders and files that it names."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

LOCAL_ONLY = ("cache-dir", "user", "target", "prefix")


def main() -> None:
    """Options of environment variables win, as they do for pip."""
    listed = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True).stdout
    options: dict[str, str] = {}
    for line in listed.splitlines():
        name, _, value = line.partition("=")
        section, _, option = name.partition(".")
        if option not in LOCAL_ONLY and (section == ":env:" or option not in options):
            options[option] = ast.literal_eval(value)
    lines = ["[global]"]
    lines += [f"{option} = " + "\n    ".join(value.split()) for option, value in sorted(options.items())]
    Path(sys.argv[1]).write_text("\n".join(lines) + "\n", encoding="utf-8")
    words = {word.removeprefix("file://") for value in options.values() for word in value.split()}
    existing = sorted(word for word in words if word.startswith("/") and Path(word).exists())
    for path in existing:
        # A simple index points to its files beside it.
        print(Path(path).parent if path.endswith("/simple") else path)


if __name__ == "__main__":
    main()
