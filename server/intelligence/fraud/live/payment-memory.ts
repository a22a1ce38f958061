import { FeatureStream, type StreamLimits } from "../features/feature-stream.ts";
import type { Arrival } from "../transaction.ts";
import { type KnownCase, type Payment, paymentId } from "./payment.ts";

/** The feature stream, with what people found out of its payments. */
export class PaymentMemory {
  /** Wall seconds of the newest payment measured. */
  newest = Number.NEGATIVE_INFINITY;
  private readonly stream: FeatureStream;
  private readonly frauds = new Set<string>();
  private readonly known = new Set<string>();

  constructor(limits: Partial<StreamLimits> = {}) {
    this.stream = new FeatureStream(limits);
  }

  measure(payment: Payment, into: Float64Array): Arrival {
    const arrival = this.stream.measure(payment, into);
    if (arrival !== "measured") return arrival;
    this.newest = Math.max(this.newest, payment.at);
    if (this.frauds.has(payment.id)) this.stream.confirmFraud(payment);
    return arrival;
  }

  /** A case may be told before its payment was measured, or after. */
  tell({ sourceId, sourceKey, isFraud, account, payee, wallSeconds }: KnownCase): void {
    const id = paymentId(sourceId, sourceKey);
    this.known.add(id);
    if (!isFraud) return;
    this.frauds.add(id);
    if (wallSeconds <= this.newest) this.stream.confirmFraud({ account, payee, at: wallSeconds });
  }

  /** Whether somebody decided on this payment already. */
  isKnownCase(id: string): boolean {
    return this.known.has(id);
  }
}

/** What was last used of many; the longest unused give way. */
export class Remembered<Value> {
  private readonly kept = new Map<string, Value>();
  private readonly entriesMax: number;

  constructor(entriesMax: number) {
    this.entriesMax = entriesMax;
  }

  get(key: string): Value | undefined {
    return this.kept.get(key);
  }

  set(key: string, value: Value): void {
    this.kept.delete(key);
    this.kept.set(key, value);
    if (this.kept.size <= this.entriesMax) return;
    const oldest = this.kept.keys().next();
    if (!oldest.done) this.kept.delete(oldest.value);
  }
}
