import { tagLimits } from "../../../catalog/limits.ts";
import { type Mistake, quoted } from "../mistakes.ts";
import { type Check, entriesOf } from "./check.ts";

/** Tags that every resource gets from the program itself. */
const ownTags = ["project", "stack", "component"];

/** Tags stay within the cloud's limits. */
export const checkTags: Check = ({ settings: { tags } }) => {
  const all = entriesOf(tags);
  const free = tagLimits.most - ownTags.length;
  return [
    ...(all.length > free
      ? [
          {
            path: ["tags"],
            found: `${all.length} tags`,
            wanted: `at most ${free}: the cloud allows ${tagLimits.most}, and ${ownTags.join(", ")} are added`,
          },
        ]
      : []),
    ...all.flatMap(([key, value]): Mistake[] => {
      const path = ["tags", key];
      if (ownTags.includes(key)) {
        return [
          { path, found: quoted(key), wanted: "another name: the program sets this tag itself", fix: "remove it" },
        ];
      }
      if (tagLimits.forbiddenStart.test(key)) {
        return [{ path, found: quoted(key), wanted: "a tag that does not begin with aliyun, acs: or http" }];
      }
      if (key.length > tagLimits.longestKey || value.length > tagLimits.longestValue) {
        return [
          { path, found: quoted(value), wanted: `name and value of at most ${tagLimits.longestValue} characters` },
        ];
      }
      return [];
    }),
  ];
};

/** The SSH key is a public one, in the project. */
export const checkKeys: Check = ({ settings, readFile }) =>
  entriesOf(settings.hosts).flatMap(([name, { access }]): Mistake[] => {
    if (access === undefined || access === "cloud-assistant" || access.ssh?.key === undefined) return [];
    const path = ["hosts", name, "access", "ssh", "key"];
    const text = readFile(access.ssh.key);
    if (text === undefined) {
      return [
        {
          path,
          found: quoted(access.ssh.key),
          wanted: "a file of the project with the public key",
          fix: "ssh-keygen -t ed25519, then name the .pub file",
        },
      ];
    }
    if (/PRIVATE KEY/.test(text)) {
      return [
        {
          path,
          found: `${quoted(access.ssh.key)}, a private key`,
          wanted: "the public key, in the .pub file",
          fix: "name the .pub file; make a new pair if this one was committed",
        },
      ];
    }
    return isPublicKey(text)
      ? []
      : [
          {
            path,
            found: quoted(access.ssh.key),
            wanted: "a public key in OpenSSH form: ssh-ed25519 AAAA... or ssh-rsa AAAA...",
          },
        ];
  });

export function isPublicKey(text: string): boolean {
  return /^(ssh-(rsa|ed25519)|ecdsa-sha2-nistp(256|384|521)) [A-Za-z0-9+/]+=*( [^\r\n]*)?\s*$/.test(text);
}
