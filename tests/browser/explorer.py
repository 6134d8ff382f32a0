"""The page as a person sees it: what is written where, and how to press things."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page

VIEWS = {"code": "#program", "graph": "#stage-panel", "trace": "#trace", "formula": "#formula"}

STATE = """() => {
  const text = (selector) => document.querySelector(selector)?.textContent.replace(/\\s+/g, " ").trim() ?? "";
  const states = ["todo", "current", "operand", "target", "done"];
  const stateOf = (node) => `${node.dataset.node}:${[...node.classList].filter((name) => states.includes(name))}`;
  return {
    graph: text("#stage svg"),
    states: [...document.querySelectorAll("#stage [data-node]")].map(stateOf).sort(),
    trace: text("#trace-body"),
    formula: text("#formula"),
    explain: text("#explain"),
    step: document.querySelector(".step-field")?.value,
    current: [...document.querySelectorAll("[aria-current=step]")].map((one) => one.dataset.step),
    mark: document.querySelector("#editor .mark-step")?.textContent ?? null,
  };
}"""


class Explorer:
    """One open page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def wait_drawn(self) -> None:
        """Until the graph is there and torch has looked at it, so that nothing changes by itself any more."""
        self.page.wait_for_selector("body[data-ready]")
        self.page.wait_for_selector("#stage [data-node]", state="attached")
        self.page.wait_for_selector("#verdict:not([data-kind=waiting]):not([data-kind=none])", state="attached", timeout=60_000)

    def state(self) -> dict[str, Any]:
        """All text of the views that follow the cursor."""
        return self.page.evaluate(STATE)

    def cursor(self) -> int:
        return int(self.page.input_value(".step-field"))

    def total(self) -> int:
        return int(self.page.text_content(".step-total").removeprefix("of "))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def go(self, step: int) -> None:
        """By the step box."""
        self.page.fill(".step-field", str(step))
        self.page.press(".step-field", "Enter")
        self.page.evaluate("document.activeElement.blur()")

    def text(self, selector: str) -> str:
        return " ".join((self.page.text_content(selector) or "").split())

    def write(self, program: str) -> None:
        """Replace the program by typing."""
        self.page.click("#editor .cm-content")
        self.press("ControlOrMeta+a", "Delete")
        self.page.keyboard.insert_text(program)

    def program(self) -> str:
        return "\n".join(
            self.page.eval_on_selector_all(
                "#editor .cm-line", "lines => lines.map((line) => line.querySelector('.cm-placeholder') ? '' : line.textContent)"
            )
        )

    def wait_problem(self) -> str:
        """The sentence under the editor, once it is about the program that stands there."""
        self.page.wait_for_selector("body[data-settled=false][data-asked=true]")
        self.page.wait_for_selector("#problem[data-kind=error] .problem-sentence")
        return self.text("#problem .problem-sentence")

    def wait_built(self) -> None:
        """Until the program in the editor has its own graph."""
        self.page.wait_for_selector("body[data-settled=true]")

    def trace(self, **request: Any) -> dict[str, Any]:
        """What the engine itself says."""
        answer = self.page.request.post(
            f"{self.address}/api/v1/trace", data=json.dumps(request), headers={"content-type": "application/json"}
        )
        return answer.json()

    def focused(self) -> str:
        """Where the focus is: an id, else a class, else a tag."""
        return self.page.evaluate("() => { const at = document.activeElement; return at.id || at.className || at.tagName; }")
