/**
 * What a host must look like after its first boot: plain values, resolved from the stack file and the catalogue.
 * Nothing here is an output of another resource: one output would make the whole user data unknown to review and diff.
 */
export interface BootstrapSettings {
  readonly stack: string;
  readonly group: string;
  readonly region: string;
  readonly os: OperatingSystem;
  /** IANA name, for example Asia/Shanghai. */
  readonly timezone: string;
  /** Host names of time servers; the image's own configuration stays when empty. */
  readonly ntp: readonly string[];
  /** Python in /opt/venv, installed from these indexes in turn: each is tried whole, never mixed (dependency confusion). */
  readonly python?: PythonSettings;
  readonly docker?: DockerSettings;
  /** Registry host -> mirror for containerd (`/etc/containerd/certs.d/<host>/hosts.toml`). */
  readonly containerd: Readonly<Record<string, string>>;
  /** Environment variables for login shells and services (npm, Go, Hugging Face mirrors): name -> value. */
  readonly environment: Readonly<Record<string, string>>;
  /** Registry for `/etc/npmrc`, only when asked for. */
  readonly npmRegistry?: string;
  readonly dataDisk?: { readonly mount: string };
  readonly users: readonly HostUser[];
  readonly files: readonly HostFile[];
  /** Shell commands, run in order as root after everything else; each must be safe to repeat. */
  readonly commands: readonly string[];
}

export interface OperatingSystem {
  readonly family: "debian" | "rhel";
  /** Catalogue id of the image family, for example ubuntu-24.04. */
  readonly id: string;
  /** Command that runs the wanted Python, for example python3.12. */
  readonly pythonCommand: string;
  /** Distribution packages by purpose. */
  readonly packages: {
    readonly python: readonly string[];
    readonly docker: readonly string[];
    readonly chrony: readonly string[];
  };
  /** Where chrony's own configuration directory is, for example /etc/chrony/conf.d. */
  readonly chronyDirectory: string;
  readonly chronyService: string;
  /** A repository file that Docker's packages need, where the distribution has none of its own. */
  readonly dockerRepository?: { readonly path: string; readonly content: string };
}

export interface PythonIndex {
  /** Simple-API address, with scheme. Plain http is trusted by name (only the index inside the VPC is plain). */
  readonly url: string;
}

export interface PythonSettings {
  /** First is primary, the rest are whole-index fallbacks. Never empty. */
  readonly indexes: readonly PythonIndex[];
  /** One wheel per package, fully resolved; see python/. */
  readonly packages: readonly { readonly name: string; readonly version: string; readonly sha256: string }[];
  /** Also point uv (`/etc/uv/uv.toml`) at the primary index. */
  readonly uv: boolean;
}

export interface DockerSettings {
  /** Mirror of docker.io with scheme, or undefined when images come from one's own registry. */
  readonly mirror?: string;
  /** Images to pull at boot, each with its digest, already rewritten for mirror or own registry. */
  readonly images: readonly string[];
  /** Parallel layer downloads: DaoCloud allows ten connections per address and 20 requests a minute. */
  readonly maxConcurrentDownloads?: number;
}

export interface HostUser {
  readonly name: string;
  readonly sudo: boolean;
  readonly docker: boolean;
  /** Public keys in OpenSSH form. */
  readonly sshKeys: readonly string[];
}

export interface HostFile {
  readonly path: string;
  readonly content: string;
  /** Four octal digits, for example 0644. */
  readonly mode: string;
  /** user:group; both must exist when the bootstrap runs. */
  readonly owner: string;
}
