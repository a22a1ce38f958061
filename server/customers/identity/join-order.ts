/** For which load parties are joined, and in whose name. */
export interface JoinOrder {
  readonly loadNo: number;
  readonly decidedBy: string;
}
