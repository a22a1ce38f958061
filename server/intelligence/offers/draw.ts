import { createHash } from "node:crypto";
import type { Draws } from "./action.ts";

/** A number from 0 to below 1 that follows from the text alone (SHA-256, its first 48 bits). */
function drawn(text: string): number {
  return createHash("sha256").update(text).digest().readUIntBE(0, 6) / 2 ** 48;
}

/** The arm follows from salt and customer and stays; what is tried is drawn anew each day. */
export function drawsOf(salt: string, customerId: string, today: string): Draws {
  return {
    arm: drawn(`${salt} arm ${customerId}`),
    explore: drawn(`${salt} explore ${customerId} ${today}`),
    pick: (place) => drawn(`${salt} pick ${customerId} ${today} ${place}`),
  };
}
