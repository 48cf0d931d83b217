import { addressesOf } from "./addresses.ts";
import type { Decoded, Piece } from "./decode.ts";
import { elementsOf, mirroredRegistries } from "./docker-config.ts";
import { mirrorsDockerHub, standingOf } from "./known-hosts.ts";
import type { BadHost } from "./overseas.ts";
import { type Place, placeOf } from "./places.ts";
import { isProbeList } from "./probe-list.ts";
import { isPrivateHost } from "./reach.ts";

/** Places by host: what is said of a host depends on the settings as well. */
export type HostPlaces = ReadonlyMap<string, readonly Place[]>;

/** Hosts that user data names, as far as no settings are needed to say so. */
export interface NamedHosts {
  /** Name of a bad host -> what speaks against it, and where it stands under which host names. */
  readonly bad: ReadonlyMap<string, { readonly why: BadHost; readonly places: HostPlaces }>;
  /** Alibaba Cloud's own, in a region outside the mainland. */
  readonly overseasRegions: readonly Place[];
  /** Neither bad nor private nor in the catalogue. */
  readonly unknown: HostPlaces;
  /** Addresses in registry-mirrors that mirror another registry, or nothing. */
  readonly wrongMirrors: HostPlaces;
  /** Images that DaoCloud refuses, and that nothing else would serve. */
  readonly refusedImages: readonly Place[];
}

const remembered = new WeakMap<Decoded, NamedHosts>();

export function namedHosts(decoded: Decoded): NamedHosts {
  const before = remembered.get(decoded);
  if (before !== undefined) return before;
  const found = new Finder(decoded).find();
  remembered.set(decoded, found);
  return found;
}

class Finder {
  readonly #pieces: readonly Piece[];
  /** Registries that a mirror stands before. */
  readonly #mirrored = new Set<string>();
  readonly #bad = new Map<string, { why: BadHost; places: Map<string, Place[]> }>();
  readonly #overseasRegions: Place[] = [];
  readonly #unknown = new Map<string, Place[]>();
  readonly #wrongMirrors = new Map<string, Place[]>();
  readonly #refusedImages: Place[] = [];
  /** Hosts that Docker asks for images of docker.io. */
  readonly #hubMirrors = new Set<string>();

  constructor(decoded: Decoded) {
    this.#pieces = decoded.pieces;
  }

  find(): NamedHosts {
    for (const piece of this.#pieces) this.#mirrors(piece);
    for (const piece of this.#pieces) this.#lines(piece);
    return {
      bad: this.#bad,
      overseasRegions: this.#overseasRegions,
      unknown: this.#unknown,
      wrongMirrors: this.#wrongMirrors,
      refusedImages: this.#refusedImages,
    };
  }

  #mirrors(piece: Piece): void {
    for (const registry of mirroredRegistries(piece.text)) this.#mirrored.add(registry);
    for (const { text, place } of elementsOf(piece, "registry-mirrors")) {
      this.#mirrored.add("docker.io");
      // What is bad or unknown as a host is said once, where every line is read.
      for (const { host, bad } of addressesOf(text)) {
        this.#hubMirrors.add(host);
        if (bad !== undefined || mirrorsDockerHub(host) || isPrivateHost(host)) continue;
        if (standingOf(host) !== "unknown") add(this.#wrongMirrors, host, place);
      }
    }
  }

  #lines(piece: Piece): void {
    if (isProbeList(piece.text)) return;
    // Here `server` names the registry that the file's mirrors stand before.
    const isHostsToml = piece.text.includes('[host."http');
    for (const { index, addresses, images, isServer } of piece.telling) {
      for (const { host, bad } of isHostsToml && isServer ? [] : addresses) {
        const place = placeOf(piece, index);
        if (bad !== undefined) this.#addBad(bad, host, place);
        else if (!isPrivateHost(host)) this.#addOther(host, place);
      }
      for (const { bad, registry, refused } of images) {
        const place = placeOf(piece, index);
        if (bad !== undefined) this.#addBad(bad, registry, place);
        else if (!isPrivateHost(registry)) this.#addOther(registry, place);
        if (refused === "by prefix" || (refused === "by mirror" && this.#asksOnlyDaocloud())) {
          this.#refusedImages.push(place);
        }
      }
    }
  }

  #asksOnlyDaocloud(): boolean {
    return this.#hubMirrors.size === 1 && this.#hubMirrors.has("docker.m.daocloud.io");
  }

  #addBad(why: BadHost, host: string, place: Place): void {
    if (why.registry && this.#mirrored.has(host)) return;
    const known = this.#bad.get(why.name) ?? { why, places: new Map<string, Place[]>() };
    this.#bad.set(why.name, known);
    add(known.places, host, place);
  }

  #addOther(host: string, place: Place): void {
    const standing = standingOf(host);
    if (standing === "overseas region") this.#overseasRegions.push(place);
    if (standing === "unknown") add(this.#unknown, host, place);
  }
}

function add(to: Map<string, Place[]>, host: string, place: Place): void {
  const places = to.get(host) ?? [];
  to.set(host, places);
  places.push(place);
}
