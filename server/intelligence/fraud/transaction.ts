/** A payment as it arrives: a card at a terminal, or an account to a payee. */
export interface Transaction {
  readonly id: string;
  /** Wall time where it happened, as seconds since 1970 read as UTC: night and week-end are the customer's. */
  readonly at: number;
  /** Card or account. */
  readonly account: string;
  /** Terminal, merchant or receiving account. */
  readonly payee: string;
  /** In one currency, in any unit; above 0 is spending, 0 a check of the card, below 0 a refund. */
  readonly amount: number;
  readonly channel?: string;
  readonly country?: string;
  /** Merchant category. */
  readonly category?: string;
  /** When the bank received it, by the bank's clock, seconds. A stream that is replayed leaves it out. */
  readonly receivedAt?: number;
}

/** What became of a transaction that was to be measured. Only "measured" leaves a trace in the windows. */
export type Arrival =
  | "measured"
  | "duplicate" // an id seen before
  | "too_late" // older than the windows could still place
  | "ahead_of_clock" // dated in the future of the bank's clock: taken in, it would age everything else out
  | "refund" // money back is no spending
  | "invalid"; // no time or amount, or a blank account or payee
