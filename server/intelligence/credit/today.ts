/** The day it is, in UTC. */
export function todayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}
