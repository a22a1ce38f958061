import type { Departure } from "../../server/governance/identity-provider/contract.ts";

/** Why the browser left for the identity provider. */
export type TripKind = "sign_in" | "trial" | "proof";

export interface Trip {
  readonly kind: TripKind;
  /** Known to this browser alone: whoever comes back in another is refused. */
  readonly secret: string;
  /** Where to go when it is done: a path of ours. */
  readonly next: string;
}

export interface TripReturn {
  readonly parameters: string;
  readonly secret: string;
}

const keyOf = (state: string) => `vinculo.trip.${state}`;
const TRIAL = "vinculo.trial";
/** A proof is given in a window of its own; this is how it tells the one that waits. */
export const PROOF_CHANNEL = "vinculo.proof";

/** Remembers the trip; the caller then leads the browser to `departure.url`. In storage that other tabs share: a proof comes back in another window. */
export function beginTrip(departure: Pick<Departure, "state" | "secret">, kind: TripKind, next: string): void {
  const trip: Trip = { kind, secret: departure.secret, next };
  window.localStorage.setItem(keyOf(departure.state), JSON.stringify(trip));
}

/** The trip that this query string ends, once; null when it began elsewhere. */
export function endTrip(parameters: string): Trip | null {
  const key = keyOf(new URLSearchParams(parameters).get("state") ?? "");
  const kept = window.localStorage.getItem(key);
  window.localStorage.removeItem(key);
  return kept === null ? null : (JSON.parse(kept) as Trip);
}

/** Hands what a trial brought back to the page that shows it. */
export function keepTrial(back: TripReturn): void {
  window.sessionStorage.setItem(TRIAL, JSON.stringify(back));
}

export function takeTrial(): TripReturn | null {
  const kept = window.sessionStorage.getItem(TRIAL);
  window.sessionStorage.removeItem(TRIAL);
  return kept === null ? null : (JSON.parse(kept) as TripReturn);
}
