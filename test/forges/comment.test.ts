import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { postComment, type Review } from "../../forges/comment.ts";
import { ForgeError } from "../../forges/errors.ts";
import { type Detail, fit } from "../../forges/fit.ts";
import { firstLine, isOlder, markerOf, stampOf } from "../../forges/marker.ts";
import { type Fate, memoryForge } from "./memory.ts";
import { stoppedClock } from "./server.ts";

function review(summary: string, validAt: string, more: Partial<Review> = {}): Review {
  return { summary, details: [], validAt, ...more };
}
const nine = "2026-11-25T09:00:00Z";
const shown = (body: string | undefined) => body?.split("\n\n").slice(1).join("\n\n");

describe("runs", () => {
  test("in any order leave the newest one's comment, one only", async () => {
    const runs = fc.array(fc.record({ minute: fc.nat(9), run: fc.option(fc.nat(5), { nil: undefined }) }), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(runs, async (order) => {
        const { forge, comments } = memoryForge();
        const stamps = order.map(({ minute, run }) => ({
          validAt: `2026-11-25T09:0${minute}:00.000Z`,
          ...(run === undefined ? {} : { run }),
        }));
        for (const [i, stamp] of stamps.entries()) {
          await postComment(forge, "shop", { ...review(`run ${i}`, nine), ...stamp }, stoppedClock());
        }
        expect(comments).toHaveLength(1);
        const latest = stamps
          .map(({ validAt }) => validAt)
          .sort()
          .at(-1);
        expect(stampOf(comments[0]?.body ?? "")?.validAt).toBe(latest);
      }),
    );
  });

  test("of the same second are told apart by their number", async () => {
    const { forge, comments } = memoryForge();
    await postComment(forge, "shop", review("12", nine, { run: 12 }), stoppedClock());
    expect(await postComment(forge, "shop", review("9", nine, { run: 9 }), stoppedClock())).toMatchObject({
      outcome: "older",
    });
    expect(await postComment(forge, "shop", review("12 again", nine, { run: 12 }), stoppedClock())).toMatchObject({
      outcome: "updated",
    });
    expect(shown(comments[0]?.body)).toBe("12 again");
  });

  test("that say the same of the same moment write nothing", async () => {
    const { forge, calls, comments } = memoryForge();
    await postComment(forge, "shop", review("same", nine), stoppedClock());
    comments[0] = { id: "0", body: `${comments[0]?.body.replaceAll("\n", "\r\n")}\r\n` };
    expect(await postComment(forge, "shop", review("same", "2026-11-25T10:00:00+01:00"), stoppedClock())).toEqual({
      outcome: "unchanged",
      left: 0,
    });
    expect(calls).toEqual(["find", "create", "find"]);
  });

  test("of the future are refused, and not believed where they are written", async () => {
    const { forge, comments } = memoryForge();
    await expect(postComment(forge, "shop", review("x", "2026-11-26T09:00:00Z"), stoppedClock())).rejects.toMatchObject(
      { exitCode: 2 },
    );
    comments.push({ id: "0", body: `${firstLine(markerOf("shop"), { validAt: "2099-01-01T00:00:00Z" })}\n\nfor ever` });
    expect(await postComment(forge, "shop", review("now", nine), stoppedClock())).toMatchObject({ outcome: "updated" });
  });

  test("do not believe a comment without a stamp", async () => {
    const { forge, comments } = memoryForge();
    comments.push({ id: "0", body: "<!-- china-review:shop --> edited by hand" });
    expect(await postComment(forge, "shop", review("now", nine), stoppedClock())).toMatchObject({ outcome: "updated" });
  });
});

describe("lost answers", () => {
  test.each<[readonly Fate[], readonly string[], string]>([
    [["done but lost"], ["find", "create", "find"], "created"],
    [["lost"], ["find", "create", "find", "create"], "created"],
    [["lost", "lost", "done but lost"], ["find", "create", "find", "create", "find", "create", "find"], "created"],
  ])("%j: %j", async (fates, expected, outcome) => {
    const { forge, calls, comments } = memoryForge(fates);
    expect(await postComment(forge, "shop", review("x", nine), stoppedClock())).toMatchObject({ outcome });
    expect(calls).toEqual(expected);
    expect(comments).toHaveLength(1);
  });

  test("are looked after four times, with growing waits; a refusal at once", async () => {
    const clock = stoppedClock();
    await expect(
      postComment(memoryForge(["lost", "lost", "lost", "lost"]).forge, "shop", review("x", nine), clock),
    ).rejects.toThrow("lost");
    expect(clock.waits).toEqual([1000, 2000, 4000]);
    const refused = memoryForge(["refused"]);
    await expect(postComment(refused.forge, "shop", review("x", nine), stoppedClock())).rejects.toThrow("refused");
    expect(refused.calls).toEqual(["find", "create"]);
  });

  test("whatever happens, never make two comments", async () => {
    const fates = fc.array(fc.constantFrom<Fate>("fine", "done but lost", "lost", "refused"), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fates, async (list) => {
        const { forge, comments } = memoryForge(list);
        for (const text of ["a", "b", "c"]) {
          await postComment(forge, "shop", review(text, nine), stoppedClock()).catch(() => undefined);
        }
        expect(comments.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("a budget", () => {
  const detail = fc.oneof(
    fc.string({ maxLength: 80 }),
    fc.record({ title: fc.string({ maxLength: 20 }), body: fc.string({ maxLength: 80 }) }),
  );

  test("is kept, with summary and first line whole, parts whole, from the front, and the rest said", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 60 }),
        fc.array(detail, { maxLength: 12 }),
        fc.integer({ min: 300, max: 900 }),
        fc.boolean(),
        (summary, details, limit, folds) => {
          const { body, left } = fit("HEAD", summary, details, { limit, folds });
          expect(body.length).toBeLessThanOrEqual(limit);
          const whole = fit("HEAD", summary, details.slice(0, details.length - left), { limit: 1e6, folds });
          expect(whole.left).toBe(0);
          expect(body.startsWith(whole.body)).toBe(true);
          expect(body.startsWith(`HEAD\n\n${summary.trim()}`)).toBe(true);
          expect(body.includes(`${left} of ${details.length} parts`)).toBe(left > 0);
          // Not one part more would have fitted.
          if (left > 1) {
            const more = fit("HEAD", summary, details.slice(0, details.length - left + 1), { limit: 1e6, folds });
            expect(more.body.length + body.length - whole.body.length).toBeGreaterThan(limit);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test("folds where the forge does, and is plain where not; a title cannot break out", () => {
    const parts: readonly Detail[] = [{ title: "All <b>\n changes", body: "table" }, "as it is"];
    expect(fit("H", "s", parts, { limit: 1000, folds: true }).body).toBe(
      "H\n\ns\n\n<details><summary>All &lt;b&gt; changes</summary>\n\ntable\n\n</details>\n\nas it is",
    );
    expect(fit("H", "s", parts, { limit: 1000, folds: false }).body).toBe(
      "H\n\ns\n\n#### All &lt;b&gt; changes\n\ntable\n\nas it is",
    );
  });

  test("names where all of it is, when that is known", () => {
    expect(fit("H", "s", ["x".repeat(500)], { limit: 300, folds: true, link: "https://ci.example/1" }).body).toContain(
      "[all of it](<https://ci.example/1>)",
    );
  });

  test("too small for the summary is an error, not a cut", () => {
    expect(() => fit("H", "s".repeat(301), [], { limit: 300, folds: true })).toThrow(ForgeError);
  });
});

describe("the marker", () => {
  test.each(["shop", "acme/shop", "a-b_c.d", "1"])("of %s is read back", (project) => {
    const marker = markerOf(project);
    const stamp = { validAt: "2026-11-25T09:00:00.000Z", run: 7 };
    const line = firstLine(marker, stamp);
    expect(line.startsWith(marker)).toBe(true);
    expect(stampOf(`${line}\r\n\r\ntext <!-- valid-at: 2027-01-01T00:00:00Z -->`)).toEqual(stamp);
  });
  test.each(["", "a--b", "a -->", "-", "a\nb", "名", "a".repeat(101)])("of %j is refused", (project) => {
    expect(() => markerOf(project)).toThrow(ForgeError);
  });
  test("of one project is no beginning of another's", () => {
    expect(markerOf("shop-2").startsWith(markerOf("shop"))).toBe(false);
  });
});

test("older is a strict order where both have a number", () => {
  const stamp = fc
    .record({ minute: fc.nat(3), run: fc.nat(3) })
    .map(({ minute, run }) => ({ validAt: `2026-11-25T09:0${minute}:00Z`, run }));
  fc.assert(
    fc.property(stamp, stamp, stamp, (a, b, c) => {
      expect(isOlder(a, a)).toBe(false);
      expect(isOlder(a, b) && isOlder(b, a)).toBe(false);
      if (isOlder(a, b) && isOlder(b, c)) expect(isOlder(a, c)).toBe(true);
    }),
  );
});
