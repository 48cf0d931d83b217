import { expect, test } from "vitest";
import { describeMistakes } from "./mistake-rows.ts";
import { mistakesAfter, remove, rename, set } from "./settings.ts";

test("small settings have no mistake", () => expect(mistakesAfter([])).toEqual([]));

describeMistakes("what is missing", [
  {
    what: "the site of the account, which has no default",
    edits: [remove("account/site")],
    at: "china:account.site",
    wanted: "one of china, international; it is required",
  },
  {
    what: "the account",
    edits: [remove("account")],
    at: "china:account",
    wanted: "a map of keys and values; it is required",
    fix: "The account that this stack belongs to",
  },
  {
    what: "a tag that every resource needs",
    edits: [remove("tags/data-class")],
    at: "china:tags.data-class",
    wanted: "a text; it is required",
  },
  {
    what: "the system disk's size",
    edits: [set("hosts/workers/systemDisk", { category: "cloud_essd" })],
    at: "china:hosts.workers.systemDisk.GiB",
    wanted: "a whole number from 20 to 2048; it is required",
  },
]);

describeMistakes("wrong types and values", [
  {
    what: "a text for a number",
    edits: [set("hosts/workers/count", "two")],
    at: "china:hosts.workers.count",
    wanted: "a whole number from 0 to 2000",
  },
  {
    what: "a fraction",
    edits: [set("hosts/workers/count", 1.5)],
    at: "china:hosts.workers.count",
    wanted: "a whole number from 0 to 2000",
  },
  {
    what: "not a number",
    edits: [set("hosts/workers/count", Number.NaN)],
    at: "china:hosts.workers.count",
    wanted: "a whole number from 0 to 2000",
  },
  {
    what: "fewer than none",
    edits: [set("hosts/workers/count", -1)],
    at: "china:hosts.workers.count",
    wanted: "a whole number from 0 to 2000",
  },
  {
    what: "too many",
    edits: [set("hosts/workers/count", 2001)],
    at: "china:hosts.workers.count",
    wanted: "a whole number from 0 to 2000",
  },
  { what: "a number for a text", edits: [set("region", 5)], at: "china:region", wanted: "a text" },
  {
    what: "a text for a list",
    edits: [set("hosts/workers/zones", "cn-shanghai-l")],
    at: "china:hosts.workers.zones",
    wanted: "a list",
  },
  {
    what: "an empty list",
    edits: [set("hosts/workers/zones", [])],
    at: "china:hosts.workers.zones",
    wanted: "at least 1 entry",
  },
  { what: "a list for a map", edits: [set("tags", [])], at: "china:tags", wanted: "a map of keys and values" },
  { what: "an empty text", edits: [set("tags/owner", "")], at: "china:tags.owner", wanted: "at least 1 characters" },
  {
    what: "yes for true",
    edits: [set("hosts/workers/software", { docker: "yes" })],
    at: "china:hosts.workers.software.docker",
    wanted: "true or false",
  },
  {
    what: "a word that is nearly allowed",
    edits: [set("account/site", "chna")],
    at: "china:account.site",
    wanted: "one of china, international",
    fix: "did you mean china?",
  },
  {
    what: "a way of paying that is nearly one",
    edits: [set("hosts/workers/pay", "pay-as-you-goo")],
    at: "china:hosts.workers.pay",
    wanted: "pay-as-you-go",
    fix: "did you mean pay-as-you-go?",
  },
  {
    what: "an account id that is no number",
    edits: [set("account/id", "acme")],
    at: "china:account.id",
    wanted: "number in quotes",
  },
  {
    what: "an hour that is none",
    edits: [set("hosts/workers/dataDisk", { GiB: 100, snapshots: { at: "03:30", keepDays: 7 } })],
    at: "china:hosts.workers.dataDisk.snapshots.at",
    wanted: "a full hour in quotes",
  },
  {
    what: "a mode without quotes, which YAML reads as a number",
    edits: [set("hosts/workers/software", { files: [{ path: "/etc/x", from: "LICENSE", mode: 644 }] })],
    at: "china:hosts.workers.software.files[0].mode",
    wanted: "a text",
  },
  {
    what: "a group's name in capitals",
    edits: [rename("hosts/workers", "Workers")],
    at: "china:hosts.Workers",
    wanted: "lower-case letters",
    fix: "rename the key",
  },
  {
    what: "a day that does not exist",
    edits: [
      set("accept", [{ what: "data-disk-deleted", on: "workers-03", why: "gone", by: "me", until: "2026-02-30" }]),
    ],
    at: "china:accept[0].until",
    wanted: "a day such as 2027-02-28",
  },
  {
    what: "the second of two entries, at its own place",
    edits: [set("network/rules", [5, { to: "wrkers", from: "vpc", ports: 80 }])],
    at: ["china:network.rules[0]", "china:network.rules[1].to"],
    wanted: "a map of keys and values",
  },
]);
