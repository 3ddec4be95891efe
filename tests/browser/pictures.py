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
# Name, whose first page it begins at (icon of her place), the link that leads on ("" stays there), size.
SHOTS = [
    ("order", "kitchen", 'table a[href*="/bestall/"]', "tall"),
    ("kitchen", "kitchen", "", "desk"),
    ("farm", "farm", "", "phone"),
    ("hub", "hub", "", "desk"),
    ("officer", "law", "", "desk"),
    ("agreements", "law", 'a[href$="/avtal/"]', "desk"),
]


def main(address: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("BYGDEMAT_CHROMIUM", "/usr/bin/chromium"), args=OPTIONS
        )
        for name, icon, link, size in SHOTS:
            width, height = SIZES[size]
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(f"{address}/logga-in/")
            page.locator("li.task", has=page.locator(f'use[href$="#{icon}"]')).first.locator("button").click()
            if link:
                page.locator(link).last.click()
            page.wait_for_load_state()
            page.screenshot(path=PICTURES / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
