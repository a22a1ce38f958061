import { useEffect, useRef } from "react";

/**
 * What Enter asks for before the results are there is done as soon as they are, and with those very results; typing on takes it back.
 * `act` runs at once where everything is here already.
 */
export function useWhenSettled(settled: boolean, act: () => void): { ask: () => void; forget: () => void } {
  const asked = useRef(false);
  useEffect(() => {
    if (!settled || !asked.current) return;
    asked.current = false;
    act();
  });
  return {
    ask: () => {
      if (settled) act();
      else asked.current = true;
    },
    forget: () => {
      asked.current = false;
    },
  };
}
