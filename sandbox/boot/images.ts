import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { output } from "./run.ts";

/** A small image that runs: Debian's static busybox, and the manifest's digest by which it is pulled. */
export interface Image {
  readonly digest: string;
  readonly manifest: Buffer;
  /** Digest -> bytes of configuration and layer. */
  readonly blobs: ReadonlyMap<string, Buffer>;
}

/** The same bytes for the same busybox and text, so the digest can stand in user data. `cat /said` prints the text. */
export function makeImage(said: string): Image {
  const folder = mkdtempSync(join(tmpdir(), "image-"));
  try {
    mkdirSync(join(folder, "bin"));
    output("cp", ["/bin/busybox", join(folder, "bin/busybox")], { install: "busybox-static" });
    for (const name of ["sh", "cat", "echo", "sleep", "wget"])
      output("ln", ["-s", "busybox", join(folder, "bin", name)]);
    writeFileSync(join(folder, "said"), `${said}\n`);
    const file = join(folder, "..", `${folder.split("/").at(-1)}.tar`);
    const same = ["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", "--mode=a+rX"];
    output("tar", [...same, "-C", folder, "-cf", file, "."]);
    const tar = readFileSync(file);
    rmSync(file);
    return imageOf(tar);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function imageOf(tar: Buffer): Image {
  const layer = gzipSync(tar, { level: 9 });
  const config = Buffer.from(
    JSON.stringify({
      architecture: process.arch === "arm64" ? "arm64" : "amd64",
      os: "linux",
      created: "2026-01-01T00:00:00Z",
      config: { Cmd: ["/bin/sh"], Env: ["PATH=/bin"] },
      rootfs: { type: "layers", diff_ids: [digestOf(tar)] },
    }),
  );
  const docker = "application/vnd.docker";
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: `${docker}.distribution.manifest.v2+json`,
      config: { mediaType: `${docker}.container.image.v1+json`, size: config.length, digest: digestOf(config) },
      layers: [{ mediaType: `${docker}.image.rootfs.diff.tar.gzip`, size: layer.length, digest: digestOf(layer) }],
    }),
  );
  const blobs = new Map([config, layer].map((blob) => [digestOf(blob), blob]));
  return { digest: digestOf(manifest), manifest, blobs };
}

export function digestOf(content: Buffer): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

/** Puts an image into a registry's folder, in the layout that distribution's file system driver keeps. */
export function putImage(registry: string, repository: string, tag: string, image: Image): void {
  const top = join(registry, "docker/registry/v2");
  const write = (path: string, content: string | Buffer) => {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), content);
  };
  const under = (digest: string) => digest.replace(":", "/");
  for (const [digest, content] of [...image.blobs, [image.digest, image.manifest] as const]) {
    const hex = digest.replace("sha256:", "");
    write(`blobs/sha256/${hex.slice(0, 2)}/${hex}/data`, content);
  }
  const repo = `repositories/${repository}`;
  for (const digest of image.blobs.keys()) write(`${repo}/_layers/${under(digest)}/link`, digest);
  write(`${repo}/_manifests/revisions/${under(image.digest)}/link`, image.digest);
  write(`${repo}/_manifests/tags/${tag}/current/link`, image.digest);
  write(`${repo}/_manifests/tags/${tag}/index/${under(image.digest)}/link`, image.digest);
}
