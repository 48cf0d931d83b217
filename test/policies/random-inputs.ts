import { stackType } from "../../plan/plan.ts";
import { providerType } from "../../policies/check.ts";
import type { Value, ValueMap } from "../../policies/reading.ts";
import type { Resource } from "../../policies/rule.ts";
import { rules } from "../../policies/rules.ts";
import { resource, secret, unknown } from "./cases.ts";

/** Stands in most texts that are made up here. A message that holds it would repeat a user's value. */
export const marker = "S3cr3tM4rk3r";

/** The same numbers for the same seed (mulberry32): quick, where a hundred thousand inputs are wanted. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 up to, and without, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(of: number): boolean {
    return this.next() < of;
  }

  one<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }
}

/** What a rule might read of a type: names, each with what it reads inside. */
interface Shape {
  readonly [name: string]: Shape;
}

function shapeOf(paths: readonly string[]): Shape {
  const heads = Map.groupBy(paths, (path) => path.replace(/[.[].*/s, ""));
  return Object.fromEntries(
    [...heads].map(([head, all]) => [
      head,
      shapeOf(all.map((path) => path.slice(head.length).replace(/^(\[\])*\.?/, "")).filter((rest) => rest !== "")),
    ]),
  );
}

const everyType = [...new Set(rules.flatMap(({ reads }) => Object.keys(reads)))].map((type) =>
  type === "*" ? "alicloud:any/other:Other" : type,
);
const shapes = new Map(
  everyType.map((type) => {
    const star = type.startsWith("alicloud:") ? rules.flatMap(({ reads }) => reads["*"] ?? []) : [];
    return [type, shapeOf([...rules.flatMap(({ reads }) => reads[type] ?? []), ...star])];
  }),
);

const bucketPolicy = (principal: string) =>
  JSON.stringify({
    Version: "1",
    Statement: [
      {
        Effect: "Allow",
        Principal: [principal],
        Action: ["oss:*"],
        Resource: ["*"],
        Condition: { Bool: { x: marker } },
      },
      { Effect: "Allow", Principal: { RAM: [principal, 5, null] }, Action: "*", Resource: `acs:*:*:*:${marker}` },
      marker,
    ],
  });

const script = `#!/bin/sh
export ALICLOUD_SECRET_KEY=${marker} TOKEN=${marker} password=${marker}
curl -H "Authorization: Bearer ${marker}" https://user:${marker}@files.${marker}.org/x | sh
pip install --index-url http://${marker}@pypi.org/simple --trusted-host ${marker}.example x
docker run docker.io/library/${marker}:latest
-----BEGIN RSA PRIVATE KEY-----
${marker}
-----END RSA PRIVATE KEY-----
`;
const cloudConfig = `#cloud-config
write_files:
  - path: /etc/docker/daemon.json
    content: '{"registry-mirrors":["https://${marker}.example"],"insecure-registries":["${marker}"]}'
apt: { sources: { x: { source: "deb http://${marker}.example/debian ${marker} main" } } }
password: ${marker}
? [${marker}]
`;

/** Texts that rules look for, beside texts that no rule knows. */
const texts: readonly [string, ...string[]] = [
  ...(["", " ", "true", "false", "null", "0", "-1", "*", "required", "optional", "enabled", "disabled"] as const),
  ...["accept", "ACCEPT", "drop", "ingress", "egress", "all", "tcp", "udp", "icmp", "intranet", "internet"],
  ...["-1/-1", "1/65535", "22/22", "20/30", "443/443", "65535/1", "a/b", `${marker}/22`, "99999999999999999999/1"],
  ...["0.0.0.0/0", "::/0", "10.0.0.0/8", "203.0.113.0/24", "203.0.113.7", "2001:db8::/32", "1.2.3.4/99", `${marker}/8`],
  ...[
    "cn-shanghai",
    "cn-hongkong",
    "us-west-1",
    "cn-shanghai-l",
    "oss-cn-shanghai",
    "cn-north-2-gov-1",
    `cn-${marker}`,
  ],
  ...["private", "public-read", "Suspended", "Enabled", "AES256", "KMS", "SM4", "Active", "Deactive", "PostPaid"],
  ...["HTTP", "HTTPS", `https://${marker}.oss-cn-hongkong.aliyuncs.com`, "ecs.aliyuncs.com", "AdministratorAccess"],
  ...["ssh-ed25519 AAAA", `-----BEGIN OPENSSH PRIVATE KEY-----${marker}`, `LTAI5t${marker}`, "general", "3"],
  ...[
    bucketPolicy("*"),
    bucketPolicy(marker),
    bucketPolicy("acs:ram::1234567890123456:root"),
    `{"Statement":${marker}`,
  ],
  ...[script, cloudConfig, Buffer.from(script).toString("base64"), Buffer.from(cloudConfig).toString("base64")],
  ...[
    `沪ICP备${marker}号`,
    "沪ICP备2021000001号-1",
    "\u0000\u202e\ud800",
    "💥".repeat(50),
    marker,
    `${marker} ${marker}`,
  ],
];

/** Long texts that simple patterns choke on. */
const huge: readonly [string, ...string[]] = [
  marker.repeat(20_000),
  " ".repeat(100_000),
  "a@".repeat(50_000),
  "0.0.0.0/0,".repeat(10_000),
  `#!/bin/sh\n${"https://".repeat(20_000)}`,
  `#cloud-config\n${"- ".repeat(30_000)}`,
  "{".repeat(50_000),
  Buffer.alloc(90_000, 0xff).toString("base64"),
];

function deep(depth: number): Value {
  let value: Value = marker;
  for (let i = 0; i < depth; i += 1) value = i % 2 === 0 ? [value] : { [`k${i}`]: value };
  return value;
}

const veryDeep = deep(1_000);

function anyValue(random: Random, shape: Shape, depth: number): Value {
  const names = Object.keys(shape);
  // Mostly of the form that the rule looks for, or it would never look further.
  if (names.length > 0 && depth < 4 && random.chance(0.7)) {
    const count = random.one([1, 1, 2, 3, 0]);
    const maps = Array.from({ length: count }, () =>
      random.chance(0.9) ? valuesOf(random, shape, depth + 1) : anyValue(random, {}, depth + 1),
    );
    return random.chance(0.3) && maps[0] !== undefined ? maps[0] : maps;
  }
  const kind = random.next();
  if (kind < 0.55) return random.one(texts);
  if (kind < 0.65)
    return random.one<Value>([true, false, 0, 1, -1, 22, 184, 65_536, 1.5, 1e21, Number.NaN, Number.MAX_VALUE]);
  if (kind < 0.72) return unknown;
  if (kind < 0.79) return secret;
  if (kind < 0.82) return null;
  if (kind < 0.9 && depth < 4) return Array.from({ length: random.below(4) }, () => anyValue(random, shape, depth + 1));
  if (kind < 0.99 && depth < 4)
    return valuesOf(random, { ...shape, owner: {}, env: {}, "mlps-level": {}, "data-class": {} }, depth + 1);
  if (kind < 0.999) return veryDeep;
  return random.one(huge);
}

function valuesOf(random: Random, shape: Shape, depth: number): ValueMap {
  const values: Record<string, Value> = {};
  for (const [name, inner] of Object.entries(shape)) {
    if (random.chance(0.75)) values[name] = anyValue(random, inner, depth);
  }
  if (random.chance(0.1)) values["constructor"] = marker;
  if (random.chance(0.1)) values[random.one(["__defaults", "toString", "0", "length", "ünïcode"])] = random.one(texts);
  return values;
}

/** A stack of resources of any types that rules look at, and of any values. */
export function randomStack(random: Random, size: number): readonly Resource[] {
  const made: Resource[] = [resource(stackType, {}, { name: "china-test" })];
  for (let i = 1; i < size; i += 1) {
    const type = everyType[random.below(everyType.length)] ?? "";
    const providerShape = shapes.get(providerType) ?? {};
    const provider = random.chance(0.2)
      ? null
      : valuesOf(random, random.chance(0.5) ? providerShape : { region: {} }, 0);
    const dependsOn = Array.from({ length: random.below(3) }, () => made[random.below(made.length)]).filter(
      (one) => one !== undefined,
    );
    const parent = random.chance(0.5)
      ? "urn:pulumi:test::china::computing-in-china:index:HostGroup::workers"
      : undefined;
    const values = valuesOf(random, shapes.get(type) ?? {}, 0);
    const options = { name: `r-${i}`, protect: random.chance(0.5), provider, dependsOn };
    made.push(resource(type, values, parent === undefined ? options : { ...options, parent }));
  }
  return made;
}

/** Each type with every one of its properties a huge text. */
export function hugeStack(): readonly Resource[] {
  return everyType.flatMap((type) =>
    huge.map((text, index) => {
      const filled = (shape: Shape): ValueMap =>
        Object.fromEntries(
          Object.entries(shape).map(([name, inner]) => [
            name,
            Object.keys(inner).length === 0 ? text : [filled(inner)],
          ]),
        );
      return resource(type, filled(shapes.get(type) ?? {}), { name: `huge-${index}` });
    }),
  );
}
