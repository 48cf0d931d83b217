"""Reads a JSON list of texts and prints what a YAML 1.1 reader makes of each. "pure" is the reader that cloud-init uses."""
import json
import sys

import yaml

loader = yaml.SafeLoader if sys.argv[1] == "pure" else yaml.CSafeLoader
json.dump([yaml.load(text, Loader=loader) for text in json.load(sys.stdin)], sys.stdout)
