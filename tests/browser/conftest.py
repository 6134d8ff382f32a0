"""A real server, a real Chromium, and one page per test that has to stay silent: no error, no violation, no other host."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "contract"))
sys.path.insert(0, str(Path(__file__).parents[1] / "classroom"))

from explorer import Explorer  # the folders are no packages
from live import serving
from school import School

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 20_000
"""Milliseconds until what is expected must be there: what the page does is tested, not how busy the machine is."""
REFUSED = ("status of 403", "status of 422", "status of 503")  # Chromium's own lines: no right, no good program, a busy engine


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a server of its own on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
    environment = os.environ | {"WENGERT_PORT": str(port), "WENGERT_DATABASE_URL": "none"}
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    """Until the server is ready."""
    for _ in range(300):
        assert process.poll() is None, "the server did not start"
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not become ready")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    path = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
    assert path is not None, "there is no Chromium on this machine"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


Opener = Callable[..., Explorer]


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Opener]:
    """Opens the page at a query, in a profile of its own; at the end nothing may have gone wrong behind it."""
    with _visits(browser, address) as opener:
        yield opener


@pytest.fixture
def attend(browser: Browser, school: School) -> Iterator[Opener]:
    """The same on a server that keeps what a class hands in."""
    with _visits(browser, school.address) as opener:
        yield opener


@pytest.fixture(scope="session")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """A teacher with a key on a server with a database of its own."""
    with serving(database_url=f"sqlite:///{tmp_path_factory.mktemp('school')}/wengert.db") as live:
        found = re.search(r"first key, shown only now: (wgt_\S+)", "".join(live.log))
        assert found
        school = School(live.address, found[1], "")
        yield school
        school.close()


@contextmanager
def _visits(browser: Browser, address: str) -> Iterator[Opener]:
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opener(query: str = "", *, drawn: bool = True, width: int = 1366, height: int = 768, **options: object) -> Explorer:
        context = browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion=options.pop("motion", "reduce"), **options
        )
        contexts.append(context)
        page = context.new_page()
        _watch(page, address, wrong)
        page.goto(f"{address}/{query}")
        explorer = Explorer(page, address)
        if drawn:
            explorer.wait_drawn()
        return explorer

    yield opener
    for context in contexts:
        context.close()
    assert wrong == []


def _watch(page: Page, address: str, wrong: list[str]) -> None:
    """Notes every error, every violation of the policy, and every request that leaves for another host."""
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("console", lambda line: wrong.append(f"console: {line.text}") if _is_bad(line) else None)
    page.on("request", lambda request: wrong.append(f"left for {request.url}") if not _is_ours(request.url, address) else None)


def _is_bad(line: ConsoleMessage) -> bool:
    """Errors and warnings, but for refusals that are meant, and for «preloaded but not used yet», which tells of a slow machine."""
    late = "preloaded using link preload but not used within a few seconds"
    return line.type in ("error", "warning") and late not in line.text and not any(one in line.text for one in REFUSED)


def _is_ours(url: str, address: str) -> bool:
    return urlsplit(url).scheme in ("data", "blob") or url.startswith(f"{address}/")
