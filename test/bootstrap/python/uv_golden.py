"""Writes fixtures/uv.lock and fixtures/uv-golden.json anew from fixtures/pyproject.toml.

Needs uv on the path, the package index and a pip of 2024 or newer: `python3 uv_golden.py`. What uv itself exports for
a set of extras, with its markers decided by the real packaging library, is what our reading of uv.lock must give.
"""

import json
import pathlib
import re
import shutil
import subprocess
import tempfile

from pip._vendor.packaging.requirements import Requirement

FIXTURES = pathlib.Path(__file__).parent / "fixtures"
EXTRAS = [[], ["table"], ["old"], ["new"], ["Colour_Names"], ["table", "old"]]
# Wheels for systems that are no host of ours only make the fixture long; some are kept so that they must be refused.
BULKY = re.compile(
    r"-(pp\d+|graalpy)|(riscv64|ppc64le|s390x|armv7l|i686|loongarch64|iphone[a-z]*|win_arm64|universal2)\.whl"
    r"|android|pyodide|wasm"
)


def export(folder, extras):
    options = ["--no-hashes", "--no-header", "--no-annotate", "--no-dev", "--no-emit-project"]
    chosen = [part for extra in extras for part in ("--extra", extra)]
    command = ["uv", "export", "--quiet", "--project", folder, "--format", "requirements-txt", *options, *chosen]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [Requirement(line) for line in text.splitlines() if line.strip()]


def environment(python):
    return {
        "python_version": python,
        "python_full_version": python + ".0",
        "implementation_version": python + ".0",
        "implementation_name": "cpython",
        "platform_machine": "aarch64",
        "platform_system": "Linux",
        "sys_platform": "linux",
        "os_name": "posix",
        "platform_python_implementation": "CPython",
        "extra": "",
    }


def stripped(lock):
    lines = [line for line in lock.splitlines() if not (".whl" in line and BULKY.search(line))]
    text = "\n".join(lines) + "\n"
    text = re.sub(r'https?://[^"]*/([^"/]+\.(?:whl|tar\.gz|zip))"', r'https://example.invalid/\1"', text)
    text = re.sub(r'(registry = )"[^"]*"', r'\1"https://example.invalid/simple"', text)
    return re.sub(r", upload-time = [^,} ]+", "", text)


with tempfile.TemporaryDirectory() as folder:
    shutil.copy(FIXTURES / "pyproject.toml", folder)
    subprocess.run(["uv", "lock", "--quiet", "--project", folder], check=True)
    (FIXTURES / "uv.lock").write_text(stripped((pathlib.Path(folder) / "uv.lock").read_text()))
    golden = []
    for extras in EXTRAS:
        wanted = export(folder, extras)
        for python in ["3.10", "3.11", "3.12", "3.13"]:
            env = environment(python)
            pins = [f"{r.name}{r.specifier}" for r in wanted if r.marker is None or r.marker.evaluate(env)]
            golden.append({"extras": extras, "python": python, "pins": sorted(pins)})
    (FIXTURES / "uv-golden.json").write_text(json.dumps(golden, indent=2) + "\n")
