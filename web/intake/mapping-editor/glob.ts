/** The names a mapping's `file` means. `trans_*.csv`: `*` any letters, `?` one. */
export function fitsName(pattern: string, name: string): boolean {
  const body = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${body}$`).test(name);
}
