import { seededRandom } from "./seeded.ts";

/** A fair sample of at most `most` of things that pass by one after another (algorithm R, Vitter 1985); the same for the same things in the same order. */
export class Reservoir<Thing> {
  readonly kept: Thing[] = [];
  private readonly most: number;
  private readonly random = seededRandom(1);
  private seen = 0;

  constructor(most: number) {
    this.most = most;
  }

  /** `make` is called only where the thing is kept. */
  offer(make: () => Thing): void {
    this.seen += 1;
    const place = this.kept.length < this.most ? this.kept.length : Math.floor(this.random() * this.seen);
    if (place < this.most) this.kept[place] = make();
  }
}
