"""Answers of the real `packaging` library, the one inside pip. Reads JSON on standard input, writes JSON."""

import functools
import inspect
import json
import re
import sys

try:
    from pip._vendor import packaging
    from pip._vendor.packaging import _manylinux, markers, tags, utils
except ImportError:  # Some distributions take pip apart.
    import packaging
    from packaging import _manylinux, markers, tags, utils


def supported(target):
    glibc = tuple(int(part) for part in target["glibc"].split("."))
    version = (3, int(target["python"].split(".")[1]))
    arch = target["arch"]
    _manylinux._get_glibc_version = lambda: glibc
    # The function took the whole platform before packaging 23.
    old = len(inspect.signature(_manylinux.platform_tags).parameters) == 2
    found = _manylinux.platform_tags("linux_" + arch, arch) if old else _manylinux.platform_tags([arch])
    platforms = [*found, "linux_" + arch]
    interpreter = f"cp3{version[1]}"
    result = [*tags.cpython_tags(version, [interpreter], platforms)]
    result += tags.compatible_tags(version, interpreter, platforms)
    return [str(tag) for tag in result]


@functools.lru_cache(maxsize=None)
def ranked(target):
    return {tag: rank for rank, tag in enumerate(supported(json.loads(target)))}


def best(query):
    """The first of pip's candidates: pip sorts by tag, then by build tag."""
    ranks = ranked(json.dumps(query["target"]))
    rated = []
    for name in query["files"]:
        _, _, build, wheel_tags = utils.parse_wheel_filename(name)
        found = [ranks[str(tag)] for tag in wheel_tags if str(tag) in ranks]
        if found:
            rated.append((-min(found), build, name))
    return max(rated)[2] if rated else None


def evaluate(query):
    try:
        return markers.Marker(query["marker"]).evaluate(query["environment"])
    except Exception:
        return "error"


def evaluate_lock(query):
    """PEP 751's sets; None when this packaging is older than 25 and does not know them."""
    if "context" not in inspect.signature(markers.Marker.evaluate).parameters:
        return None
    environment = {key: frozenset(value) for key, value in query["sets"].items()}
    try:
        return markers.Marker(query["marker"]).evaluate(environment, context="lock_file")
    except Exception:
        return "error"


asked = json.load(sys.stdin)
answers = {"tags": supported, "best": best, "markers": evaluate, "lockMarkers": evaluate_lock}
result = {key: [answers[key](query) for query in queries] for key, queries in asked.items()}
result["version"] = re.sub(r"[^0-9.].*", "", packaging.__version__) if hasattr(packaging, "__version__") else "?"
json.dump(result, sys.stdout)
