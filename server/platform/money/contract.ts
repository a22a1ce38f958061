import { z } from "zod";

/** An amount in minor units of its currency: bigint in code, a decimal string on the wire, because 64 bits do not fit a JSON number. */
export const MinorUnits = z.codec(z.string().regex(/^-?\d{1,19}$/), z.bigint(), {
  decode: (text) => BigInt(text),
  encode: (amount) => amount.toString(),
});
