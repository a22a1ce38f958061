import type { RateLimits } from "../../server/platform/http/index.ts";

const unlimited = { burst: 1e9, perSecond: 1e9 };

/** The limits guard a bank against one person's flood; where one person is the load, or asks all there is to ask, there are none. */
export const noRateLimits: RateLimits = {
  perCaller: unlimited,
  perMachine: unlimited,
  perAddress: unlimited,
  signInPerAccount: unlimited,
  signInPerAddress: unlimited,
  signInTotal: unlimited,
};
