/** Where in a request a value stands. */
export type Place = "params" | "query" | "body";

/** A place as a problem names it: `/a/0` in the body, `?a` in the query, `:a` in the path. */
export function pathOf(place: Place, path: readonly PropertyKey[]): string {
  const parts = path.map((part) => String(part).slice(0, 100));
  if (place === "query") return `?${parts.join(".")}`;
  if (place === "params") return `:${parts.join(".")}`;
  return parts.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
