"""The pictures of docs/pictures, taken anew of a house that is open with its demo.

``python -m tests.browser.pictures http://127.0.0.1:8000``
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import OPTIONS

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
SIZES = {"desk": (1280, 860), "tall": (1280, 1300), "phone": (360, 740)}
# Name, whose first page it begins at (icon of her place), the links that lead on, size.
SHOTS: list[tuple[str, str, list[str], str]] = [
    ("order", "kitchen", ['table a[href*="/bestall/"]'], "tall"),
    ("kitchen", "kitchen", [], "desk"),
    ("farm", "farm", [], "phone"),
    ("offer", "farm", ['main a[href$="/erbjudanden/nytt/"]', 'main a[href*="?vara="]'], "phone"),
    ("hub", "hub", [], "desk"),
    ("officer", "law", [], "desk"),
    ("agreements", "law", ['a[href$="/avtal/"]'], "desk"),
    ("climate", "law", ['a[href$="/klimat/"]'], "tall"),
]
TYPED = {
    "order": ["20", "12", "30"]
}  # in the first quantities, sent nowhere: the page counts while it is typed


def main(address: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("BYGDEMAT_CHROMIUM", "/usr/bin/chromium"), args=OPTIONS
        )
        for name, icon, links, size in SHOTS:
            width, height = SIZES[size]
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(f"{address}/logga-in/")
            page.locator("li.task", has=page.locator(f'use[href$="#{icon}"]')).first.locator("button").click()
            page.wait_for_load_state()
            for link in links:
                page.locator(link).last.click()
                page.wait_for_load_state()
            for number, quantity in enumerate(TYPED.get(name, [])):
                page.locator('input[name^="antal-"]').nth(number).fill(quantity)
            page.wait_for_timeout(1500 if name in TYPED else 0)
            page.screenshot(path=PICTURES / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
