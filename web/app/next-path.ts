/**
 * Where to go after sign-in: a path of this product or "/". Everything a browser could read as another site is refused:
 * `//host`, `/\host`, `https:…`, control characters, and what decodes to them.
 */
export function safeNextPath(next: unknown): string {
  if (typeof next !== "string" || !next.startsWith("/") || next.startsWith("/sign-in")) return "/";
  let path: string;
  try {
    path = decodeURIComponent(next);
  } catch {
    return "/";
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/^\/[/\\]/.test(path) || /[\\\u0000-\u001f]/.test(path)) return "/";
  return new URL(next, "https://here.invalid").origin === "https://here.invalid" ? next : "/";
}
