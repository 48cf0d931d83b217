/** IPv4 addresses as numbers, for counting and for the next one. */
export function ipNumber(text: string): number {
  return text.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

export function ipText(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}

/** Four decimal numbers up to 255, no leading zeros. */
export function isIp(text: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && ipText(ipNumber(text)) === text;
}

/** First address and number of addresses of a range. */
export function rangeOf(cidr: string): { readonly first: number; readonly size: number; readonly mask: number } {
  const [ip = "", mask = ""] = cidr.split("/");
  const size = 2 ** (32 - Number(mask));
  const number = ipNumber(ip);
  return { first: number - (number % size), size, mask: Number(mask) };
}
