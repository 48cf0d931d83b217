import { describe, expect, test } from "vitest";
import { imagePage } from "../../../catalog/image-page.ts";
import { imageFamilies } from "../../../catalog/images.ts";
import { bootstrapFiles } from "../../../components/bootstrap/files.ts";
import { sizes } from "../../../components/bootstrap/places.ts";
import { settingsProblems } from "../../../components/bootstrap/problems.ts";
import { rerunScript } from "../../../components/bootstrap/rerun.ts";
import { bootstrapScript } from "../../../components/bootstrap/script.ts";
import { userData } from "../../../components/bootstrap/user-data.ts";
import { familyOf } from "../../../sandbox/boot/root.ts";
import { familyIds, settingsOf } from "./settings.ts";

describe.each(familyIds)("%s", (id) => {
  const settings = settingsOf(id);

  test("has no problems and fits both ways in", () => {
    expect(settingsProblems(settings)).toEqual([]);
    expect(userData(settings).rawBytes).toBeLessThan(sizes.plainUserData);
    expect(Buffer.from(rerunScript(settings)).toString("base64").length).toBeLessThan(sizes.cloudAssistant);
  });

  test("is named in no step: what differs comes from the catalogue", () => {
    const { packages, pythonCommand: _, dockerRepository: __, ...os } = settings.os;
    const other = { ...packages, python: ["python-x"], docker: ["docker-x"], chrony: ["chrony-x"] };
    const script = bootstrapScript({ ...settings, os: { ...os, packages: other, pythonCommand: "python-command" } });
    expect(script).toContain("packages 'chrony-x' 'docker-x' 'python-x'");
    expect(script).toContain("python_packages 'python-command'");
    expect(script).not.toMatch(/docker\.io\b(?!\/)|docker-ce\b|python3-venv|python3\.\d/);
  });

  test("has a repository for Docker exactly where the distribution has none", () => {
    const paths = bootstrapFiles(settings).map(({ path }) => path);
    expect(paths.includes("/etc/yum.repos.d/docker-ce.repo")).toBe(settings.os.family === "rhel");
  });
});

test("what is said to boot is what the host tests boot", () => {
  const said = imageFamilies.filter(({ tried }) => tried === "booted").map(({ id }) => id);
  const booted = Object.values(familyOf).map(({ family }) => family);
  expect(said.sort()).toEqual(booted.sort());
});

test("the page has a row for each family, with every package", () => {
  const page = imagePage().split("\n");
  for (const { name, tried, packages } of imageFamilies) {
    const row = page.find((line) => line.startsWith(`| ${name} | \``)) ?? "";
    expect(row.endsWith(`| ${tried} |`), name).toBe(true);
    for (const names of Object.values(packages).flat()) expect(row).toContain(`\`${names}\``);
  }
});
