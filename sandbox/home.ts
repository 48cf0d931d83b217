import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** Where a sandbox keeps everything: in the project's folder, ignored by git, removed with it. */
export interface Home {
  readonly folder: string;
  /** State of the cloud. */
  readonly database: string;
  /** Who serves it now. */
  readonly serving: string;
  /** Pulumi's state, apart from the user's own. */
  readonly backend: string;
  /** HOME of the engine and the provider: neither sees the user's. */
  readonly home: string;
  readonly temporary: string;
}

const projectFolder = resolve(import.meta.dirname, "..");

/** @param folder another place than .sandbox; CHINA_SANDBOX in the environment names one too */
export function homeOf(folder = process.env["CHINA_SANDBOX"] ?? join(projectFolder, ".sandbox")): Home {
  const full = resolve(folder);
  const home: Home = {
    folder: full,
    database: join(full, "cloud.sqlite"),
    serving: join(full, "serving.json"),
    backend: join(full, "backend"),
    home: join(full, "home"),
    temporary: join(full, "tmp"),
  };
  mkdirSync(full, { recursive: true, mode: 0o700 });
  for (const path of [home.backend, home.home, home.temporary]) mkdirSync(path, { recursive: true });
  return home;
}

/** Folder with the project and stack file that the engine gets for one stack. */
export function workFolder(home: Home, stack: string): string {
  const folder = join(home.folder, "work", stack);
  mkdirSync(folder, { recursive: true });
  return folder;
}
