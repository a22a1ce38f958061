/** A payment on which the bank's back office decided: by the code of its source and its key there. */
export interface ReportedCase {
  readonly source: string;
  readonly paymentKey: string;
  readonly isFraud: boolean;
}
