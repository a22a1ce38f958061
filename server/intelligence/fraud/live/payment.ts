import type { Transaction } from "../transaction.ts";
import type { PaymentDecision, PaymentToDecide } from "./contract.ts";
import { type Rates, unitsOf } from "./money.ts";

/** A payment as the bank knows it, with what the feature stream wants of it. */
export interface Payment extends Transaction {
  readonly sourceId: number;
  readonly sourceKey: string;
  /** null: the holding is not known (yet). */
  readonly partyId: string | null;
  readonly holdingId: string | null;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly payeeName: string | null;
  /** false: only the day is known; it is put at noon, so one-hour windows see the day. */
  readonly hasTime: boolean;
}

export interface PaymentRow {
  readonly sourceId: number;
  readonly sourceKey: string;
  readonly partyId: string;
  readonly holdingId: string;
  readonly bookedOn: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly payee: string;
  readonly payeeName: string | null;
  readonly channel: string | null;
  readonly category: string | null;
}

/** What was kept of a payment the switch asked about. */
export interface DecisionRow {
  readonly sourceId: number;
  readonly sourceKey: string;
  readonly accountKey: string;
  readonly partyId: string | null;
  readonly holdingId: string | null;
  readonly wallSeconds: number;
  readonly receivedAt: Date;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly payee: string;
  readonly payeeName: string | null;
  readonly channel: string | null;
  readonly country: string | null;
  readonly category: string | null;
  readonly answer: PaymentDecision;
}

/** A payment on which somebody decided, and where it lies. */
export interface KnownCase {
  readonly labelNo: bigint;
  readonly sourceId: number;
  readonly sourceKey: string;
  readonly isFraud: boolean;
  readonly account: string;
  readonly payee: string;
  readonly wallSeconds: number;
}

const NOON = 12 * 3_600;

/** As the payment of an account that no file has brought yet is remembered: when a file brings it, it is judged with what is known then. */
const askedId = (id: string, account: unknown) => (account === null ? `${id}?` : id);

export const paymentId = (sourceId: number, sourceKey: string) => `${sourceId}:${sourceKey}`;

export function fromRow(row: PaymentRow, rates: Rates): Payment {
  return {
    id: paymentId(row.sourceId, row.sourceKey),
    at: Date.parse(row.bookedOn) / 1000 + NOON,
    account: row.holdingId,
    payee: row.payee,
    amount: unitsOf(row.amountMinor, row.currency, rates),
    ...(row.channel === null ? {} : { channel: row.channel }),
    ...(row.category === null ? {} : { category: row.category }),
    sourceId: row.sourceId,
    sourceKey: row.sourceKey,
    partyId: row.partyId,
    holdingId: row.holdingId,
    amountMinor: row.amountMinor,
    currency: row.currency,
    payeeName: row.payeeName,
    hasTime: false,
  };
}

/** A payment as the switch asked about it, from what was kept of it. */
export function fromDecision(row: DecisionRow, rates: Rates): Payment {
  const { channel, country, category, sourceId, sourceKey, partyId, holdingId, payee, payeeName, amountMinor, currency } = row;
  return {
    ...{
      id: askedId(paymentId(sourceId, sourceKey), holdingId),
      at: row.wallSeconds,
      account: holdingId ?? `${sourceId}:${row.accountKey}`,
      payee,
    },
    ...{
      amount: unitsOf(amountMinor, currency, rates),
      sourceId,
      sourceKey,
      partyId,
      holdingId,
      amountMinor,
      currency,
      payeeName,
      hasTime: true,
    },
    ...(channel === null ? {} : { channel }),
    ...(country === null ? {} : { country }),
    ...(category === null ? {} : { category }),
  };
}

/** Whose account a key of a source is. */
export interface KnownAccount {
  readonly holdingId: string;
  readonly partyId: string;
}

export interface Asked {
  readonly sourceId: number;
  readonly account: KnownAccount | null;
  readonly rates: Rates;
  readonly receivedAt: Date;
}

/** A payment the switch asks about. An account the bank's files have not brought yet is known by its key. */
export function fromRequest(asked: PaymentToDecide, { sourceId, account, rates, receivedAt }: Asked): Payment {
  const { channel, country, category, payee } = asked;
  const { wall, offset } = wallSeconds(asked.at);
  return {
    id: askedId(paymentId(sourceId, asked.paymentId), account),
    at: wall,
    receivedAt: receivedAt.getTime() / 1000 + offset,
    account: account?.holdingId ?? `${sourceId}:${asked.account}`,
    payee: payeeKey(payee.account, payee.name),
    amount: unitsOf(asked.amountMinor, asked.currency, rates),
    ...(channel === undefined ? {} : { channel }),
    ...(country === undefined ? {} : { country }),
    ...(category === undefined ? {} : { category }),
    sourceId,
    sourceKey: asked.paymentId,
    partyId: account?.partyId ?? null,
    holdingId: account?.holdingId ?? null,
    amountMinor: asked.amountMinor,
    currency: asked.currency,
    payeeName: payee.name ?? payee.account ?? null,
    hasTime: true,
  };
}

/** As the view customers.payment spells it. */
function payeeKey(account: string | undefined, name: string | undefined): string {
  return (account ?? (name ?? "").trim().replaceAll(/\s+/g, " ")).toUpperCase();
}

/** What a clock on the wall shows there, as seconds since 1970, and how far it is ahead of UTC. */
export function wallSeconds(at: string): { wall: number; offset: number } {
  const [, local = "", zone = "Z"] = /^(.*?)(Z|[+-]\d{2}:?\d{2})$/.exec(at) ?? [];
  const wall = Date.parse(`${local}Z`) / 1000;
  if (zone === "Z") return { wall, offset: 0 };
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  return { wall, offset: (zone.startsWith("-") ? -1 : 1) * (hours * 3_600 + minutes * 60) };
}
