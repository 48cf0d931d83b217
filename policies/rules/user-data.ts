import { userDataLimits } from "../../catalog/limits.ts";
import { mlps, practice } from "../clauses.ts";
import { undecided, violation } from "../demand.ts";
import type { Props, Reading } from "../reading.ts";
import type { Finding, Judged, ResourceRule } from "../rule.ts";
import { type Decoded, decodeUserData } from "../user-data/decode.ts";
import { type Field, fields, reads } from "../user-data/fields.ts";
import { type HostPlaces, namedHosts } from "../user-data/hosts.ts";
import { isListed } from "../user-data/known-hosts.ts";
import { placesText } from "../user-data/places.ts";
import { secretsIn } from "../user-data/secrets.ts";
import { arrival, integrity } from "../user-data/shape.ts";

const mandatory = { baseline: "mandatory", "mlps-3": "mandatory" } as const;

const hosts: ResourceRule = {
  id: "cn-userdata-hosts",
  title: "Hosts named in user data",
  description:
    "User data names only hosts that answer from the mainland: sources of the catalogue, Alibaba Cloud's own, private ones, and those of the settings. A host that waits for one of the usual overseas servers is half installed and says so in a log that nobody reads.",
  severity: "high",
  clause: practice("software sources", "packages and images from sources that answer in the mainland"),
  tags: [],
  source: {
    source: "DaoCloud/public-image-mirror README and allows.txt; catalog/sources.ts, each with its own source",
    observedAt: "2026-08-21",
  },
  fix: "china:mirrors chooses mirrors, the hosts' software.files and software.commands name what is wanted, and china:policies.userData.hosts lists hosts of your own; in another program: what is wanted, in its user data",
  levels: mandatory,
  reads,
  *check(resource, { settings }) {
    const listed = settings.userData.hosts;
    yield* ofEach(resource, function* (path, decoded) {
      yield* unreadable(path, decoded);
      const { bad, overseasRegions, unknown, wrongMirrors, refusedImages } = namedHosts(decoded);
      for (const { why, places } of bad.values()) {
        const { name, instead, level } = why;
        // A setting cannot make a host answer that does not; it can say that a slow one is good enough.
        const meant = level === "advisory" ? unlisted(places, listed) : places;
        if (meant.size > 0) yield violation(path, `${name} (${everywhere(meant)})`, instead, level);
      }
      if (overseasRegions.length > 0) {
        const found = `an address of Alibaba Cloud outside the mainland (${placesText(overseasRegions)})`;
        yield violation(path, found, "an address of a region in the mainland");
      }
      const mirrors = unlisted(wrongMirrors, listed);
      if (mirrors.size > 0) {
        const found = `a host in registry-mirrors that does not mirror docker.io (${everywhere(mirrors)})`;
        yield violation(
          path,
          found,
          "https://docker.m.daocloud.io; other registries by m.daocloud.io/ before the name",
        );
      }
      if (refusedImages.length > 0) {
        const found = `an image that DaoCloud refuses (${placesText(refusedImages)})`;
        yield violation(path, found, "an image on its allow list, or a copy in one's own registry");
      }
      const strange = unlisted(unknown, listed);
      if (strange.size > 0) {
        const found = `${strange.size === 1 ? "a host" : `${strange.size} hosts`} that the catalogue does not know (${everywhere(strange)})`;
        yield violation(
          path,
          found,
          "a source of the catalogue, or the host in userData.hosts of the settings",
          "advisory",
        );
      }
    });
  },
};

const secrets: ResourceRule = {
  id: "cn-userdata-secrets",
  title: "No secrets in user data",
  description:
    "User data holds no key, password or token: every process on the host and everybody who may describe it can read them, and they stay on the disk and in the state.",
  severity: "critical",
  clause: mlps("8.1.4.8", "confidentiality of data"),
  tags: ["checkov:CKV_AWS_46"],
  source: { source: "Alibaba Cloud docs, manage the user data of Linux instances", observedAt: "2025-08" },
  fix: "take it out of the hosts' software.files and software.commands: the host fetches it with its RAM role (role), a container gets it from china:secrets; in another program the same; and renew what stood there",
  levels: mandatory,
  reads,
  *check(resource) {
    yield* ofEach(resource, function* (path, decoded) {
      yield* unreadable(path, decoded);
      for (const [kind, places] of secretsIn(decoded)) {
        yield violation(path, `${kind} (${placesText(places)})`, "nothing secret: the host fetches it with its role");
      }
    });
  },
};

const shape: ResourceRule = {
  id: "cn-userdata-shape",
  title: "User data that arrives and cannot be changed",
  description:
    "User data fits, decodes and begins as cloud-init wants it, or the host starts without it; and what it installs comes over connections that nobody on the way can change, images by their digest.",
  severity: "medium",
  clause: practice("user data", "user data that arrives, and packages that nobody on the way can change"),
  tags: [],
  source: {
    source: "Alibaba Cloud docs, Linux user data; canonical/cloud-init handlers and user_data.py; pip issue 8606",
    observedAt: "2025-08",
  },
  fix: "the stack's own part fits and uses the VPC's mirrors: shorten software.files, write https and image digests in the hosts' software; in another program: base64 of gzip of a #cloud-config, https or addresses inside the VPC",
  levels: mandatory,
  reads,
  *check(resource) {
    yield* ofEach(resource, function* (path, decoded, field) {
      yield* unreadable(path, decoded);
      const remarks = [...arrival(decoded, field, userDataLimits.safeBytes), ...integrity(decoded)];
      for (const { found, wanted, level } of remarks) yield violation(path, found, wanted, level);
    });
  },
};

export const userDataRules = [hosts, secrets, shape] as const;

/** Asks about each user data of a resource that can be read here. */
function* ofEach(
  { type, props }: Judged,
  judge: (path: string, decoded: Decoded, field: Field) => Iterable<Finding>,
): Generator<Finding> {
  for (const field of fields[type] ?? []) {
    for (const reading of readingsOf(props, field)) {
      if (reading.state === "known") yield* judge(reading.path, decodeUserData(reading.value), field);
      if (reading.state === "undecided") yield undecided(reading.path);
      if (reading.state === "wrong") yield violation(reading.path, reading.found, "user data as text");
    }
  }
}

function* readingsOf(props: Props, { property, list }: Field): Generator<Reading<string>> {
  if (list === undefined) {
    yield props.text(property);
    return;
  }
  const elements = props.maps(list);
  if (elements.state !== "known") {
    yield elements;
    return;
  }
  for (const element of elements.value) {
    if (element.state === "known") yield element.value.text(property);
    else yield element;
  }
}

function* unreadable(path: string, decoded: Decoded): Generator<Finding> {
  for (const { where, why } of decoded.unreadable) {
    yield violation(path, where === "" ? why : `${why} (${where})`, "user data that can be read");
  }
}

/** Without the hosts that the settings name. */
function unlisted(places: HostPlaces, listed: readonly string[]): HostPlaces {
  return listed.length === 0 ? places : new Map([...places].filter(([host]) => !isListed(host, listed)));
}

function everywhere(places: HostPlaces): string {
  return placesText([...places.values()].flat());
}
