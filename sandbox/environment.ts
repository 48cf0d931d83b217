import { dirname } from "node:path";
import { policyHost } from "../engine/engine.ts";
import type { Home } from "./home.ts";

/** How a client reaches a listening sandbox. */
export interface Access {
  readonly tlsPort: number;
  readonly plainPort: number;
  /** Path of the authority's certificate. */
  readonly authority: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** Product codes whose endpoints the provider takes from the environment (its connectivity/endpoint.go, 1.285.0). */
const products = [
  "ECS",
  "VPC",
  "HITSDB",
  "RAM",
  "STS",
  "LOCATION",
  "BSSOPENAPI",
  "QUOTAS",
  "RESOURCEMANAGER",
  "TAG",
] as const;

/** Variables that point a real CLI, provider or SDK at the sandbox. */
export function clientEnvironment(access: Access): Record<string, string> {
  const endpoint = `127.0.0.1:${access.tlsPort}`;
  const plain = `127.0.0.1:${access.plainPort}`;
  return {
    ALICLOUD_ACCESS_KEY: access.accessKeyId,
    ALICLOUD_SECRET_KEY: access.accessKeySecret,
    ALIBABA_CLOUD_ACCESS_KEY_ID: access.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: access.accessKeySecret,
    ...Object.fromEntries(products.map((code) => [`ALIBABA_CLOUD_ENDPOINT_${code}`, endpoint])),
    // Go, Python's requests and Node in turn; each for the process that gets it only.
    SSL_CERT_FILE: access.authority,
    REQUESTS_CA_BUNDLE: access.authority,
    NODE_EXTRA_CA_CERTS: access.authority,
    // A proxy that leads to the sandbox alone: Alibaba's SDKs for Python do not look at NO_PROXY.
    HTTPS_PROXY: `http://${plain}`,
    HTTP_PROXY: `http://${plain}`,
    // With the ports too: Alibaba's Go SDK compares whole addresses (tea 1.3.13, getHttpProxy).
    NO_PROXY: ["127.0.0.1", "localhost", endpoint, plain].join(","),
  };
}

/** Nothing listens on the discard port: what is not redirected fails at once instead of leaving the machine. */
const deadProxy = "http://127.0.0.1:9";

/**
 * The whole environment of a deployment into the sandbox, made from nothing: no key, profile, home, backend or token of
 * the user is in it.
 *
 * @param programs folders with pulumi and the provider plugin
 */
export function deploymentEnvironment(home: Home, access: Access, programs: readonly string[]): Record<string, string> {
  return {
    PATH: [...programs, dirname(process.execPath), policyHost, "/usr/local/bin", "/usr/bin", "/bin"].join(":"),
    HOME: home.home,
    TMPDIR: home.temporary,
    LANG: "C.UTF-8",
    PULUMI_HOME: `${home.home}/.pulumi`,
    // Without sidecar files of attributes: they alone are not written atomically, and a kill in between leaves an empty
    // one, at which the whole state is refused ("failed to load checkpoint: EOF").
    PULUMI_BACKEND_URL: `file://${home.backend}?metadata=skip`,
    // Opens the state of a sandbox and nothing else.
    PULUMI_CONFIG_PASSPHRASE: "sandbox",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Fewer collections in engine and provider, for more memory while they run (docs/performance.md).
    GOGC: "400",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true",
    ...clientEnvironment(access),
    HTTPS_PROXY: deadProxy,
    HTTP_PROXY: deadProxy,
  };
}

/** How text is shown to whoever looks (no-color.org): not what a deployment depends on. */
const ofTheTerminal = ["NO_COLOR"];

/** Makes an environment the only one of this process: what it starts sees nothing else. */
export function enterEnvironment(environment: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env)) if (!ofTheTerminal.includes(name)) delete process.env[name];
  Object.assign(process.env, environment);
}
