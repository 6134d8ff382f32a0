"""Measure the page in headless Chromium against a server of its own: first visits, keys, frames, sliders, large graphs."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.machine import machine

PROBES = Path(__file__).with_name("page_probes.js")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
VIEW = {"width": 1366, "height": 768}
PAUSE = 400
"""Milliseconds that the page waits after the last key."""
SIZES = (200, 1_000, 10_000)
ROUNDS = 5


def chain(nodes: int) -> str:
    """A program of straight lines with about so many operations."""
    return "y = x*x\n" + "\n".join(f"y = sin(y) + {number % 7}*x" for number in range((nodes - 3) // 4)) + "\nz = y + 0.1"


def loop(nodes: int) -> str:
    """A recurrence whose parameters every turn reads."""
    return f"for i in range({nodes // 3}): x = a*sin(x) + b\ny = x"


@contextmanager
def served() -> Iterator[str]:
    """The address of a server on a free port, once torch has loaded: what comes after is the page alone."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "app", "serve"], env=os.environ | {"WENGERT_PORT": str(port)})
    try:
        wait_for_torch(f"http://127.0.0.1:{port}/readyz")
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(20)


def wait_for_torch(address: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if json.load(answer)["torch"] not in ("loading", "starting"):
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit("the server did not become ready")


@contextmanager
def visit(browser: Browser, address: str, motion: str = "reduce") -> Iterator[Page]:
    """A page in a profile of its own, with the probes in it."""
    context = browser.new_context(viewport=VIEW, reduced_motion=motion)
    page = context.new_page()
    page.add_init_script(path=PROBES)
    page.goto(address)
    page.wait_for_selector("body[data-ready]")
    yield page
    context.close()


def write(page: Page, program: str) -> None:
    """Replace the program, and wait for its graph."""
    page.click("#editor .cm-content")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(program)
    page.wait_for_selector("body[data-settled=false]")
    page.wait_for_selector("body[data-settled=true]")


def first_visits(browser: Browser, address: str) -> dict[str, Any]:
    visits = []
    for _ in range(ROUNDS):
        with visit(browser, address) as page:
            visits.append(page.evaluate("probe.firstVisit()"))
    times = {name: [one[name] for one in visits] for name in ("painted", "drawn", "editor")}
    return {"milliseconds": times, "bytes": visits[-1]["bytes"], "layout_shift": max(one["shift"] for one in visits)}


def keys(browser: Browser, address: str) -> list[float]:
    """Milliseconds from a key to the new graph of 50 nodes, the pause taken off."""
    with visit(browser, address) as page:
        write(page, chain(50))
        times = []
        for round_ in range(ROUNDS):
            page.evaluate("window.asked = probe.keyToGraph(); null")
            page.keyboard.press("123456789"[round_])
            times.append(page.evaluate("asked") - PAUSE)
        return times


def frames(browser: Browser, address: str) -> dict[str, Any]:
    """The work of a scrubber's place, and the time between frames while steps are played, at 60 nodes."""
    with visit(browser, address) as page:
        write(page, chain(60))
        scrub = page.evaluate("probe.scrub()")
    with visit(browser, address, motion="no-preference") as page:
        write(page, chain(60))
        page.evaluate("document.activeElement.blur()")
        return {"scrub": scrub, "play": page.evaluate("probe.play(8, 1000)")}


def slides(browser: Browser, address: str) -> list[float]:
    """Milliseconds from a move of a pressed slider to the picture that it asks for."""
    with visit(browser, address) as page:
        return page.evaluate("probe.slide(20)")


def stages(browser: Browser, address: str) -> list[dict[str, Any]]:
    """Layout and drawing, worker included, the best of three."""
    rows = []
    with visit(browser, address) as page:
        for name, make, sizes, inputs in (
            ("straight lines", chain, SIZES[:2], {"x": 0.5}),  # more do not fit into the longest text that is allowed
            ("recurrence", loop, SIZES, {"x": 0.5, "a": 0.9, "b": 0.1}),
        ):
            for size in sizes:
                runs = [page.evaluate("([source, inputs]) => probe.stage(source, inputs)", [make(size), inputs]) for _ in range(3)]
                rows.append({"program": name, **min(runs, key=lambda run: run["until_painted"])})
    return rows


def row(what: str, figure: float, target: float | None = None, unit: str = "ms") -> None:
    verdict = "" if target is None else f"   target {target:g}: {'met' if figure <= target else 'MISSED'}"
    print(f"  {what:58}{figure:10.4g} {unit}{verdict}")


def show(report: dict[str, Any]) -> None:
    first = report["first_visit"]
    print(f"\nfirst visit (median of {ROUNDS})")
    for name, target in (("painted", None), ("drawn", 1000), ("editor", None)):
        row(name, statistics.median(first["milliseconds"][name]), target)
    for kind, size in sorted(first["bytes"].items(), key=lambda one: -one[1]):
        row(f"{kind}, compressed", size / 1000, unit="kB")
    row("all, compressed", sum(first["bytes"].values()) / 1000, 350, "kB")
    row("layout shift", first["layout_shift"], 0.001, "")
    print("\nworking with it")
    row("key to the new graph of 50 nodes, after the pause", statistics.median(report["key"]), 100)
    row("scrub, 60 nodes: work of a frame, 95 of 100", report["frames"]["scrub"]["p95"], 16)
    row("play, 60 nodes: time between frames, 95 of 100", report["frames"]["play"]["p95"], 17)
    row("a dragged slider, from a move to its picture", statistics.median(report["slider"]), 50)
    print("\nlayout and drawing, worker included")
    for one in report["stage"]:
        row(f"{one['program']}, {one['nodes']:,} nodes: painted", one["until_painted"])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page", description=__doc__)
    parser.add_argument("--json", type=Path, default=Path(".cache/page.json"))
    given = parser.parse_args()
    path = next(found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name)))
    report: dict[str, Any] = {"date": dt.datetime.now(dt.UTC).date().isoformat(), "machine": machine()}
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        report["machine"]["chromium"] = browser.version
        parts = (("first_visit", first_visits), ("key", keys), ("frames", frames), ("slider", slides), ("stage", stages))
        report |= {name: measure(browser, address) for name, measure in parts}
        browser.close()
    show(report)
    given.json.parent.mkdir(parents=True, exist_ok=True)
    given.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
