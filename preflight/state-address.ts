type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Every parameter of an s3:// address that Pulumi takes; any other stops it.
 * Source: gocloud.dev 0.46.1 (aws/aws.go, blob/s3blob/s3blob.go) and pulumi/pulumi 3.259.0 (pkg/backend/diy/backend.go).
 */
const known = [
  ...["accelerate", "anonymous", "awssdk", "disable_https", "disableSSL", "dualstack", "endpoint", "fips", "kmskeyid"],
  ...["hostname_immutable", "profile", "rate_limiter_capacity", "region", "request_checksum_calculation"],
  ...["response_checksum_validation", "role", "s3ForcePathStyle", "ssetype", "use_path_style"],
];

/** Parameters by which the bucket ends up in the path. */
const pathStyle = ["s3ForcePathStyle", "use_path_style", "hostname_immutable"];

/** Go's strconv.ParseBool. */
const yes = /^(?:1|t|true)$/i;

/** Regions of Amazon that begin as Alibaba Cloud's do. */
const ofAmazon = ["cn-north-1", "cn-northwest-1"];

/** The address of a state in a bucket of a region, as docs/state.md has it. */
export function addressIn(region: string, bucket = "BUCKET"): string {
  return `s3://${bucket}?region=${region}&endpoint=https://s3.oss-${region}.aliyuncs.com&response_checksum_validation=when_required`;
}

/**
 * What OSS or Pulumi will not take in the address of a state, and what to write instead: what can be seen without asking. Only of
 * addresses that are meant for OSS.
 *
 * @returns undefined when nothing is wrong, or when it is the address of something else
 */
export function wrongInAddress(address: string, environment: Environment = {}): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const bucket = url.hostname;
  if (url.protocol === "oss:") {
    return `Pulumi knows no oss:// and takes it for its own service: OSS is reached by its S3 API, '${addressIn("cn-shanghai", bucket)}'`;
  }
  if (url.protocol !== "s3:") return undefined;
  const region = url.searchParams.get("region") ?? "";
  const given = url.searchParams.get("endpoint");
  if (given === null) {
    if (!/^(?:oss-)?cn-/.test(region) || ofAmazon.includes(region)) return undefined;
    return "it names no endpoint, so Pulumi asks Amazon for the bucket. In a shell the address stands in quotes: without them it ends at the first &";
  }
  const endpoint = /^https?:\/\//.test(given) ? given : `https://${given}`;
  if (!URL.canParse(endpoint)) return undefined;
  const { hostname, protocol } = new URL(endpoint);
  if (!hostname.endsWith(".aliyuncs.com")) return undefined;
  return wrongForOss(url.searchParams, { bucket, hostname, http: protocol === "http:" }, environment);
}

interface Place {
  readonly bucket: string;
  readonly hostname: string;
  readonly http: boolean;
}

function wrongForOss(query: URLSearchParams, place: Place, environment: Environment): string | undefined {
  const { bucket, hostname, http } = place;
  const isSet = (name: string) => yes.test(query.get(name) ?? "");
  const inPath = pathStyle.find(isSet);
  if (inPath !== undefined) {
    return `OSS takes the bucket in front of the host's name only (SecondLevelDomainForbidden): take ${inPath} out of the address`;
  }
  if (hostname.startsWith(`${bucket}.`)) {
    return `Pulumi puts the bucket in front of the endpoint itself: endpoint=https://${hostname.slice(bucket.length + 1)}`;
  }
  const { AWS_REQUEST_CHECKSUM_CALCULATION: variable, AWS_REGION, AWS_DEFAULT_REGION } = environment;
  const own = query.get("request_checksum_calculation");
  if (/^when_supported$/i.test(own || variable || "")) {
    const where = own ? "request_checksum_calculation" : "AWS_REQUEST_CHECKSUM_CALCULATION";
    return `OSS refuses uploads in aws-chunked encoding (InvalidArgument), which ${where}=when_supported leads to: make it when_required`;
  }
  if (http || isSet("disableSSL") || isSet("disable_https")) {
    return "the state would go over the network in clear: an endpoint with https://, and neither disableSSL nor disable_https";
  }
  if (!query.get("region") && !query.has("profile") && !AWS_REGION && !AWS_DEFAULT_REGION) {
    const [, region = "cn-shanghai"] = hostname.match(/oss-(.+?)(?:-internal)?\.aliyuncs\.com$/) ?? [];
    return `it names no region, and without one nothing can be signed: region=${region}`;
  }
  const foreign = [...query.keys()].find((name) => !known.includes(name));
  return foreign === undefined ? undefined : `Pulumi knows no parameter ${foreign} in it, and stops`;
}

/** Where a host that does not answer can be reached from, to be added to what is said of it. */
export function placeOf(host: string): string {
  return /-internal\.aliyuncs\.com(?::\d+)?$/.test(host)
    ? " (an internal endpoint answers inside Alibaba Cloud's network of its region only; elsewhere take the one without -internal)"
    : "";
}
