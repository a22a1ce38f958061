declare const brand: unique symbol;

/** A UUIDv7 that says what it names: a CustomerId is no PartyId. */
export type Id<Name extends string> = string & { readonly [brand]: Name };

let lastMs = 0;
let sequence = 0;

/** A new UUIDv7 (RFC 9562): time-ordered to the millisecond, and within one process strictly increasing (12-bit counter). */
export function newId<Name extends string>(nowMs: number = Date.now()): Id<Name> {
  if (nowMs > lastMs) {
    lastMs = nowMs;
    sequence = 0;
  } else {
    sequence += 1;
    if (sequence > 0xfff) {
      lastMs += 1;
      sequence = 0;
    }
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(lastMs / 0x10000));
  view.setUint16(4, lastMs % 0x10000);
  view.setUint16(6, 0x7000 | sequence);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  const hex = Buffer.from(bytes).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id<Name>;
}
