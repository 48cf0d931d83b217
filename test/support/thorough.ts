/**
 * How many generated cases a test goes through: all of them where CHINA_THOROUGH is 1, as in .ci/run, a fifth otherwise, so
 * that `npm test` stays something to run before every commit.
 */
export function cases(all: number): number {
  return process.env["CHINA_THOROUGH"] === "1" ? all : Math.ceil(all / 5);
}
