/** Ports that something opens, both ends included. */
export interface PortSpan {
  readonly from: number;
  readonly to: number;
}

/** What a protocol carries to a host: ports, the messages of the network itself, or a protocol that has no ports. */
export type Traffic = PortSpan | "icmp" | "portless";

const highest = 65535;
export const everyPort: PortSpan = { from: 1, to: highest };

const written = /^(\d{1,5})(?:\/(\d{1,5}))?$/;

/** "22/22", "20/30", "22"; "-1/-1" is how the API writes every port. Undefined where it is no range of ports. */
export function portsOf(text: string): PortSpan | undefined {
  if (text === "-1/-1") return everyPort;
  const [, first, last = first] = written.exec(text) ?? [];
  const span = { from: Number(first), to: Number(last) };
  return span.from <= span.to && span.to <= highest ? span : undefined;
}

/** From 0 is every port as well: nothing listens on port 0. */
export function isEveryPort({ from, to }: PortSpan): boolean {
  return from <= 1 && to === highest;
}

/** Those of some ports that lie in a span. */
export function portsIn(span: PortSpan, ports: readonly number[]): readonly number[] {
  return ports.filter((port) => span.from <= port && port <= span.to);
}

/** Whether a span holds nothing but some ports. */
export function isWithin(span: PortSpan, ports: readonly number[]): boolean {
  return new Set(portsIn(span, ports)).size === span.to - span.from + 1;
}

const namedAtMost = 3;

/** "port 22", "ports 22 and 3389", "ports 1433, 1521, 2375 and 22 more". */
export function portsInWords(ports: readonly number[]): string {
  const named = ports.slice(0, namedAtMost).map(String);
  const others = ports.length - named.length;
  const last = others > 0 ? `${others} more` : named.pop();
  return named.length === 0 ? `port ${last}` : `ports ${named.join(", ")} and ${last}`;
}
