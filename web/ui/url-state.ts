import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

/**
 * One value of the address's search part: a sort, a filter, a chosen row. `undefined` takes it out again.
 * Values are anything JSON can say; what comes from the address is only as trustworthy as `parse` makes it.
 */
export function useUrlState<Value>(
  name: string,
  parse: (raw: unknown) => Value,
): [Value, (value: Value | undefined, options?: { replace?: boolean }) => void] {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const set = useCallback(
    (value: Value | undefined, options: { replace?: boolean } = {}) =>
      void navigate({
        to: ".",
        search: (before: Record<string, unknown>) => ({ ...before, [name]: value }),
        replace: options.replace ?? false,
        resetScroll: false,
      } as never),
    [name, navigate],
  );
  return [parse(search[name]), set];
}
