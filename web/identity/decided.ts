import { useSyncExternalStore } from "react";

/** Pairs decided a moment ago: gone from the queue before the server has answered, and while an older answer still lists them. */
let hidden: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

function replace(next: ReadonlySet<string>): void {
  hidden = next;
  for (const listener of listeners) listener();
}

export function hideDecided(keys: readonly string[]): void {
  replace(new Set([...hidden, ...keys]));
}

export function showAgain(keys: readonly string[]): void {
  const again = new Set(keys);
  replace(new Set([...hidden].filter((key) => !again.has(key))));
}

export function useHidden(): ReadonlySet<string> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => hidden,
  );
}
