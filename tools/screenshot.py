"""Take the README's picture: serve the page, open the first example, play some steps, and save what Chromium shows."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURES = Path("docs/pictures")
VIEW = {"width": 1920, "height": 1080}
STATE = "?v=1&ex=survey-1&mode=both&step=15"
SHOTS = {"explorer-light.png": "light", "explorer-dark.png": "dark"}
QUIET = ["--no-sandbox", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def main() -> None:
    """One picture per theme."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "app", "serve"], env=os.environ | {"WENGERT_PORT": str(port)})
    try:
        base = f"http://127.0.0.1:{port}/"
        wait_for_torch(base + "readyz")
        PICTURES.mkdir(parents=True, exist_ok=True)
        take(base)
    finally:
        server.terminate()
        server.wait(20)


def wait_for_torch(address: str, patience: float = 60.0) -> None:
    """Return once the server has its second opinion, so that the picture shows it."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if b'"ready"' in answer.read().replace(b'"status":"ready"', b""):
                    return
        except OSError:
            pass
        time.sleep(0.3)
    raise SystemExit("torch did not become ready")


def take(base: str) -> None:
    """Open each address in a clean profile, and wait for the drawn graph and the verdict."""
    browser_path = next(path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=QUIET)
        for name, theme in SHOTS.items():
            page = browser.new_page(viewport=VIEW, color_scheme=theme, reduced_motion="reduce")
            page.goto(base + STATE)
            page.wait_for_selector("[data-kind=ok]", timeout=30_000)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(500)
            page.screenshot(path=PICTURES / name)
        browser.close()


if __name__ == "__main__":
    main()
