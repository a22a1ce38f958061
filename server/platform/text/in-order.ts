/** Compares two texts by their UTF-16 units, for sorting: an order that is the same in every locale, for machines and not for readers. */
export const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
