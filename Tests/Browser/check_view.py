"""Opens a page of `hugoniot view` in a headless Chromium as a person would, and tells as JSON what happened.

    python3 check_view.py ADDRESS FOLDER        the folder takes the screenshots
"""

import json
import sys
import time

from chromium import Chromium

DRAWN = "document.body.dataset.milliseconds !== undefined"


def change_fields(browser):
    """Milliseconds from the choice of each field until it is drawn; none of them was shown before."""
    fields = browser.evaluate("[...document.getElementById('field').options].map(o => o.value)")
    shown = browser.evaluate("document.getElementById('field').value")
    taken = []
    for field in fields:
        if field == shown:
            continue
        browser.evaluate(
            "(() => { delete document.body.dataset.milliseconds; const s = document.getElementById('field');"
            f"s.value = {json.dumps(field)}; s.dispatchEvent(new Event('change', {{bubbles: true}})); }})()")
        browser.wait(DRAWN)
        taken.append(float(browser.evaluate("document.body.dataset.milliseconds")))
    return taken


def clock(browser):
    return browser.evaluate("document.getElementById('clock').textContent")


def keyboard(browser):
    """What the keys do, and in which order Tab visits."""
    before = clock(browser)
    browser.press("Home")
    browser.wait("document.getElementById('time').value === '0'")
    browser.press("ArrowRight")
    browser.wait("document.getElementById('time').value === '1'")
    stepped = clock(browser)
    browser.press(" ", " ")
    browser.wait("document.getElementById('play').getAttribute('aria-pressed') === 'true'")
    browser.wait("Number(document.getElementById('time').value) > 3")
    browser.press(" ", " ")
    browser.wait("document.getElementById('play').getAttribute('aria-pressed') === 'false'")
    browser.evaluate("document.activeElement.blur()")
    visited, outlined = [], []
    for _ in range(14):
        browser.press("Tab")
        visited.append(browser.evaluate("document.activeElement.id || document.activeElement.tagName.toLowerCase()"))
        outlined.append(browser.evaluate("getComputedStyle(document.activeElement).outlineStyle !== 'none'"))
    browser.press("ArrowUp", shift=True)
    spoken = browser.evaluate("document.getElementById('spoken').textContent")
    return {"before": before, "stepped": stepped, "visited": visited, "outlined": all(outlined), "spoken": spoken}


def probe(browser):
    """What is read where the pointer is, in the middle of the picture."""
    box = browser.evaluate("(() => { const b = document.querySelector('#panels canvas').getBoundingClientRect();"
                           "return [b.left + b.width / 2, b.top + b.height / 3]; })()")
    browser.point(*box)
    browser.wait("!document.getElementById('tip').hidden")
    text = browser.evaluate("document.getElementById('tip').innerText")
    browser.point(1, 1)
    return text


def look(browser, address, folder, name, width, **more):
    browser.resize(width, 800, **more)
    browser.open(address)
    browser.wait(f"document.querySelector('#panels canvas') === null || {DRAWN}")
    time.sleep(0.3)
    browser.screenshot(f"{folder}/{name}.png", full=True)
    return browser.evaluate("document.documentElement.scrollWidth")


def check(address, folder):
    with Chromium() as browser:
        report = {"wide": look(browser, address, folder, "wide", 1280)}
        report["title"] = browser.evaluate("document.getElementById('title').textContent")
        report["foreign"] = browser.evaluate(
            "document.querySelectorAll('#title *, #facts script, #facts img, #field img, #sample img').length")
        report["owned"] = browser.evaluate("window.owned === true")
        report["milliseconds"] = []
        for _ in range(3):
            report["milliseconds"].append(change_fields(browser))
            browser.evaluate("delete document.body.dataset.milliseconds")
            browser.press("ArrowLeft")
            browser.wait(DRAWN)
        report["probe"] = probe(browser)
        report["keyboard"] = keyboard(browser)
        for tab in browser.evaluate("[...document.querySelectorAll('[role=tab]')].map(b => b.id)"):
            browser.evaluate(f"document.getElementById('{tab}').click()")
            time.sleep(0.4)
            browser.screenshot(f"{folder}/{tab}.png", full=True)
        report["narrow"] = look(browser, address, folder, "narrow", 400)
        report["dark"] = look(browser, address, folder, "dark", 1280, ratio=2, dark=True)
        report["complaints"] = browser.complaints
        origin = "/".join(address.split("/")[:3])
        report["elsewhere"] = [r for r in browser.requests if not r.startswith((origin, "data:", "about:", "blob:"))]
        return report


if __name__ == "__main__":
    print(json.dumps(check(*sys.argv[1:3])))
