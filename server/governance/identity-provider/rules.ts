import type { MatchOutcome } from "./contract.ts";

/** What the provider says of who came. */
export interface Arrived {
  readonly subject: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly groups: readonly string[] | null;
}

export interface Candidate {
  readonly userId: string;
  readonly active: boolean;
  readonly emailConfirmed: boolean;
  readonly emergency: boolean;
}

export interface Match {
  readonly outcome: MatchOutcome;
  /** Whom the outcome is about; only "known" and "links_now" let them in. */
  readonly userId: string | null;
}

/**
 * Who that is here. A link made before decides; else the e-mail address, when the bank links by it and both sides vouch for it: the provider says that it
 * is verified, and here somebody other than the person has confirmed it. An account of which only an address is known could be anybody's making.
 */
export function matchPerson(arrived: Arrived, linked: Candidate | null, byEmail: readonly Candidate[], linksByEmail: boolean): Match {
  if (linked !== null) return { outcome: linked.active ? "known" : "account_closed", userId: linked.userId };
  if (!linksByEmail) return { outcome: "links_by_hand", userId: null };
  if (arrived.email === null) return { outcome: "email_missing", userId: null };
  if (!arrived.emailVerified) return { outcome: "email_unverified", userId: null };
  const [found, ...others] = byEmail;
  if (found === undefined) return { outcome: "no_account", userId: null };
  const { userId } = found;
  if (others.length > 0) return { outcome: "email_ambiguous", userId: null };
  if (!found.active) return { outcome: "account_closed", userId };
  if (found.emergency) return { outcome: "emergency_account", userId };
  return { outcome: found.emailConfirmed ? "links_now" : "email_unconfirmed", userId };
}

export const letsIn = ({ outcome }: Match): boolean => outcome === "known" || outcome === "links_now";

const limits = {
  subjectCharacters: 255,
  emailCharacters: 200,
  groups: 200,
  groupCharacters: 200,
  claims: 100,
  valueCharacters: 400,
} as const;

/** Text that can be compared and kept; null for anything else: whatever a provider sends, it is a value and never an error of ours. */
function cleanText(value: unknown, charactersMax: number): string | null {
  return typeof value === "string" && value !== "" && value.length <= charactersMax && !value.includes("\0") && value.isWellFormed()
    ? value
    : null;
}

/** null: the subject is no text that could be kept. */
export function arrivedWith(claims: Readonly<Record<string, unknown>>, groupClaim: string | null): Arrived | null {
  const subject = cleanText(claims.sub, limits.subjectCharacters);
  if (subject === null) return null;
  const listed = groupClaim === null ? null : claims[groupClaim];
  const groups = Array.isArray(listed) ? listed : typeof listed === "string" ? [listed] : [];
  return {
    subject,
    email: cleanText(claims.email, limits.emailCharacters),
    emailVerified: claims.email_verified === true || claims.email_verified === "true",
    groups:
      groupClaim === null
        ? null
        : groups
            .slice(0, limits.groups)
            .map((group) => cleanText(group, limits.groupCharacters))
            .filter((group) => group !== null),
  };
}

/** For the administrator who tries the provider: names and values, cut. */
export function shownClaims(claims: Readonly<Record<string, unknown>>): { name: string; value: string }[] {
  return Object.entries(claims)
    .slice(0, limits.claims)
    .map(([name, value]) => ({
      name: name.slice(0, limits.groupCharacters),
      value: (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).slice(0, limits.valueCharacters),
    }));
}

export type SettingsFault = "not_tried" | "no_emergency_account" | "not_in_use";

/** What stands against these settings, or null. `tried`: they led somebody all the way since issuer, client and secret were last changed. */
export function settingsFault(
  wanted: { enabled: boolean; localSignIn: "everybody" | "emergency" },
  { tried, usableEmergencyAccounts }: { tried: boolean; usableEmergencyAccounts: number },
): SettingsFault | null {
  if (wanted.localSignIn === "emergency" && !wanted.enabled) return "not_in_use";
  if (wanted.enabled && !tried) return "not_tried";
  if (wanted.localSignIn === "emergency" && usableEmergencyAccounts === 0) return "no_emergency_account";
  return null;
}
