import { BadInput } from "../deploy/errors.ts";

/** Operating system and processor, in Go's words. */
export interface Platform {
  readonly os: "linux" | "darwin" | "windows";
  readonly arch: "amd64" | "arm64";
}

const systems: Readonly<Record<string, Platform["os"]>> = { linux: "linux", darwin: "darwin", win32: "windows" };
const processors: Readonly<Record<string, Platform["arch"]>> = { x64: "amd64", arm64: "arm64" };

export function thisPlatform(): Platform {
  const os = systems[process.platform];
  const arch = processors[process.arch];
  if (os === undefined || arch === undefined) {
    throw new BadInput(
      `Pulumi has no programs for ${process.platform} on ${process.arch}: Linux, macOS and Windows it has`,
    );
  }
  return { os, arch };
}

/** A program's file name. */
export function fileName(program: string): string {
  return process.platform === "win32" ? `${program}.exe` : program;
}
