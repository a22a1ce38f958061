/** `owner` holds `share` (0 to 1) of `owned`; null: it belongs to the group, how much is not known. */
export interface Ownership {
  readonly owner: string;
  readonly owned: string;
  readonly share: number | null;
}

export interface OwnerShare {
  readonly owner: string;
  readonly share: number;
}

export interface OwnershipPath {
  readonly share: number;
  /** From what is owned up to the owner. */
  readonly nodes: readonly string[];
}
