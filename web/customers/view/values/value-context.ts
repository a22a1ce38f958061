import { createContext, use } from "react";

/** Opens what a person can do about a value: the name of the attribute in the rules of survivorship. */
export const ValueContext = createContext<((attribute: string) => void) | null>(null);

/** null where values are only shown. */
export function useOpenValue(): ((attribute: string) => void) | null {
  return use(ValueContext);
}
