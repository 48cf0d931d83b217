import { fact } from "./fact.ts";
import { normalizeImage } from "./image-reference.ts";

/** The entries of DaoCloud's allow list that were looked up, not the list: it had 1,321 on that day. */
export const allowListFrom = fact("DaoCloud/public-image-mirror allows.txt at 871a1e72", "2026-08-21");

/** `*` is one path segment, `**` any number. */
export const allowed: readonly string[] = [
  "nvcr.io/**",
  "mcr.microsoft.com/**",
  "gcr.io/**",
  "registry.k8s.io/**",
  "docker.elastic.co/**",
  "dhi.io/**",
  "cr.l5d.io/**",
  "docker.io/apache/*",
  "docker.io/minio/*",
  "docker.io/jupyter/*",
  "docker.io/rayproject/*",
  "docker.io/trinodb/trino",
  "docker.io/bitnami/*",
  "docker.io/bitnamilegacy/*",
  "docker.io/nvidia/*",
  "docker.io/pytorch/*",
  "docker.io/tensorflow/*",
  "docker.io/confluentinc/*",
  "docker.io/condaforge/miniforge3",
  "docker.io/continuumio/miniconda3",
  "ghcr.io/astral-sh/**",
  "quay.io/jupyter/*",
];

/** Looked for on that day and absent. */
export const refused: readonly string[] = [
  "docker.io/daskdev/*",
  "docker.io/dagster/*",
  "docker.io/prefecthq/*",
  "docker.io/mambaorg/*",
];

/**
 * Official images (docker.io/library) that DaoCloud lists, one by one and not by a wildcard. The date is the earliest the stored
 * copy can have; python, postgres and clickhouse were seen again on 2026-08-21.
 */
export const officialImagesFrom = fact("DaoCloud/public-image-mirror allows.txt at 545841ff", "2024-08", "unverified");

const names = `
  adminer aerospike almalinux alpine amazoncorretto amazonlinux arangodb archlinux bash buildpack-deps busybox caddy cassandra
  centos chronograf cirros clickhouse clojure composer consul couchbase couchdb crate dart debian docker drupal
  eclipse-mosquitto eclipse-temurin elasticsearch elixir emqx erlang fedora flink fluentd gcc geonetwork ghost golang gradle
  groovy haproxy haskell hello-world httpd ibm-semeru-runtimes ibmjava influxdb jetty joomla jruby julia kapacitor kibana kong
  liquibase logstash mageia mariadb matomo maven mediawiki memcached mongo mongo-express mono mysql nats nats-streaming neo4j
  neurodebian nextcloud nginx node notary odoo open-liberty openjdk oraclelinux orientdb percona perl photon php phpmyadmin
  plone postgres pypy python r-base rabbitmq redis redmine registry rethinkdb rocket.chat rockylinux ros ruby rust sapmachine
  solr sonarqube spark storm swift swipl telegraf tomcat tomee traefik ubuntu unit varnish vault websphere-liberty wordpress
  xwiki zookeeper
`;

export const officialImages: ReadonlySet<string> = new Set(names.trim().split(/\s+/));

/** The mirror's own names count as the registry they stand for. */
const mirrored = /^m\.daocloud\.io\//;

function matches(pattern: string, name: string): boolean {
  if (pattern.endsWith("/**")) return name.startsWith(pattern.slice(0, -2));
  if (pattern.endsWith("/*"))
    return name.startsWith(pattern.slice(0, -1)) && !name.slice(pattern.length - 1).includes("/");
  return name === pattern;
}

/** Whether a whole list of DaoCloud's has an image; undefined for what is no name of an image. */
export function listAllows(entries: readonly string[], image: string): boolean | undefined {
  const reference = normalizeImage(image.replace(mirrored, ""));
  if (reference === undefined) return undefined;
  const name = `${reference.registry}/${reference.repository}`;
  return entries.some((pattern) => matches(pattern, name));
}

/**
 * Whether DaoCloud serves an image. "unknown" is an honest answer: not among the entries looked up, or an official image whose
 * name is not on the list (a misspelt one is refused with 403, not 404).
 */
export function daocloudAllows(image: string): "yes" | "no" | "unknown" {
  const reference = normalizeImage(image.replace(mirrored, ""));
  if (reference === undefined) return "unknown";
  const { registry, repository } = reference;
  if (registry === "docker.io" && repository.startsWith("library/")) {
    return officialImages.has(repository.slice("library/".length)) ? "yes" : "unknown";
  }
  const name = `${registry}/${repository}`;
  if (allowed.some((pattern) => matches(pattern, name))) return "yes";
  return refused.some((pattern) => matches(pattern, name)) ? "no" : "unknown";
}
