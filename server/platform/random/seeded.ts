/** Numbers from 0 to below 1 that follow from the seed alone (mulberry32, Tommy Ettinger, public domain). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mix = Math.imul(state ^ (state >>> 15), state | 1);
    mix ^= mix + Math.imul(mix ^ (mix >>> 7), mix | 61);
    return ((mix ^ (mix >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** `count` of the numbers below `below`, without repetition, in ascending order (selection sampling, Knuth TAOCP 2, algorithm S). */
export function sampleAscending(below: number, count: number, random: () => number): Int32Array {
  const chosen = new Int32Array(Math.min(count, below));
  let taken = 0;
  for (let place = 0; place < below && taken < chosen.length; place += 1) {
    if ((below - place) * random() < chosen.length - taken) {
      chosen[taken] = place;
      taken += 1;
    }
  }
  return chosen;
}
