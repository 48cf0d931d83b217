import { CloudError } from "../core/errors.ts";

/** Mbit/s out to the internet. @throws InvalidInternetMaxBandwidthOut.ValueNotSupported */
export function checkPublicBandwidth(mbits: number): number {
  if (mbits >= 0 && mbits <= 100) return mbits;
  throw new CloudError(
    "InvalidInternetMaxBandwidthOut.ValueNotSupported",
    400,
    'The specified parameter "InternetMaxBandwidthOut" is not valid.',
  );
}

/** An address out of 198.18.0.0/15, which is kept for benchmarks: nobody on the internet has it. */
export function publicAddress(): string {
  const random = () => Math.floor(Math.random() * 254) + 1;
  return `198.${18 + Math.floor(Math.random() * 2)}.${random()}.${random()}`;
}
