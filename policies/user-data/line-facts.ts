import { type Address, addressesOf } from "./addresses.ts";
import { type Image, imagesOf } from "./images.ts";
import { type Tampering, tamperingOf } from "./plain-http.ts";
import { rememberLines } from "./remember.ts";
import { type SecretKind, secretsOf } from "./secret-forms.ts";

/** Everything that a line by itself says to the rules. */
export interface LineFacts {
  readonly addresses: readonly Address[];
  readonly images: readonly Image[];
  readonly secrets: readonly SecretKind[];
  readonly tampering: readonly Tampering[];
  /** `server = ...` of a hosts.toml: names the registry that the file is about. */
  readonly isServer: boolean;
}

/** Facts of a line with its place, from 0; most lines have none. */
export interface TellingLine extends LineFacts {
  readonly index: number;
}

export function tellingLines(text: string): readonly TellingLine[] {
  const telling: TellingLine[] = [];
  let at = 0;
  for (let index = 0; at <= text.length; index += 1) {
    const end = text.indexOf("\n", at);
    const line = text.slice(at, end < 0 ? text.length : end);
    const facts = factsOf(line);
    if (facts !== nothing) telling.push({ index, ...facts });
    if (end < 0) break;
    at = end + 1;
  }
  return telling;
}

const nothing: LineFacts = { addresses: [], images: [], secrets: [], tampering: [], isServer: false };

const factsOf = rememberLines((written: string): LineFacts => {
  const line = written.endsWith("\r") ? written.slice(0, -1) : written;
  const addresses = addressesOf(line);
  const images = imagesOf(line);
  const secrets = secretsOf(line);
  const tampering = tamperingOf(line, addresses);
  if (addresses.length + images.length + secrets.length + tampering.length === 0) return nothing;
  return { addresses, images, secrets, tampering, isServer: /^\s*server\s*=/.test(line) };
});
