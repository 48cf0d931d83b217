import { appendFileSync, readFileSync } from "node:fs";

/** What a stand-in was asked, one JSON value per line. */
export type Asked =
  | {
      readonly kind: "dns";
      readonly from: string;
      readonly name: string;
      readonly type: string;
      readonly answer: string;
      readonly known: boolean;
    }
  | {
      readonly kind: "http";
      readonly from: string;
      readonly host: string;
      readonly method: string;
      readonly path: string;
      readonly status: number;
    }
  | { readonly kind: "ntp"; readonly from: string; readonly to: string };

export type Log = (asked: Asked) => void;

export function logTo(file: string): Log {
  return (asked) => appendFileSync(file, `${JSON.stringify(asked)}\n`);
}

export function readLog(file: string): Asked[] {
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Asked);
}
