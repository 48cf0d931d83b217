import { managedIn, type State } from "./state.ts";

/**
 * Things that use others without the state saying so: an import records no dependencies, and until the next `up` the engine
 * would delete them last, together with the VPC, while the vSwitch that they stand in waits for them in vain.
 *
 * @returns their URNs: to be destroyed before all the rest
 */
export function unordered(state: State): readonly string[] {
  const resources = managedIn(state);
  const owners = new Map(resources.map(({ id = "", urn }) => [id, urn]));
  owners.delete("");
  return resources
    .filter(({ urn, inputs = {}, dependencies }) =>
      textsIn(inputs).some((text) => {
        const used = owners.get(text);
        return used !== undefined && used !== urn && dependencies?.includes(used) !== true;
      }),
    )
    .map(({ urn }) => urn);
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
