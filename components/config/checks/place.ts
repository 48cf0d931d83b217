import { isMainlandRegion, regions, whyNotMainland, zonesOf } from "../../../catalog/regions.ts";
import { type Mistake, type Path, quoted } from "../mistakes.ts";
import { nearest } from "../nearest.ts";
import { type Check, entriesOf, itemsOf } from "./check.ts";

/** The region is in the mainland; zones belong to it and have a vSwitch. */
export const checkPlace: Check = ({ settings }) => {
  const { region, network, hosts, timeSeries } = settings;
  if (region === undefined) return [];
  if (!isMainlandRegion(region)) return [wrongRegion(region)];
  const known = zonesOf(region);
  const withVSwitch = network?.vSwitches && Object.keys(network.vSwitches);

  const zone = (id: string, path: Path, needsVSwitch: boolean): Mistake[] => {
    if (!id.startsWith(`${region}-`) || (known.length > 0 && !known.includes(id))) {
      const near = nearest(id, known);
      return [
        {
          path,
          found: quoted(id),
          wanted: known.length > 0 ? `a zone of ${region}: ${known.join(", ")}` : `a zone of ${region}`,
          ...(near === undefined ? {} : { fix: `did you mean ${near}?` }),
        },
      ];
    }
    if (!needsVSwitch || withVSwitch === undefined || withVSwitch.includes(id)) return [];
    return [
      {
        path,
        found: quoted(id),
        wanted: `a zone with a vSwitch: ${withVSwitch.join(", ")}`,
        fix: `add ${id} to china:network.vSwitches`,
      },
    ];
  };
  return [
    ...(withVSwitch ?? []).flatMap((id) => zone(id, ["network", "vSwitches", id], false)),
    ...entriesOf(hosts).flatMap(([name, group]) =>
      itemsOf(group.zones).flatMap(([i, id]) => zone(id, ["hosts", name, "zones", i], true)),
    ),
    ...(timeSeries?.zone === undefined ? [] : zone(timeSeries.zone, ["timeSeries", "zone"], true)),
  ];
};

function wrongRegion(id: string): Mistake {
  const ids = regions.map((region) => region.id);
  const near = nearest(id, ids);
  const why = whyNotMainland(id);
  return {
    path: ["region"],
    found: quoted(id),
    wanted: `a region in mainland China: ${ids.join(", ")}${why === undefined ? "" : `. ${why}`}`,
    ...(near === undefined || why !== undefined ? {} : { fix: `did you mean ${near}?` }),
  };
}
