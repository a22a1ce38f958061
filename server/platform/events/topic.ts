import type { z } from "zod";

/** A kind of event. `payload` holds ids and codes only: an event is kept, relayed and logged, and a person's data is none of that. */
export interface Topic<Payload extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly payload: Payload;
}

/** Declares a topic; belongs into the contract of the module that publishes it. Names look like "customer_merged". */
export function defineTopic<Payload extends z.ZodType>(name: string, payload: Payload): Topic<Payload> {
  if (!/^[a-z][a-z0-9_]{2,60}$/.test(name)) throw new Error(`not a topic name: ${name}`);
  return { name, payload };
}
