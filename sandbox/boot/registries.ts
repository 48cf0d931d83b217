/** Which registry has an image here, and under which name; undefined for one that nothing stands in for. */
export function repositoryOf(
  image: string,
  region: string,
): { readonly registry: "daocloud" | "own"; readonly repository: string } | undefined {
  const [name = ""] = image.split("@");
  const own = `registry-vpc.${region}.aliyuncs.com/`;
  if (name.startsWith(own)) return { registry: "own", repository: name.slice(own.length) };
  const prefix = mirrored.find((one) => name.startsWith(one));
  return prefix === undefined ? undefined : { registry: "daocloud", repository: name.slice(prefix.length) };
}

/** Docker Hub is asked through the daemon's mirror, which is DaoCloud's; every other registry by DaoCloud's prefix. */
const mirrored = ["docker.io/", "m.daocloud.io/", "quay.m.daocloud.io/"];
