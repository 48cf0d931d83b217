import { secretAssigned } from "./assignments.ts";

/** What a secret is called in a message; never the secret. */
export type SecretKind =
  | "an access key"
  | "a private key"
  | "a password"
  | "a password in an address"
  | "the hash of a password"
  | "a token or secret"
  | "credentials of a request";

/** Secrets that a line holds by itself. */
export function secretsOf(line: string): readonly SecretKind[] {
  const kinds = new Set<SecretKind>(secretAssigned(line));
  for (const { kind, form } of forms) if (form.test(line)) kinds.add(kind);
  return [...kinds];
}

/** What is a secret by its form. Each is bounded, so that no line makes it slow. */
const forms: readonly { readonly kind: SecretKind; readonly form: RegExp }[] = [
  // Alibaba Cloud's ids begin with LTAI, temporary ones with STS; then AWS and Tencent Cloud.
  { kind: "an access key", form: /(?<![A-Za-z0-9])LTAI[A-Za-z0-9]{12,26}(?![A-Za-z0-9])/ },
  { kind: "an access key", form: /(?<![A-Za-z0-9.])STS\.[A-Za-z0-9]{16,40}(?![A-Za-z0-9])/ },
  { kind: "an access key", form: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/ },
  { kind: "an access key", form: /(?<![A-Za-z0-9])AKID[A-Za-z0-9]{32}(?![A-Za-z0-9])/ },
  { kind: "a private key", form: /-----BEGIN (?:[A-Z0-9]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----/ },
  // GitHub, GitLab, Slack; then a JSON web token.
  {
    kind: "a token or secret",
    form: /(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{40}|glpat-[\w-]{20}|xox[abprs]-[\w-]{10})/,
  },
  { kind: "a token or secret", form: /(?<![\w-])eyJ[\w-]{10,1000}\.eyJ[\w-]{10}/ },
  { kind: "a password in an address", form: /:\/\/[^\s:@/'"<>$]{0,100}:[^\s@/'"<>${}*]{1,100}@[\w.[$]/ },
  {
    kind: "the hash of a password",
    form: /\$[156]\\?\$(?:rounds=\d{1,9}\\?\$)?[./A-Za-z0-9]{0,16}\\?\$[./A-Za-z0-9]{22}/,
  },
  { kind: "the hash of a password", form: /\$2[abxy]\\?\$\d\d\\?\$[./A-Za-z0-9]{53}/ },
  {
    kind: "the hash of a password",
    form: /\$(?:y|gy|7)\\?\$[./A-Za-z0-9]{1,20}\\?\$[./A-Za-z0-9]{1,90}\\?\$[./A-Za-z0-9]{20}/,
  },
  {
    kind: "credentials of a request",
    form: /\bAuthorization\\?["']?\s{0,4}[:=]\s{0,4}\\?["']?(?:Bearer|Basic|Token)\s{1,4}[^\s$"'{<`]{8}/i,
  },
  {
    kind: "credentials of a request",
    form: /\bcurl\b[^;|]{0,300}\s(?:-u|--user)[=\s]\s?["']?[^\s:$"']{1,100}:[^\s$"']/,
  },
  { kind: "a password", form: /(?<![\w$])[\w.-]{1,32}:[^\s:$"'|]{1,100}["']?\s{0,4}\|\s{0,4}(?:sudo\s)?chpasswd\b/ },
  { kind: "a password", form: /\bchpasswd\b.{0,20}<<<\s{0,4}["']?[^\s:$"']{1,32}:[^\s$]/ },
  { kind: "a password", form: /<[\w.-]{0,40}(?:password|passphrase|passwd)>\s{0,4}[^<\s$`{*]/i },
  { kind: "a password", form: /\bnet\s{1,4}user\s{1,4}[\w.-]{1,40}\s{1,4}["']?[^\s/*$%"'|&<>]/i },
  { kind: "a password", form: /\bsshpass\s{1,4}-p\s{0,4}["']?[^\s$"'-]/ },
  { kind: "a password", form: /\b(?:docker|podman|nerdctl)\s+login\b[^;|&]{0,200}\s-p[=\s]\s?["']?[^\s$"'-]/ },
  { kind: "a password", form: /\bmysql(?:dump|admin)?\b[^;|&]{0,200}\s-p["']?[^\s$"'-]/ },
  { kind: "a password", form: /(?<![\w-])(?:requirepass|masterauth|IDENTIFIED\s+BY)\s{1,4}["']?[^\s$"'<{]/i },
];
