/** A seal as it leaves the machine: enough to prove later that it was there and said this. */
export interface ToldSeal {
  readonly no: string;
  readonly statement: string;
  readonly hash: Buffer;
  readonly signature: Buffer;
}

/** One line of JSON, the same for every destination. */
export function toldLine({ statement, hash, signature }: ToldSeal): string {
  return JSON.stringify({ statement, hash: hash.toString("hex"), signature: signature.toString("base64") });
}
