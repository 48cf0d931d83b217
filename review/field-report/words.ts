import { probeLimits } from "../../components/bootstrap/probe/limits.ts";
import type { Word } from "./result.ts";

const { slow, rate, target, connect, answer } = probeLimits;

/** What each word of a result means, as the page says it; the figures are those the program judges by. */
export const meanings: Readonly<Record<Word, string>> = {
  works: "the right answer, neither slow nor throttled",
  slow: `right, but more than ${slow} s went by until the answer began: a lock of 40 packages asks 80 times, which is four minutes of waiting alone`,
  throttled: `right, but the file came at less than ${rate / 1024} KiB/s, at which a wheel of 40 MB takes seven minutes; or the server said 429, or 503 with a time to come back`,
  refused: "the port is closed or a firewall says so; or the server answered 401, 403 or 451 where it should not",
  reset: "a connection that stood was cut: in the TLS handshake, before an answer, or in the middle of one",
  "timed out": `nothing came back: ${connect} s for a connection, ${connect} s for TLS, ${answer} s for an answer, ${target} s for all of it`,
  "no route": "the host's own network knows no way there",
  "no DNS": "the host's resolver knows no such name, or does not answer",
  "wrong DNS":
    "the name stands for an address that cannot be right (loopback, private, reserved, known as a false answer); or what stands there fails, while the address that a second resolver gives has the right certificate. Two resolvers that differ are no proof by themselves: large services have many addresses",
  "wrong certificate":
    "another name, expired, or by an authority that the host does not know, and no resolver knows better",
  "wrong answer": "an answer of another kind: 404, 500, a login page, something that is no HTTP",
  "not checked": "no way out of the VPC, or the run's time or bytes were used up; says nothing about the place",
};
