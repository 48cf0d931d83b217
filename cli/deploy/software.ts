import { rerunScript } from "../../components/bootstrap/rerun.ts";
import { softwareOf } from "../../components/stack.ts";
import { type Host, hostsIn } from "../../deploy/hosts.ts";
import { bootstrapPatience } from "../../deploy/read-markers.ts";
import { bringUpToDate, type RerunGroup } from "../../deploy/rerun-software.ts";
import type { HostVerdict } from "../../deploy/software-plan.ts";
import { stateOf } from "../../deploy/state.ts";
import { interruptible } from "./interruptible.ts";
import { outputsOf, say, type Work } from "./work.ts";

/** Groups with the software that their hosts should have, by the outputs of the stack. */
export async function wantedSoftware(work: Work): Promise<readonly RerunGroup[]> {
  const { stack, settings } = work.loaded;
  const wanted = (await outputsOf(work))["software"] as Readonly<Record<string, string>> | undefined;
  return Object.entries(settings.hosts).map(
    ([name, { onSoftwareChange }]): RerunGroup => ({
      ...{ name, onSoftwareChange, wanted: wanted?.[name] ?? "" },
      script: () => rerunScript(softwareOf(settings, stack, name).bootstrap),
    }),
  );
}

/**
 * Every host's own word on its software, run again where it is not that of the stack file.
 *
 * @param patience seconds that a bootstrap under way is waited for
 */
export async function softwareBrought(work: Work, patience = bootstrapPatience): Promise<readonly HostVerdict[]> {
  const { loaded, opened, client } = work;
  const hosts = hostsIn(await stateOf(opened.stack));
  if (hosts.length === 0) return [];
  const groups = await wantedSoftware(work);
  say(`Asking ${hosts.length} ${hosts.length === 1 ? "host" : "hosts"} for their software.`);
  return interruptible((signal) =>
    bringUpToDate(groups, hosts, {
      ...{ signal, client, region: loaded.settings.region, bootstraps: patience },
      ...toldOf(hosts),
      onGroup: (group, keys) => say(`  ${group}: running the bootstrap again on ${keys.join(", ")}`),
      onHost: ({ key, verdict, why }, output) =>
        say(
          `  ${key}: ${verdict}${why === "" ? "" : `, ${why}`}${output === "" ? "" : `\n${output.replace(/^/gm, "      ")}`}`,
        ),
    }),
  );
}

/** Who is waited for, in words. */
export function toldOf(hosts: readonly Host[]) {
  const keyOf = new Map(hosts.map(({ id, key }) => [id, key]));
  return {
    onWait: (ids: readonly string[]) => say(`  waiting for ${ids.map((id) => keyOf.get(id) ?? id).join(", ")}`),
    onBootstrap: (keys: readonly string[]) => say(`  bootstrap under way on ${keys.join(", ")}`),
  };
}
