import { type KeyScope, keyScopes } from "./contract.ts";

/** Ranges wider than these are no restriction: a /8 of IPv4, a /32 of IPv6. */
const bitsMin = { 4: 8, 6: 32 } as const;

/** What a person may ask for: of their own rights those that programs may have; who administers people may also let a directory do so. */
export function scopesFor(permissions: ReadonlySet<string>): KeyScope[] {
  return keyScopes.filter((scope) => permissions.has(scope === "scim" ? "user:manage" : scope));
}

export function isTooWide(range: string): boolean {
  const [address = "", bits] = range.split("/");
  return bits !== undefined && Number(bits) < bitsMin[address.includes(":") ? 6 : 4];
}

interface KeyTimes {
  readonly approved: boolean;
  readonly revoked: boolean;
  /** A request to approve it waits. */
  readonly waits: boolean;
  readonly expiresAt: Date;
}

export function stateOf(
  { approved, revoked, waits, expiresAt }: KeyTimes,
  now: Date,
): "waiting" | "active" | "expired" | "refused" | "revoked" {
  if (revoked) return approved ? "revoked" : "refused";
  if (expiresAt <= now) return "expired";
  return approved ? "active" : waits ? "waiting" : "refused";
}
