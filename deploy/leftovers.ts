import type { CloudClient } from "./cloud-client.ts";
import { type Listing, listings, snatListing } from "./leftovers-lists.ts";
import { declaredFor, deletionOf, importOf } from "./leftovers-next.ts";
import { tiesOf } from "./leftovers-ties.ts";
import type { Leftover, LeftoverQuery, Thing } from "./leftovers-types.ts";

export { declaredInPlan, declaredNames } from "./leftovers-names.ts";
export type { Declared, DeclaredNames, Leftover, LeftoverQuery } from "./leftovers-types.ts";

/** Most pages of one list that are read: a list that never ends is a fault of the API. */
const mostPages = 10_000;

/**
 * What the cloud has of a stack and the stack's state does not know: by tags, and by physical name where nothing is
 * tagged at creation. Only reads.
 *
 * @throws CloudRefusal when a list cannot be read: an unread list is no empty one
 */
export async function findLeftovers(client: CloudClient, query: LeftoverQuery): Promise<Leftover[]> {
  const belongs = belonging(query);
  const listed = await allOf(listings(query.region).map((listing) => readAll(client, listing)));
  // Things that the state knows belong to the stack whatever they are called: what hangs on them is looked at too.
  const ours = listed.filter((thing) => belongs(thing) !== undefined || query.known?.has(thing.id) === true);
  const tables = ours.flatMap((thing) => thing.tables ?? []);
  const entries = await allOf(tables.map((table) => readAll(client, snatListing(query.region, table))));
  const named = entries.filter((thing) => belongs(thing) !== undefined);
  const ties = (await tiesOf(client, ours, query.region)).filter((tie) => isOurTie(tie, query));
  const all = [...ours, ...named, ...ties];

  const perName = Map.groupBy(all, (thing) => `${kindOf(thing)} ${thing.name}`);
  return all
    .filter((thing) => query.known?.has(thing.id) !== true)
    .map((thing) =>
      leftover(thing, perName.get(`${kindOf(thing)} ${thing.name}`) ?? [], belongs(thing) ?? "name", query),
    )
    .sort((a, b) => Number(b.billed) - Number(a.billed) || (a.name < b.name ? -1 : 1));
}

/** Everything from several lists. When one fails the others are waited for: no call goes on behind the caller's back. */
async function allOf(lists: readonly Promise<Thing[]>[]): Promise<Thing[]> {
  const settled = await Promise.allSettled(lists);
  return settled.flatMap((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
}

/** Without a program and a state to compare with, a tie says nothing that its two ends do not say. */
function isOurTie(tie: Thing, query: LeftoverQuery): boolean {
  return query.known !== undefined && declaredFor(tie, query.declared ?? new Map()) !== undefined;
}

async function readAll(client: CloudClient, listing: Listing): Promise<Thing[]> {
  const { api, action, parameters, paging, size, read } = listing;
  const things: Thing[] = [];
  let seen = 0;
  let marker: string | undefined;
  for (let page = 1; page <= mostPages; page += 1) {
    const place: Record<string, string | number> =
      paging === "pages"
        ? { PageNumber: page, PageSize: size }
        : { MaxItems: size, ...(marker === undefined ? {} : { Marker: marker }) };
    const got = read(await client.call(api, action, { ...parameters, ...place }));
    things.push(...got.things);
    seen += got.rows;
    marker = got.marker;
    const more = paging === "marker" ? marker !== undefined : got.rows > 0 && seen < (got.total ?? 0);
    if (!more) return things;
  }
  throw new Error(`${action} has more than ${mostPages} pages`);
}

/** How a thing belongs to the stack, if it does. A tag decides; a name counts only where no tag says otherwise. */
function belonging({ project, stack, otherStacks = [] }: LeftoverQuery): (thing: Thing) => "tag" | "name" | undefined {
  const prefix = `${project}-${stack}-`;
  const longer = otherStacks.map((other) => `${project}-${other}-`).filter((other) => other.startsWith(prefix));
  return ({ tags, name }) => {
    const { project: itsProject, stack: itsStack } = tags;
    if (itsProject !== undefined && itsStack !== undefined) {
      return itsProject === project && itsStack === stack ? "tag" : undefined;
    }
    return name.startsWith(prefix) && !longer.some((other) => name.startsWith(other)) ? "name" : undefined;
  };
}

/** Both generations of Lindorm are one kind: the list does not tell them apart reliably. */
function kindOf({ type }: Thing): string {
  return type.startsWith("alicloud:lindorm/") ? "lindorm" : type;
}

function leftover(
  thing: Thing,
  sameName: readonly Thing[],
  found: "tag" | "name",
  { known, declared = new Map(), region, stack }: LeftoverQuery,
): Leftover {
  const inState = sameName.find((other) => other.id !== thing.id && known?.has(other.id) === true);
  // Of several that nobody knows the oldest is taken: what came after it was made in vain.
  const oldest = [...sameName].sort((a, b) => ((a.createdAt ?? "") < (b.createdAt ?? "") ? -1 : 1))[0] ?? thing;
  const double = thing.name === "" ? undefined : (inState ?? (oldest.id === thing.id ? undefined : oldest));
  const program = declaredFor(thing, declared);
  const next =
    double !== undefined
      ? deletionOf(
          thing,
          region,
          `there are two of this name; the ${inState ? "state has" : "older one is"} ${double.id}`,
        )
      : program !== undefined
        ? importOf(thing, program, stack)
        : deletionOf(thing, region, "the program does not declare it");
  const { type, id, name, billed, paidAhead, createdAt } = thing;
  return {
    ...{ type: program?.type ?? type, id, name, found, billed, paidAhead, importCommand: next },
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(double === undefined ? {} : { doubleOf: double.id }),
    ...(program === undefined ? {} : { logicalName: program.name }),
  };
}

/** Logical name and id of what can be imported. */
export function pairOf({ logicalName, doubleOf, id }: Leftover): readonly string[] {
  return logicalName === undefined || doubleOf !== undefined ? [] : [logicalName, id];
}
