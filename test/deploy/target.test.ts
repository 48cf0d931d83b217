import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { withTarget } from "../../cli/deploy-target.ts";
import { loadStackFile } from "../../components/config/load.ts";
import { sdkVersions } from "../../engine/versions.ts";

let bin: string;

beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), "china-target-"));
  for (const name of ["HOME", "PULUMI_HOME", "CHINA_ENGINE_CACHE"]) vi.stubEnv(name, join(bin, "none"));
  vi.stubEnv("PATH", `${bin}:/usr/bin:/bin`);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(bin, { recursive: true, force: true });
  });
});

function program(name: string, says: string, more = ""): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n# ${more}\necho ${says}\n`);
  chmodSync(join(bin, name), 0o755);
}

const reached = async () => withTarget(await loadStackFile("hangzhou"), {}, async () => "reached");

test("the real cloud is not reached without Pulumi, nor by a provider that was built here", async () => {
  await expect(reached()).rejects.toThrow(/Pulumi CLI is not here: npm run engine/);
  program("pulumi", `v${sdkVersions().pulumi}`);
  await expect(reached()).rejects.toThrow(/official Alibaba Cloud provider is not here/);
  // What an own build has in it, wherever it stands.
  program("pulumi-resource-alicloud", sdkVersions().provider, "china-engine/provider");
  await expect(reached()).rejects.toThrow(/built here is for the local cloud only/);
  program("pulumi-resource-alicloud", "3.1.0");
  await expect(reached()).rejects.toThrow(/official Alibaba Cloud provider is not here/);
});
