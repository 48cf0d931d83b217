import { describe, expect, test } from "vitest";
import { type Format, formatOf, formatOfPart } from "../../../policies/user-data/format.ts";

describe("what a host takes a text for, by its first words", () => {
  const rows: readonly (readonly [string, Format])[] = [
    ["#cloud-config\nruncmd: []", "cloud-config"],
    ["#cloud-config", "cloud-config"],
    ["#Cloud-Config\r\n", "cloud-config"],
    ["\n  #cloud-config\n", "cloud-config"],
    ["#cloud-config-jsonp\n[]", "cloud-config"],
    ["#cloud-config-archive\n- a", "archive"],
    ["#include\nhttps://a", "include"],
    ["#include-once https://a", "include"],
    ["#!/bin/sh\n", "script"],
    ["#! /usr/bin/env python3", "script"],
    ["#cloud-boothook\n#!/bin/sh", "boothook"],
    ["#part-handler\n", "part-handler"],
    ["## template: jinja\n#cloud-config", "jinja"],
    ["[bat]\necho", "windows"],
    ["[PowerShell]\n", "windows"],
    ["# cloud-config\n", "none"],
    ["#cloudconfig\n", "none"],
    ["cloud-config\n", "none"],
    ["x #!/bin/sh", "none"],
    ["echo 1 >/proc/sys/net/ipv4/ip_forward", "none"],
    ["#template: jinja", "none"],
    ["[Unit]", "none"],
    ["", "none"],
    [" \n ", "none"],
  ];
  test.each(rows)("%j: %s", (text, format) => {
    expect(formatOf(text)).toBe(format);
  });
});

describe("what a part is taken for", () => {
  const rows: readonly (readonly [string, string, Format])[] = [
    ["text/cloud-config", "runcmd: []", "cloud-config"],
    ["text/cloud-config-jsonp", "[]", "cloud-config"],
    ["text/cloud-config-archive", "- a", "archive"],
    ["text/cloud-boothook", "echo", "boothook"],
    ["text/part-handler", "def", "part-handler"],
    ["text/jinja2", "x", "jinja"],
    ["text/x-include-url", "https://a", "include"],
    ["text/x-include-once-url", "https://a", "include"],
    ["text/x-shellscript", "#!/bin/sh", "script"],
    ["text/x-shellscript", "echo", "script"],
    ["text/x-shellscript", "#cloud-config\n", "cloud-config"],
    ["text/plain", "#cloud-config\n", "cloud-config"],
    ["text/plain", "echo", "none"],
    ["constructor", "echo", "none"],
  ];
  test.each(rows)("%s %j: %s", (type, text, format) => {
    expect(formatOfPart(type, text)).toBe(format);
  });
});
