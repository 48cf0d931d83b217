import { describeMistakes } from "./mistake-rows.ts";
import { set } from "./settings.ts";

const rule = (change: object) => set("network/rules", [{ to: "workers", from: "vpc", ports: 80, ...change }]);

describeMistakes("rules", [
  {
    what: "a group that is none",
    edits: [rule({ to: "wrkers" })],
    at: "china:network.rules[0].to",
    wanted: "a host group: workers",
    fix: "did you mean workers?",
  },
  {
    what: "a source that is none",
    edits: [rule({ from: "office" })],
    at: "china:network.rules[0].from",
    wanted: "a name: workers, vpc",
    fix: "china:network.sources",
  },
  {
    what: "a range instead of its name",
    edits: [rule({ from: "203.0.113.0/24" })],
    at: "china:network.rules[0].from",
    wanted: "a name",
    fix: "give it a name under china:network.sources",
  },
  {
    what: "tcp without ports",
    edits: [rule({ ports: undefined })],
    at: "china:network.rules[0].ports",
    wanted: "tcp cannot do without",
    fix: "ports: 8786",
  },
  {
    what: "udp without ports",
    edits: [rule({ protocol: "udp", ports: undefined })],
    at: "china:network.rules[0].ports",
    wanted: "udp cannot do without",
  },
  {
    what: "a range the wrong way round",
    edits: [rule({ ports: "9010-9000" })],
    at: "china:network.rules[0].ports",
    wanted: "the lower first",
  },
  {
    what: "a port that is none",
    edits: [rule({ ports: "70000" })],
    at: "china:network.rules[0].ports",
    wanted: "from 1 to 65535",
  },
  { what: "port 0", edits: [rule({ ports: 0 })], at: "china:network.rules[0].ports", wanted: "at least 1" },
  {
    what: "words for ports",
    edits: [rule({ ports: "http" })],
    at: "china:network.rules[0].ports",
    wanted: "a port such as 8786 or a range such as 9000-9010",
  },
  {
    what: "icmp with ports",
    edits: [rule({ protocol: "icmp" })],
    at: "china:network.rules[0].ports",
    wanted: "no ports: icmp has none",
    fix: "remove ports",
  },
  {
    what: "a protocol that is none",
    edits: [rule({ protocol: "tpc" })],
    at: "china:network.rules[0].protocol",
    wanted: "one of tcp, udp, icmp, all",
    fix: "did you mean tcp?",
  },
  {
    what: "the same rule twice, in other words",
    edits: [
      set("network/rules", [
        { to: "workers", from: "vpc", ports: 80 },
        { to: "workers", from: "vpc", ports: "80-80" },
      ]),
    ],
    at: "china:network.rules[1]",
    wanted: "a rule of its own: rule 1 of the list says the same",
    fix: "remove it",
  },
  {
    what: "a rule that access: ssh makes already",
    edits: [rule({ ports: 22 }), set("hosts/workers/access", { ssh: { from: "vpc", key: "keys/team.pub" } })],
    at: "china:network.rules[0]",
    wanted: "access: ssh of workers says the same",
  },
]);
