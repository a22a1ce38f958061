const SWEEP_EVERY = 86_400;
/** Share of the keys that gives way at once when there are too many: sweeping costs, and is paid for by that many new keys. */
const SWEEP_SHARE = 0.1;

interface Kept<State> {
  readonly state: State;
  seenAt: number;
}

/** States by key, within bounds: a key idle for `idleMax` seconds is forgotten within a day, and beyond `keysMax` keys the tenth that is idle longest. */
export class BoundedKeys<State> {
  private readonly kept = new Map<string, Kept<State>>();
  private readonly create: () => State;
  private readonly limits: { readonly keysMax: number; readonly idleMax: number };
  private sweptAt = Number.NEGATIVE_INFINITY;

  constructor(create: () => State, limits: { readonly keysMax: number; readonly idleMax: number }) {
    this.create = create;
    this.limits = limits;
  }

  get size(): number {
    return this.kept.size;
  }

  find(key: string): State | undefined {
    return this.kept.get(key)?.state;
  }

  /** The state of a key that is seen now, new when it was not known. */
  see(key: string, now: number): State {
    const known = this.kept.get(key);
    if (known !== undefined) {
      known.seenAt = now;
      return known.state;
    }
    if (now - this.sweptAt >= SWEEP_EVERY) {
      this.sweptAt = now;
      this.forgetUpTo(now - this.limits.idleMax);
    }
    if (this.kept.size >= this.limits.keysMax) {
      const seen = Float64Array.from(this.kept.values(), ({ seenAt }) => seenAt).sort();
      this.forgetUpTo(seen[Math.floor(seen.length * SWEEP_SHARE)] ?? now);
    }
    const state = this.create();
    this.kept.set(key, { state, seenAt: now });
    return state;
  }

  private forgetUpTo(time: number): void {
    for (const [key, { seenAt }] of this.kept) if (seenAt <= time) this.kept.delete(key);
  }

  states(): Iterable<State> {
    return this.kept.values().map(({ state }) => state);
  }
}

/** Whether an id was seen among the last ones: between `idsMax` and twice as many are remembered. */
export class RecentIds {
  private now = new Set<string>();
  private before = new Set<string>();
  private readonly idsMax: number;

  constructor(idsMax: number) {
    this.idsMax = idsMax;
  }

  has(id: string): boolean {
    return this.now.has(id) || this.before.has(id);
  }

  add(id: string): void {
    if (this.now.size >= this.idsMax) {
      this.before = this.now;
      this.now = new Set();
    }
    this.now.add(id);
  }
}
