import type { Decoded, Piece } from "./decode.ts";
import { type Place, placeOf } from "./places.ts";
import type { SecretKind } from "./secret-forms.ts";

const remembered = new WeakMap<Decoded, ReadonlyMap<SecretKind, readonly Place[]>>();

/** Secrets in user data, by kind; comments count, since whoever reads user data reads those too. */
export function secretsIn(decoded: Decoded): ReadonlyMap<SecretKind, readonly Place[]> {
  const before = remembered.get(decoded);
  if (before !== undefined) return before;
  const found = new Map<SecretKind, Place[]>();
  const add = (kind: SecretKind, place: Place) => {
    const places = found.get(kind) ?? [];
    found.set(kind, places);
    places.push(place);
  };
  for (const piece of decoded.pieces) {
    for (const { index, secrets } of piece.telling) {
      for (const kind of secrets) add(kind, placeOf(piece, index));
    }
    for (const index of passwordList(piece)) add("a password", placeOf(piece, index));
  }
  remembered.set(decoded, found);
  return found;
}

/** Lines of cloud-init's own list of passwords, `chpasswd: list:`; R and RANDOM ask it to make one up. */
function* passwordList({ text }: Piece): Generator<number> {
  if (!text.includes("chpasswd:")) return;
  let state: "outside" | "chpasswd" | "list" = "outside";
  for (const [index, line] of text.split("\n").entries()) {
    if (/^\s*chpasswd:/.test(line)) state = "chpasswd";
    else if (/^\S/.test(line)) state = "outside";
    else if (state === "chpasswd" && /^\s+list:/.test(line)) state = "list";
    else if (state === "list" && /^\s+(?:-\s+)?["']?[a-z_][\w-]{0,31}:(?!(?:R|RANDOM)["']?\r?$)\S/.test(line))
      yield index;
  }
}
