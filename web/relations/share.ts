/** A typed percentage as a fraction; null when nothing is typed. */
export function shareOf(percent: string | null): number | null | "wrong" {
  if (percent === null || percent === "") return null;
  const share = Number(percent) / 100;
  return share > 0 && share <= 1 ? share : "wrong";
}
