import { BadInput } from "../deploy/errors.ts";
import { providerProducts } from "./provider-products.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables by which endpoints are given: Alibaba's own names of any product, and the older ones that the provider reads. */
const ofAlibaba = /^ALIBABA_CLOUD_ENDPOINT_\w+$/;
const older: ReadonlySet<string> = new Set(providerProducts.map((product) => `${product}_ENDPOINT`));

/** 127.0.0.1:443, localhost, a name below localhost (RFC 6761), [::1]:443, with or without https:// before it. */
const thisMachine =
  /^(https?:\/\/)?(127(\.\d+){1,3}|0\.0\.0\.0|(?:[\w-]+\.)*localhost(\.localdomain)?\.?|ip6-localhost|\[?::1\]?|\[?::ffff:127\.[\d.]+\]?)(:\d+)?\/?$/i;

/** Variables that lead calls of the cloud to this machine, each with its value. */
export function localEndpoints(environment: Environment): readonly string[] {
  return Object.entries(environment).flatMap(([name, value]) => {
    const endpoint = ofAlibaba.test(name) || older.has(name);
    return endpoint && value !== undefined && thisMachine.test(value) ? [`${name}=${value}`] : [];
  });
}

/**
 * Refuses what would mix the local cloud with the real one: calls that stay here while somebody means the real cloud, and
 * a real state that would take down what was only rehearsed.
 *
 * @param backend where state is kept by that environment; undefined where that is not known
 * @throws BadInput
 */
export function refuseMixture(environment: Environment, sandbox: boolean, backend: string | undefined): void {
  const [local, ...more] = localEndpoints(environment);
  if (local === undefined) return;
  const which = more.length === 0 ? local : `${local} and ${more.length} more`;
  if (!sandbox) {
    throw new BadInput(
      `this environment leads to a cloud on this machine (${which}), and nothing says that this is meant: add --sandbox, or unset the variables for the real cloud`,
    );
  }
  if (backend === undefined || backend.startsWith("file://")) return;
  throw new BadInput(
    `this environment leads to a cloud on this machine (${which}), and keeps its state at ${backend}: a rehearsal does not belong into a real state. Unset the variables, and --sandbox takes a state of its own; or PULUMI_BACKEND_URL=file://...`,
  );
}
