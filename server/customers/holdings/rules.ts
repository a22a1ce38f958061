export interface TransactionCursor {
  readonly bookedOn: string;
  readonly transactionId: string;
}

export function writeTransactionCursor(last: TransactionCursor): string {
  return `${last.bookedOn}_${last.transactionId}`;
}

/** null when the text is no cursor. */
export function readTransactionCursor(text: string): TransactionCursor | null {
  const [, bookedOn, transactionId] = /^(\d{4}-\d{2}-\d{2})_([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/.exec(text) ?? [];
  return bookedOn === undefined || transactionId === undefined ? null : { bookedOn, transactionId };
}
