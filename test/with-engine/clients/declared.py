"""Compares what the sandbox answers with what the models of a V2 SDK declare: the SDK itself takes any type and drops
fields that it does not know, without a word."""

import sys
import typing


def against_declared(*clients):
    """Watches every call of these client classes; returns what tells of the differences so far."""
    wrong_types = set()
    unknown_fields = set()

    def watch(method):
        def watched(self, *arguments):
            response = method(self, *arguments)
            action = type(response).__name__.removesuffix("Response")
            compare_types(response.body, type(response.body), action, wrong_types)
            compare_fields(self.raw_body, response.to_map()["body"], action, unknown_fields)
            return response

        return watched

    for client in clients:
        client.call_api = keep_raw_body(client.call_api)
        for name in dir(client):
            if name.endswith("_with_options"):
                setattr(client, name, watch(getattr(client, name)))

    return lambda: {"wrong types": sorted(wrong_types), "unknown fields": sorted(unknown_fields)}


def keep_raw_body(call_api):
    def keeping(self, *arguments):
        answer = call_api(self, *arguments)
        self.raw_body = answer["body"]
        return answer

    return keeping


def compare_types(value, declared, path, found):
    if value is None or declared is typing.Any:
        return
    container = typing.get_origin(declared) or declared
    if container is list and isinstance(value, list):
        for item in value:
            compare_types(item, typing.get_args(declared)[0], path + "[]", found)
    elif hasattr(container, "to_map") and isinstance(value, container):
        fields = typing.get_type_hints(container.__init__, vars(sys.modules[container.__module__]))
        for name, kind in fields.items():
            compare_types(getattr(value, name, None), kind, f"{path}.{name}", found)
    elif container is float and type(value) is int:
        return  # JSON writes a whole number so
    elif not isinstance(value, container) or (container is int and isinstance(value, bool)):
        found.add(f"{path}: {type(value).__name__} instead of {container.__name__}")


def compare_fields(answered, known, path, found):
    if isinstance(answered, dict) and isinstance(known, dict):
        for name, value in answered.items():
            if name in known:
                compare_fields(value, known[name], f"{path}.{name}", found)
            else:
                found.add(f"{path}.{name}")
    elif isinstance(answered, list) and isinstance(known, list):
        for one, other in zip(answered, known):
            compare_fields(one, other, path + "[]", found)
