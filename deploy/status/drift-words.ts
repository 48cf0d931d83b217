/** Names of properties that a reader would not know again; others are taken apart: systemDiskSize -> system disk size. */
const known: Readonly<Record<string, string>> = {
  instanceName: "name",
  instanceAlias: "name",
  vpcName: "name",
  vswitchName: "name",
  securityGroupName: "name",
  natGatewayName: "name",
  addressName: "name",
  diskName: "name",
  instanceType: "type",
  instanceChargeType: "way of paying",
  paymentType: "way of paying",
  renewalStatus: "renewal",
  userData: "user data",
  imageId: "image",
  ipWhiteLists: "allow-list",
  deletionProection: "deletion protection",
  tags: "tags",
  volumeTags: "tags of its disks",
};

/** A property's path in words: tags.env -> tag env. */
export function propertyInWords(path: string): string {
  const [first = "", ...rest] = path.split(/\.|(?=\[)/);
  const below = rest.join(".").replace(/\.\[/g, "[");
  if (first === "tags" && below !== "") return `tag ${unquoted(below)}`;
  const name = Object.hasOwn(known, first) ? (known[first] ?? first) : apart(first);
  return below === "" ? name : `${name} ${unquoted(below)}`;
}

/** ["data-class"] -> data-class */
function unquoted(text: string): string {
  return text.replace(/\["([^"]*)"\]/g, "$1");
}

function apart(name: string): string {
  return name.replace(
    /[A-Z]+(?![a-z])|[A-Z]/g,
    (part, at: number) => `${at === 0 ? "" : " "}${part.length > 1 ? part : part.toLowerCase()}`,
  );
}

/** Longest value that is shown. */
const longest = 60;
/** Properties whose values say nothing to a reader, or may hold what nobody should. */
const hidden = /^(userData|password|kmsEncrypted|kmsEncryptionContext)/;

/** A value of the engine's, short; what is secret, or may be, is not shown. */
export function valueInWords(path: string, value: unknown): string {
  if (value === undefined || value === null || value === "") return "nothing";
  if (hidden.test(path) || isSecret(value)) return "(not shown)";
  if (typeof value === "boolean") return value ? "yes" : "no";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text === "[]" || text === "{}") return "nothing";
  return text.length > longest ? `${text.slice(0, longest - 3)}...` : text;
}

/** The key by which Pulumi marks special values (sdk/go/common/resource/sig). */
const mark = "4dabf18193072939515e22adb298388d";

function isSecret(value: unknown): boolean {
  if (value === "[secret]") return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.hasOwn(value, mark) || Object.values(value).some(isSecret);
}
