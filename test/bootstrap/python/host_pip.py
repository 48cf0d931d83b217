"""Runs real pip as if on another host: `python3.12 host_pip.py aarch64 2.39 LOCK`.

Only what pip reads of the machine is replaced (architecture and glibc); the Python is the one that runs this. Prints
JSON: {"pip": version, "files": {"name==version": ["file name", "sha256"]}}. Asks the index that pip is configured
with, so it is a tool for making golden.json (see golden.sh), not part of the tests.
"""

import json
import os
import platform
import re
import subprocess
import sys
import sysconfig
import tempfile

try:
    import tomllib
except ImportError:
    import pip._vendor.tomli as tomllib


def simulate(arch, glibc):
    import pip._vendor.packaging._manylinux as manylinux

    version = tuple(int(part) for part in glibc.split("."))
    kind = type(manylinux._get_glibc_version())
    manylinux._get_glibc_version = lambda: version if kind is tuple else kind(*version)
    platform.machine = lambda: arch
    sysconfig.get_platform = lambda: "linux-" + arch


def report(arguments):
    """pip's own installation report, from a child that simulates the same host."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "report.json")
        options = ["install", "--quiet", "--dry-run", "--ignore-installed", "--only-binary", ":all:", "--report", path]
        command = [sys.executable, __file__, *sys.argv[1:3], "--", *options, *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        with open(path) as file:
            result = json.load(file)
    files = {}
    for item in result["install"]:
        info = item["download_info"]
        name = re.sub("[-_.]+", "-", item["metadata"]["name"]).lower()
        # pip 22 writes hash = "sha256=...", newer ones a table of hashes.
        sha256 = re.search("[0-9a-f]{64}", json.dumps(info["archive_info"])).group()
        files[f"{name}=={item['metadata']['version']}"] = [info["url"].split("/")[-1].replace("%2B", "+"), sha256]
    return result["pip_version"], dict(sorted(files.items()))


def main():
    simulate(*sys.argv[1:3])
    if sys.argv[3] == "--":
        from pip._internal.cli.main import main as pip

        return pip(sys.argv[4:])
    with open(sys.argv[3], "rb") as file:
        packages = tomllib.load(file)["packages"]
    with open(os.path.join(os.path.dirname(sys.argv[3]), "pyproject.toml"), "rb") as file:
        wishes = tomllib.load(file)["project"]["dependencies"]
    with tempfile.TemporaryDirectory() as folder:
        pins = [f"{item['name']}=={item['version']} ; {item['marker']}" for item in packages]
        hashes = [" ".join("--hash=sha256:" + wheel["hashes"]["sha256"] for wheel in item["wheels"]) for item in packages]
        full, constraints = os.path.join(folder, "full.txt"), os.path.join(folder, "constraints.txt")
        with open(full, "w") as file:
            file.writelines(f"{pin} {hash}\n" for pin, hash in zip(pins, hashes))
        with open(constraints, "w") as file:
            file.writelines(f"{pin}\n" for pin in pins)
        # Every pin with every hash: pip evaluates the markers and chooses the files.
        version, files = report(["--require-hashes", "-r", full])
        # Only what was asked for: pip walks the dependencies itself and must arrive at the same files.
        _, walked = report(["-c", constraints, *wishes])
    if files != walked:
        raise SystemExit(f"pip disagrees with itself: {sorted(set(files) ^ set(walked))}")
    print(json.dumps({"pip": version, "files": files}))


sys.exit(main())
