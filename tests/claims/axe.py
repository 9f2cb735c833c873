"""axe-core, the accessibility checker: fetched once with npm, checked, and asked about a page.

It is MPL-2.0, used by tests only, and no part of what is installed.
"""

import base64
import hashlib
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

VERSION = "4.14.1"
SHA512 = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
GRAVE = ("serious", "critical")
WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")

_ASK = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations"]}).then(
  (found) => done(found.violations.map((rule) => ({
    rule: rule.id, impact: rule.impact, says: rule.help,
    places: rule.nodes.map((node) => node.target.flat().join(" ") + ": " +
      (node.any.concat(node.all, node.none)[0] || {message: ""}).message),
  }))),
  (problem) => done([{rule: String(problem), impact: "critical", says: "", places: []}]),
);
"""


def source():
    """Return the script; skip the test where npm or the network is missing."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"), "on-record-tests")
    archive = cache / f"axe-core-{VERSION}.tgz"
    if not archive.exists():
        _fetch(cache)
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    assert found == SHA512, f"{archive} is not what was published"
    with tarfile.open(archive) as files:
        script = files.extractfile("package/axe.min.js")
        assert script is not None
        return script.read().decode()


def bring(driver):
    """Bring axe-core along to every page of a browser."""
    driver.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source()})
    driver.set_script_timeout(120)


def looks(driver):
    """Yield each look of the next pages, as width and colour scheme, once the browser has it."""
    for width in WIDTHS:
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        for scheme in SCHEMES:
            media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
            driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
            yield width, scheme


def _fetch(cache):
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed, which fetches axe-core")
    cache.mkdir(parents=True, exist_ok=True)
    pack = [npm, "pack", "--silent", f"axe-core@{VERSION}"]
    fetched = subprocess.run(pack, cwd=cache, capture_output=True, text=True, timeout=120)
    if fetched.returncode:
        pytest.skip(f"npm could not fetch axe-core: {fetched.stderr.strip()[-200:]}")


def faults(driver):
    """Return what is serious or critical on the page, as `rule: words: places`."""
    found = driver.execute_async_script(_ASK)
    return [
        f"{one['rule']}: {one['says']}: {place}"
        for one in found
        if one["impact"] in GRAVE
        for place in one["places"] or [""]
    ]
