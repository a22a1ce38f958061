/** Tokens that fill up again: `burst` at most, `perSecond` added each second. */
export interface Allowance {
  readonly burst: number;
  readonly perSecond: number;
}

export interface RateLimits {
  /** One signed-in person, over all endpoints. */
  readonly perCaller: Allowance;
  /** One signed-in system, over endpoints for machines. */
  readonly perMachine: Allowance;
  /** One IPv4 address or IPv6 /64, over all endpoints. A branch of hundreds of people may share one address. */
  readonly perAddress: Allowance;
  /** Public endpoints (sign-in): per account, per address, and all together. */
  readonly signInPerAccount: Allowance;
  readonly signInPerAddress: Allowance;
  readonly signInTotal: Allowance;
}

export const defaultRateLimits: RateLimits = {
  perCaller: { burst: 300, perSecond: 60 },
  perMachine: { burst: 3_000, perSecond: 1_500 },
  perAddress: { burst: 3_000, perSecond: 600 },
  signInPerAccount: { burst: 10, perSecond: 1 / 30 },
  signInPerAddress: { burst: 60, perSecond: 1 },
  signInTotal: { burst: 300, perSecond: 30 },
};

export interface HttpSettings {
  /** How browsers reach this installation, for instance https://crm.bank.example. Decides HSTS and which Origin may change things. */
  readonly publicUrl: URL;
  /** In production an answer that does not fit its schema is trimmed and logged; elsewhere it fails, so that tests see it. */
  readonly production: boolean;
  /** Addresses of reverse proxies whose X-Forwarded-* headers are believed; nobody's unless named here. */
  readonly trustedProxies: readonly string[];
  /** GET /metrics answers only to this bearer token; without one there is no such page. */
  readonly metricsToken: string | null;
  readonly rateLimits: RateLimits;
  readonly jsonBytesMax: number;
  /** For one uploaded file, as sent. */
  readonly uploadBytesMax: number;
}

export function httpSettings(given: Partial<HttpSettings> & Pick<HttpSettings, "publicUrl">): HttpSettings {
  return {
    production: false,
    trustedProxies: [],
    metricsToken: null,
    rateLimits: defaultRateLimits,
    jsonBytesMax: 1024 * 1024,
    uploadBytesMax: 20 * 1024 ** 3,
    ...given,
  };
}
