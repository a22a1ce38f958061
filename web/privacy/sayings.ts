import { type ConsentAct, type ContactPurpose, consentActs, contactChannels } from "../../server/customers/consents/contract.ts";

type Channel = (typeof contactChannels)[number];
const withoutChannel: readonly ContactPurpose[] = ["profiling", "sharing"];
const withoutAsking: readonly ContactPurpose[] = ["legal", "service"];

/** What can be said of a purpose; a lawful basis is set by who manages privacy. */
export function actsFor(purpose: ContactPurpose | null, mayManage: boolean): readonly ConsentAct[] {
  return consentActs.filter((act) => (act === "basis" ? mayManage : purpose === null || !withoutAsking.includes(purpose)));
}

export function channelsFor(purpose: ContactPurpose | null, act: ConsentAct | null): readonly Channel[] {
  return act === "basis" || (purpose !== null && withoutChannel.includes(purpose)) ? ["any"] : contactChannels;
}

/** The moment that a chosen day stands for; null for now, of which the server knows better. */
export function momentOf(day: string | null, now: Date): string | null {
  return day === null || day >= now.toISOString().slice(0, 10) ? null : `${day}T12:00:00Z`;
}
