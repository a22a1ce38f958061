import type { ConsentAct, ContactChannel, ContactPurpose } from "./contract.ts";

/** Purposes that reach the customer, and so go by a channel. */
const reaching: readonly ContactPurpose[] = ["legal", "service", "marketing", "research"];
/** What the bank must do or has promised by contract is neither asked for nor objected to. */
const withoutAsking: readonly ContactPurpose[] = ["legal", "service"];

export interface Said {
  readonly purpose: ContactPurpose;
  readonly channel: ContactChannel;
  readonly act: ConsentAct;
  readonly withBasis: boolean;
  readonly withText: boolean;
  readonly happenedAt: Date;
}

/** Why this cannot be recorded; null when it can. Moments up to a minute ahead are clocks that differ. */
export function faultOf(said: Said, now: Date): "channel" | "act" | "lawfulBasis" | "text" | "happenedAt" | null {
  if (said.channel !== "any" && (said.act === "basis" || !reaching.includes(said.purpose))) return "channel";
  if (said.act !== "basis" && withoutAsking.includes(said.purpose)) return "act";
  if ((said.act === "basis") !== said.withBasis) return "lawfulBasis";
  if ((said.act === "given") !== said.withText) return "text";
  if (said.happenedAt.getTime() > now.getTime() + 60_000) return "happenedAt";
  return null;
}
