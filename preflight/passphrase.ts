import { createDecipheriv, pbkdf2 } from "node:crypto";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { parse } from "yaml";
import { z } from "zod";
import type { Secrets } from "./workplace.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const stackFile = z.object({ secretsprovider: z.string().optional(), encryptionsalt: z.string().optional() });

/**
 * How the stack's secrets are encrypted, and whether the passphrase of this environment opens them. Tried on the word that Pulumi
 * itself keeps in the stack file for that; the passphrase goes nowhere else.
 *
 * @param text of the stack file
 * @param backend address of the state's backend: Pulumi's own service has keys of its own
 */
export async function findSecrets(text: string, backend: string | undefined, env: Environment): Promise<Secrets> {
  const { secretsprovider: named, encryptionsalt: salt } = stackFile.safeParse(parse(text)).data ?? {};
  if (named !== undefined && named !== "passphrase" && named !== "default") {
    return { provider: named.replace(/:\/\/.*$/s, "") };
  }
  if (salt === undefined && named !== "passphrase" && backend?.startsWith("https://")) return { provider: "service" };
  const found = await passphraseOf(env);
  if (found.phrase === undefined) return { provider: "passphrase", ...found };
  const { phrase, from } = found;
  return { provider: "passphrase", from, ...(salt === undefined ? {} : { opens: await opens(salt, phrase) }) };
}

type Found =
  | { readonly phrase: string; readonly from: NonNullable<Secrets["from"]> }
  | ({ readonly phrase?: undefined } & Pick<Secrets, "from" | "why">);

/** As Pulumi looks: the variable, an empty one too, then the file. */
async function passphraseOf(env: Environment): Promise<Found> {
  const { PULUMI_CONFIG_PASSPHRASE: own, PULUMI_CONFIG_PASSPHRASE_FILE: file } = env;
  if (own !== undefined) return { phrase: own, from: "PULUMI_CONFIG_PASSPHRASE" };
  if (!file) return {};
  const from = "PULUMI_CONFIG_PASSPHRASE_FILE";
  try {
    return { phrase: (await readFile(file, "utf8")).trim(), from };
  } catch (error) {
    return { from, why: `it names a file that cannot be read (${(error as { readonly code?: string }).code})` };
  }
}

/** How a passphrase becomes a key. Source: pulumi/pulumi 3.259.0, sdk/go/common/resource/config/crypt.go. */
const key = { rounds: 1_000_000, bytes: 32, digest: "sha256" };
const tagBytes = 16;

/** Whether a passphrase opens a salt, "v1:<salt>:v1:<nonce>:<text and tag>": the text is then "pulumi". */
async function opens(salt: string, phrase: string): Promise<boolean> {
  const [version, start = "", inner, nonce = "", sealed = ""] = salt.split(":");
  if (version !== "v1" || inner !== "v1") return false;
  const bytes = (text: string) => Buffer.from(text, "base64");
  const secret = await promisify(pbkdf2)(phrase, bytes(start), key.rounds, key.bytes, key.digest);
  const data = bytes(sealed);
  try {
    const decipher = createDecipheriv("aes-256-gcm", secret, bytes(nonce));
    decipher.setAuthTag(data.subarray(-tagBytes));
    const text = Buffer.concat([decipher.update(data.subarray(0, -tagBytes)), decipher.final()]);
    return text.toString() === "pulumi";
  } catch {
    return false;
  }
}
