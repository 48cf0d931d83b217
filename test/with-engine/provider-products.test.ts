import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { providerProducts } from "../../preflight/provider-products.ts";

const modules = process.env["GOMODCACHE"] ?? join(process.env["GOPATH"] ?? join(homedir(), "go"), "pkg/mod");
const file = join(modules, "github.com/aliyun/terraform-provider-alicloud@v1.285.0/alicloud/connectivity/endpoint.go");

test("endpoints are refused for every product that the provider reads one for", { skip: !existsSync(file) }, () => {
  const source = readFileSync(file, "utf8");
  const codes = [...source.matchAll(/ServiceCode\("([A-Z_]+)"\)/g)].map(([, code = ""]) => code);
  const maps = [...source.matchAll(/^var \w+ = map\[string\]string\{(.*?)^\}/gms)].flatMap(([, body = ""]) =>
    [...body.matchAll(/^\s*"([\w-]+)":/gm)].map(([, code = ""]) => code.toUpperCase()),
  );
  expect(maps.length).toBeGreaterThan(100);
  expect([...new Set([...codes, ...maps])].sort()).toEqual(providerProducts.toSorted());
});
