"""What tests of lessons share: a lesson is open once its tool has drawn; one sentence says what it shows."""

from __future__ import annotations

import json
from collections.abc import Callable

from explorer import Explorer
from playwright.sync_api import Locator, Page

PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}


def settled(page: Page) -> Page:
    page.wait_for_selector("body[data-ready]")
    page.wait_for_selector("body[data-settled=true]")
    return page


def opener(slug: str) -> Callable[..., Explorer]:
    """Opens one lesson, with ``rest`` as the rest of its address."""

    def opened(visit: Callable[..., Explorer], rest: str = "", **options: object) -> Explorer:
        explorer = visit(f"learn/{slug}{rest}", drawn=False, **options)
        settled(explorer.page)
        return explorer

    return opened


def said(page: Page) -> Locator:
    return page.locator("#lesson-said")


def asked(explorer: Explorer, call: str, **body: object) -> dict:
    """What the API answers to a script."""
    headers = {"content-type": "application/json"}
    return explorer.page.request.post(f"{explorer.address}/api/v1/{call}", data=json.dumps(body), headers=headers).json()
