import { createContext, use } from "react";

export interface ValueWays {
  /** Opens what a person can do about a value, by the name of its attribute in the rules of survivorship; null: values are only shown. */
  readonly open: ((attribute: string) => void) | null;
  /** Attributes somebody doubts. */
  readonly disputed: ReadonlySet<string>;
}

export const ValueContext = createContext<ValueWays>({ open: null, disputed: new Set() });

export function useValueWays(): ValueWays {
  return use(ValueContext);
}
