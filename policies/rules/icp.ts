import { about, attest, demand, undecided } from "../demand.ts";
import { eachOf } from "../host-types.ts";
import { isIcpNumber } from "../icp-number.ts";
import type { Reading } from "../reading.ts";
import { together } from "../reads.ts";
import type { StackRule } from "../rule.ts";
import { tagOf } from "../tag-of.ts";
import { type Exposure, exposuresIn, readsOfExposures, taggedInExposures } from "../web-exposure.ts";

const words = {
  found: "no ICP number",
  absent: "web ports open to the internet, and no ICP number",
  wanted: "an ICP number, for example 沪ICP备2021000001号-1",
};

export const icpNeeded: StackRule = {
  id: "cn-icp-needed",
  title: "Web pages on the internet have an ICP filing",
  description:
    "Who opens web ports to the internet on a public address in the mainland names the number of an ICP filing: no service on the internet without one, and providers cut off domains that have none. Whether the number is real and fits the domain only a person can say.",
  severity: "medium",
  clause: {
    name: "Measures on Internet Information Services",
    version: "State Council Decree 292, as amended",
    reference: "Art. 4",
    specification: "no internet information service without a licence or a filing",
  },
  tags: [],
  source: {
    source: "Alibaba Cloud docs, ProductBindBsn; the Measures, Art. 4",
    observedAt: "2026-08",
    confidence: "unverified",
  },
  fix: "china:policies: write `icpNumber: 沪ICP备...号-1`, or close ports 80, 443, 8080 and 8443 to the internet in china:network.rules; in another program: icpNumber in the pack's configuration, or the tag icp-number on the address, host or load balancer",
  levels: { baseline: "advisory", "mlps-3": "advisory" },
  reads: together(readsOfExposures, eachOf(taggedInExposures, ["tags"])),
  *checkStack(stack, { settings: { icpNumber, ports } }) {
    for (const exposure of exposuresIn(stack, ports)) {
      const { at, open } = exposure;
      if (open !== undefined) {
        yield about(open.urn, undecided(open.path));
        continue;
      }
      const number = numberOf(exposure, icpNumber);
      if (number.state === "known" && isIcpNumber(number.value)) yield about(at.urn, attest("icp-filing", number.path));
      else for (const finding of demand(number, () => false, words)) yield about(at.urn, finding);
    }
  },
};

/** The number in a tag, else the one of the settings. A tag that is not known yet matters only without the latter. */
function numberOf({ at, origins }: Exposure, ofSettings: string | undefined): Reading<string> {
  const tags = [at, ...origins]
    .filter(({ type }) => taggedInExposures.includes(type))
    .map(({ props }) => tagOf(props, "icp-number"));
  const given = tags.find(({ state }) => state === "known" || state === "wrong");
  if (given !== undefined) return given;
  if (ofSettings !== undefined) return { state: "known", path: "china:policies.icpNumber", value: ofSettings };
  return tags.find(({ state }) => state === "undecided") ?? { state: "absent", path: "" };
}
