import { blockedAddress, daocloudHosts, source } from "../../catalog/sources.ts";

/** A host that tools take by default and that stalls or fails from the mainland. */
export interface BadHost {
  /** What messages call it: from this list, never from user data. */
  readonly name: string;
  /** What to name in its place. */
  readonly instead: string;
  /** Slow or unsteady rather than lost. */
  readonly level?: "advisory";
  /** A registry of container images. */
  readonly registry?: true;
  /** Without a scheme the name means something else: a Go module, a package of Debian. */
  readonly onlyWithScheme?: true;
}

interface Row extends BadHost {
  /** Tests host and path, without scheme, in small letters. */
  readonly match: RegExp;
}

/** Addresses of a source of the catalogue, in words. */
function from(key: string): string {
  return (source(key)?.addresses ?? []).map(({ url }) => url).join(" or ");
}

const pypi = from("pypi-aliyun");
const apt = from("apt-aliyun");
const files = `${from("files-daocloud")}<host>/<path> with a checksum, or a copy in OSS`;
const images = "m.daocloud.io/ before its name, or one's own registry (ACR)";
const conda = "wheels from the PyPI mirror, or a copy of the channel in OSS";

/**
 * Hosts that the tools of a data host take by default. The first ones stand in the catalogue of rules (the project's notes on
 * policies and bootstraps, 2026-11); the others are those tools' documented defaults, none tried live. What no tool takes by
 * default is not here: it is a host that the catalogue does not know, which is advice.
 */
const rows: readonly Row[] = [
  { name: "pypi.org", match: /^([a-z0-9-]+\.)?pypi\.org(\/|$)/, instead: pypi },
  { name: "pypi.python.org", match: /^pypi\.python\.org(\/|$)/, instead: pypi },
  { name: "files.pythonhosted.org", match: /^([a-z0-9-]+\.)?pythonhosted\.org(\/|$)/, instead: pypi },
  { name: "bootstrap.pypa.io", match: /^bootstrap\.pypa\.io(\/|$)/, instead: "the distribution's python3-venv" },

  {
    name: "docker.io",
    match: /^([a-z0-9.-]+\.)?docker\.io(\/|$)/,
    instead: images,
    registry: true,
    onlyWithScheme: true,
  },
  { name: "download.docker.com", match: /^download\.docker\.com(\/|$)/, instead: from("docker-ce-aliyun") },
  { name: "get.docker.com", match: /^get\.docker\.com(\/|$)/, instead: from("docker-ce-aliyun") },
  { name: "ghcr.io", match: /^ghcr\.io(\/|$)/, instead: images, registry: true },
  { name: "quay.io", match: /^([a-z0-9-]+\.)?quay\.io(\/|$)/, instead: images, registry: true },
  { name: "registry.k8s.io", match: /^registry\.k8s\.io(\/|$)/, instead: images, registry: true },
  { name: "gcr.io", match: /^([a-z0-9-]+\.)?gcr\.io(\/|$)/, instead: images, registry: true },
  { name: "pkg.dev", match: /^[a-z0-9-]+-docker\.pkg\.dev(\/|$)/, instead: images, registry: true },

  {
    name: "raw.githubusercontent.com",
    match: /^([a-z0-9-]+\.)?githubusercontent\.com(\/|$)/,
    instead: files,
  },
  {
    name: "GitHub releases",
    match: /^(github\.com\/[^/]+\/[^/]+\/(releases|archive|raw)\/|codeload\.github\.com(\/|$))/,
    instead: files,
    onlyWithScheme: true,
  },
  {
    name: "github.com",
    match: /^([a-z0-9-]+\.)?github\.com(\/|$)/,
    instead: "a repository inside the mainland, or a copy in OSS",
    level: "advisory",
    onlyWithScheme: true,
  },

  // The mirrors of a country's own prefix stand in that country: cn. is none of these.
  { name: "archive.ubuntu.com", match: /^((?!cn\.)[a-z]{2}\.)?archive\.ubuntu\.com(\/|$)/, instead: apt },
  { name: "security.ubuntu.com", match: /^security\.ubuntu\.com(\/|$)/, instead: apt },
  { name: "ports.ubuntu.com", match: /^ports\.ubuntu\.com(\/|$)/, instead: apt },
  { name: "Launchpad", match: /^ppa\.launchpad(content)?\.net(\/|$)/, instead: "packages of the distribution" },
  {
    name: "keyserver.ubuntu.com",
    match: /^keyserver\.ubuntu\.com(\/|$)/,
    instead: "the key itself, written out",
    level: "advisory",
  },
  { name: "deb.debian.org", match: /^(deb|httpredir|http)\.debian\.(org|net)(\/|$)/, instead: apt },
  { name: "security.debian.org", match: /^security\.debian\.org(\/|$)/, instead: apt },
  { name: "ftp.debian.org", match: /^ftp\.((?!cn\.)[a-z]{2}\.)?debian\.org(\/|$)/, instead: apt },
  { name: "CentOS mirrors", match: /^(mirror|mirrorlist|vault)\.centos\.org(\/|$)/, instead: apt },
  {
    name: "Fedora and EPEL mirrors",
    match: /^(dl|mirrors|download|archives)\.fedoraproject\.org(\/|$)/,
    instead: apt,
  },
  { name: "Rocky and Alma mirrors", match: /^(dl\.rockylinux|repo\.almalinux)\.org(\/|$)/, instead: apt },

  { name: "repo.anaconda.com", match: /^(repo\.anaconda\.com|repo\.continuum\.io)(\/|$)/, instead: conda },
  { name: "conda.anaconda.org", match: /^(conda\.anaconda\.org|micro\.mamba\.pm)(\/|$)/, instead: conda },
  { name: "registry.npmjs.org", match: /^registry\.npmjs\.org(\/|$)/, instead: from("npm-npmmirror") },
  { name: "registry.yarnpkg.com", match: /^registry\.yarnpkg\.com(\/|$)/, instead: from("npm-npmmirror") },
  { name: "NodeSource", match: /^(deb|rpm)\.nodesource\.com(\/|$)/, instead: "packages of the distribution" },
  { name: "proxy.golang.org", match: /^proxy\.golang\.org(\/|$)/, instead: from("go-aliyun") },
  { name: "sum.golang.org", match: /^sum\.golang\.org(\/|$)/, instead: "sum.golang.google.cn" },
  {
    name: "downloads of Go",
    match: /^(go\.dev|golang\.org)\/dl(\/|$)/,
    instead: "https://mirrors.aliyun.com/golang/",
    onlyWithScheme: true,
  },
  {
    name: "crates.io",
    match: /^((static|index)\.)?crates\.io(\/|$)/,
    instead: from("crates-aliyun"),
    onlyWithScheme: true,
  },
  { name: "Rust's servers", match: /^(static\.rust-lang\.org|sh\.rustup\.rs)(\/|$)/, instead: files },
  {
    name: "Maven Central",
    match: /^(repo1\.maven\.org|repo\.maven\.apache\.org|central\.maven\.org)(\/|$)/,
    instead: from("maven-aliyun"),
  },
  {
    name: "huggingface.co",
    match: /^([a-z0-9-]+\.)?(huggingface\.co|hf\.co)(\/|$)/,
    instead: from("huggingface-hf-mirror"),
  },
  {
    name: "Google's servers",
    match:
      /^(packages\.cloud\.google\.com|storage\.googleapis\.com|apt\.kubernetes\.io|dl\.k8s\.io|pkgs\.k8s\.io)(\/|$)/,
    instead: "https://mirrors.aliyun.com/kubernetes/ for Kubernetes, else a copy in OSS",
  },

  // The other registries that DaoCloud mirrors: they answer, slowly.
  ...Object.keys(daocloudHosts).map(
    (host): Row => ({
      name: host,
      match: new RegExp(`^${host.replaceAll(".", "\\.")}(/|$)`),
      instead: images,
      level: "advisory",
      registry: true,
    }),
  ),
  { name: "public.ecr.aws", match: /^public\.ecr\.aws(\/|$)/, instead: images, level: "advisory", registry: true },
];

/** The row that speaks against a host with its path, such as pypi.org/simple; the catalogue's own rows come first. */
export function badHost(hostAndPath: string): BadHost | undefined {
  const address = hostAndPath.toLowerCase();
  const blocked = blockedAddress(address);
  if (blocked !== undefined) return { name: blocked.name, instead: `another source: ${blocked.why}` };
  return rows.find(({ match }) => match.test(address));
}

/** A registry that this list knows, by its host: quay.io. */
export function isOverseasRegistry(host: string): boolean {
  return rows.some(({ registry, match }) => registry === true && match.test(host));
}
