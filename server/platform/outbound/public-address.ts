import ipaddr from "ipaddr.js";

/** Ranges that belong to the bank's own network; never link-local, where clouds keep their credentials. */
const internalRanges: readonly string[] = ["private", "uniqueLocal", "carrierGradeNat", "loopback"];

/**
 * May this address be connected to? Only globally routed ones, whatever their spelling: an IPv4 address inside an IPv6 one is looked at as IPv4, and
 * 6to4, Teredo, NAT64 and reserved ranges are none. With `internal` also those of the bank's own network.
 */
export function isAllowedAddress(text: string, internal: boolean): boolean {
  const bare = text.replace(/^\[|\]$/g, "");
  if (bare.includes("%") || !ipaddr.isValid(bare)) return false;
  const range = ipaddr.process(bare).range();
  return range === "unicast" || (internal && internalRanges.includes(range));
}

/** Is the host of an address an IP address, and not a name? */
export function isAddress(host: string): boolean {
  return ipaddr.isValid(host.replace(/^\[|\]$/g, ""));
}
