import { shellQuote } from "./quote.ts";

/** Drop-in for chrony. iburst: the first answers within seconds, not minutes. */
export function chronyConf(servers: readonly string[]): string {
  return servers.map((server) => `server ${server} iburst\n`).join("");
}

/** For `/etc/profile.d`: every login shell reads it. */
export function profileScript(variables: Readonly<Record<string, string>>): string {
  return sorted(variables)
    .map(([name, value]) => `export ${name}=${shellQuote(value)}\n`)
    .join("");
}

/**
 * For `/etc/systemd/system.conf.d`: every service gets these. (`/etc/environment.d` reaches the services of logged-in
 * users only.) systemd reads C escapes in it and, from 250 on, `%` specifiers.
 */
export function serviceEnvironment(variables: Readonly<Record<string, string>>): string {
  const words = sorted(variables).map(([name, value]) => {
    const escaped = value
      .replaceAll("\\", "\\\\")
      .replaceAll('"', '\\"')
      .replaceAll("\n", "\\n")
      .replaceAll("\r", "\\r")
      .replaceAll("%", "%%");
    return `"${name}=${escaped}"`;
  });
  return `[Manager]\nDefaultEnvironment=${words.join(" ")}\n`;
}

/**
 * For `/etc/npmrc`. Debian's npm reads it because its built-in npmrc says globalconfig=/etc/npmrc (npm 9.2.0~ds1-1);
 * NodeSource's would read /usr/etc/npmrc, so the environment below points every npm here.
 */
export function npmrc(registry: string): string {
  return `registry=${registry}\n`;
}

export const npmEnvironment = { NPM_CONFIG_GLOBALCONFIG: "/etc/npmrc" } as const;

function sorted(variables: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1));
}
