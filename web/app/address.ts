import { createBrowserHistory, type HistoryLocation } from "@tanstack/react-router";

type Parts = Pick<Location, "pathname" | "search" | "hash">;

/**
 * What a page shows (filters, a tab, a row) stands behind `#` in the address: it can be sent to a colleague and goes back and forth, and no server or
 * proxy, in whose log a name or a number would stay, is ever sent it (ASVS 5.0, 14.2.1). An address with it before the `#` is understood, too.
 */
export const outerAddress = (path: string): string => path.replace("?", "#?");

export function innerAddress({ pathname, search, hash }: Parts): string {
  return hash.startsWith("#?") ? pathname + hash.slice(1) : pathname + search + hash;
}

export function openHistory() {
  return createBrowserHistory({
    parseLocation: () => located(innerAddress(window.location), window.history.state),
    createHref: outerAddress,
  });
}

/** As the router's own reading of an address, which it does not lend. */
function located(href: string, state: unknown): HistoryLocation {
  const hashAt = href.indexOf("#");
  const beforeHash = hashAt < 0 ? href : href.slice(0, hashAt);
  const searchAt = beforeHash.indexOf("?");
  return {
    href,
    pathname: searchAt < 0 ? beforeHash : beforeHash.slice(0, searchAt),
    search: searchAt < 0 ? "" : beforeHash.slice(searchAt),
    hash: hashAt < 0 ? "" : href.slice(hashAt),
    state: (state ?? { __TSR_index: 0 }) as HistoryLocation["state"],
  };
}
