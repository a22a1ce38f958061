import { type KeyProvider, WrongMasterKey } from "./key-provider.ts";

/**
 * While a bank moves from one provider of the master key to the other: what is new is wrapped by `first`, what either has wrapped opens. Wrapped anew,
 * everything is of `first`. `other` is asked for its own alone.
 */
export function openBothProviders(first: KeyProvider, other: KeyProvider): KeyProvider {
  const unwrap = (wrapped: string) => {
    const owner = [first, other].find((provider) => provider.wraps(wrapped));
    return owner === undefined ? Promise.reject(new WrongMasterKey("wrapped by another provider")) : owner.unwrap(wrapped);
  };
  return {
    ...first,
    unwrap,
    rewrap: async (wrapped) => (first.wraps(wrapped) ? first.rewrap(wrapped) : first.wrap(await unwrap(wrapped))),
  };
}
