import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { disks, type Instance, instances } from "../../../sandbox/ecs/rows.ts";
import { smallSettings } from "../../support/stacks.ts";
import { Deployed, touched, withGroup } from "./deployed.ts";

const oldImage = "ubuntu_24_04_x64_20G_alibase_20260916.vhd";
const newImage = "ubuntu_22_04_x64_20G_alibase_20260916.vhd";
/** A host that is made anew: what hangs on it moves along, its data disk does not. */
const rebuilt = (key: string, because: string) => [`± ${key}-data-attachment: instanceId`, `± ${key}: ${because}`];

describe("software and image: hosts change when the stack file says so, and keep their data disks", () => {
  const base = withGroup(smallSettings(), {
    dataDisk: { GiB: 20, snapshots: "none" },
    onSoftwareChange: "rerun",
    onImageChange: "at-next-rebuild",
  });
  const software = (n: number) => ({ software: { commands: [`echo ${n}`] } });
  let deployed: Deployed;
  let userData: string;
  const host = (key: string): Instance => deployed.row(instances, key);
  beforeAll(async () => {
    deployed = await Deployed.open();
    await deployed.change(withGroup(base, software(1)));
    ({ userData } = host("workers-01"));
  }, 300_000);
  afterAll(() => deployed.close());

  /** What a change does, and that every data disk hangs on the host of its name, whichever that is now. */
  async function changed(group: object): Promise<{ readonly said: string[]; readonly touched: string[] }> {
    const before = await deployed.things();
    const said = await deployed.change(withGroup(base, group));
    for (const key of ["workers-01", "workers-02"]) {
      expect(deployed.row(disks, `${key}-data`)).toMatchObject({ instanceId: host(key).id, sizeGiB: 20 });
    }
    return { said, touched: touched(before, await deployed.things()) };
  }

  test.each([
    "rerun",
    "at-next-rebuild",
  ])("software, %s: hosts stay, the exported hash tells", async (onSoftwareChange) => {
    const before = deployed.outputs()["software"];
    expect(await changed({ ...software(2), onSoftwareChange })).toEqual({ said: [], touched: [] });
    expect(host("workers-01").userData).toBe(userData);
    // The first of the two updates tells the new hash, the second finds it told.
    if (onSoftwareChange === "rerun") expect(deployed.outputs()["software"]).not.toEqual(before);
    else expect(deployed.outputs()["software"]).toEqual(before);
  });

  test("image, at-next-rebuild: nothing", async () => {
    expect(await changed({ ...software(2), image: newImage })).toEqual({ said: [], touched: [] });
    expect(host("workers-01").imageId).toBe(oldImage);
  });

  test("rebuild: [workers-01] replaces exactly that one, with image and software of the file", async () => {
    const file = { ...software(2), image: newImage, rebuild: ["workers-01"] };
    expect(await changed(file)).toEqual({
      said: rebuilt("workers-01", "imageId, userData"),
      touched: ["± host workers-01"],
    });
    expect(host("workers-01").imageId).toBe(newImage);
    expect(host("workers-01").userData).not.toBe(userData);
    expect(host("workers-02")).toMatchObject({ imageId: oldImage, userData });
    // The entry goes when it is done.
    expect(await changed({ ...file, rebuild: [] })).toEqual({ said: [], touched: [] });
  });

  test("software, rebuild: what is behind is replaced and takes the image along, what is not stays", async () => {
    const file = { ...software(2), image: newImage, onSoftwareChange: "rebuild" };
    expect(await changed(file)).toEqual({
      said: rebuilt("workers-02", "userData"),
      touched: ["± host workers-02"],
    });
    expect(host("workers-02")).toMatchObject({ userData: host("workers-01").userData, imageId: newImage });
  });

  test("image, rebuild: every host is replaced, and no system disk is swapped in place", async () => {
    const file = { ...software(2), image: oldImage, onImageChange: "rebuild" };
    expect(await changed(file)).toEqual({
      said: [...rebuilt("workers-01", "imageId"), ...rebuilt("workers-02", "imageId")].sort(),
      touched: ["± host workers-01", "± host workers-02"],
    });
    expect([host("workers-01").imageId, host("workers-02").imageId]).toEqual([oldImage, oldImage]);
    expect(deployed.writes()).not.toContain("ReplaceSystemDisk");
    expect(deployed.writes()).not.toContain("RebootInstance");
    await deployed.expectSettled(withGroup(base, file));
  });

  test("destroy ends it all", async () => {
    await deployed.end(base);
  });
});
