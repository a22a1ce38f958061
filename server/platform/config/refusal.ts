/**
 * Vinculo cannot start or go on as it was asked to, and the operator can put it right.
 * `message` is one sentence that says what is wrong and the way out: print it alone, without a stack.
 */
export class Refusal extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "Refusal";
  }
}
