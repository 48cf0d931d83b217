import type { Decoded, Piece } from "./decode.ts";
import { elementsOf } from "./docker-config.ts";
import type { Field } from "./fields.ts";
import { type Place, placeOf, placesText } from "./places.ts";
import { isOutside, type Tampering } from "./plain-http.ts";
import { isProbeList } from "./probe-list.ts";

/** What is found, in words that hold nothing of the user data. */
export interface Remark {
  readonly found: string;
  readonly wanted: string;
  readonly level?: "advisory";
}

const KiB = 1024;

/** Whether user data arrives: what the API takes, and what the host then reads. */
export function* arrival(decoded: Decoded, { takes, readBy, most }: Field, safe: number): Generator<Remark> {
  const { bytes, sentAs, brokenBase64, formats, broken } = decoded;
  if (bytes > most) {
    yield { found: `more than ${most / KiB} KB before base64`, wanted: `at most ${most / KiB} KB` };
  } else if (bytes > safe) {
    const wanted = `at most ${safe / KiB} KB, which older pages name as the limit: gzip, or files from OSS`;
    yield { found: `more than ${safe / KiB} KB before base64`, wanted, level: "advisory" };
  }
  if (brokenBase64) {
    yield { found: "base64 that does not decode", wanted: "standard base64 with its padding" };
    return;
  }
  if (sentAs === "text" && takes === "base64") {
    yield { found: "text, which is sent as it is", wanted: "base64: the API takes nothing else here" };
  }
  if (readBy !== "cloud-init") return;
  for (const { where, format } of formats) {
    if (format !== "none") continue;
    const wanted = "#cloud-config, #!/bin/sh or another first line that it knows";
    yield { found: `a first line that cloud-init does not know${inPart(where)}`, wanted };
  }
  for (const { where, why } of broken) {
    const wanted = "YAML, a map at the top, or cloud-init applies nothing of it";
    const isDoubtful = why === "YAML whose brackets or quotes seem not to end";
    yield { found: `${why}${inPart(where)}`, wanted, ...(isDoubtful ? { level: "advisory" } : {}) };
  }
}

const words: Readonly<Record<Tampering, Omit<Remark, "found">>> = {
  "packages over plain http from outside the VPC": { wanted: "https, or mirrors.cloud.aliyuncs.com inside the VPC" },
  "signed packages over plain http from outside the VPC": {
    wanted: "https, or mirrors.cloud.aliyuncs.com inside the VPC",
    level: "advisory",
  },
  "a download over plain http from outside the VPC": { wanted: "https and a checksum", level: "advisory" },
  "a trusted host outside the VPC": { wanted: "https with its certificate checked" },
  "a registry whose certificate is not checked": { wanted: "a registry with a certificate that the host knows" },
};

const remembered = new WeakMap<Decoded, readonly Remark[]>();

/** Whether what a host installs is what its author meant: nobody on the way can change it, and no mirror can say what a tag means. */
export function integrity(decoded: Decoded): readonly Remark[] {
  const before = remembered.get(decoded);
  if (before !== undefined) return before;
  const remarks = [...integrityOf(decoded)];
  remembered.set(decoded, remarks);
  return remarks;
}

function* integrityOf({ pieces }: Decoded): Generator<Remark> {
  const found = new Map<Tampering, Place[]>();
  const byTag: Place[] = [];
  const insecure: Place[] = [];
  for (const piece of pieces) {
    // Nothing is installed from the places that a probe tries.
    if (isProbeList(piece.text)) continue;
    for (const { index, tampering, images } of piece.telling) {
      for (const what of tampering) add(found, what, placeOf(piece, index));
      if (images.some(({ hasDigest }) => !hasDigest)) byTag.push(placeOf(piece, index));
    }
    for (const index of moreTrustedHosts(piece)) add(found, "a trusted host outside the VPC", placeOf(piece, index));
    for (const { place } of elementsOf(piece, "insecure-registries")) insecure.push(place);
  }
  for (const [what, places] of found) yield { found: `${what} (${placesText(places)})`, ...words[what] };
  if (insecure.length > 0) {
    const wanted = "a registry with a certificate that the host knows";
    yield { found: `insecure-registries (${placesText(insecure)})`, wanted };
  }
  if (byTag.length > 0) {
    const wanted = "its digest (@sha256:...): a mirror decides what a tag means";
    yield { found: `a container image without a digest (${placesText(byTag)})`, wanted, level: "advisory" };
  }
}

/** Lines below `trusted-host =` that hold one host each, as pip.conf may have it. */
function* moreTrustedHosts({ text }: Piece): Generator<number> {
  if (!/trusted-host\s{0,4}=[ \t]{0,4}\r?\n/.test(text)) return;
  let isList = false;
  for (const [index, line] of text.split("\n").entries()) {
    if (/^\s*trusted-host\s*=\s*$/.test(line)) isList = true;
    else if (isList && /^\s+[\w.:-]+\s*$/.test(line)) {
      if (isOutside(line.trim())) yield index;
    } else isList = false;
  }
}

function add(to: Map<Tampering, Place[]>, what: Tampering, place: Place): void {
  const places = to.get(what) ?? [];
  to.set(what, places);
  places.push(place);
}

function inPart(where: string): string {
  return where === "" ? "" : ` (${where})`;
}
