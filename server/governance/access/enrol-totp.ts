import type { Clock } from "../../platform/clock/index.ts";
import { type Db, inTransaction } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { record } from "../audit/index.ts";
import { beginTotp } from "../factors/index.ts";
import { readBank } from "./bank.ts";
import { checkPassword, comer, type SignInRequest, withFloor } from "./check-password.ts";

/** A seed for the authenticator app of whoever must have a second factor and has none. Fails with sign_in_failed, the same whatever stands against it. */
export async function enrolTotp(db: Db, clock: Clock, input: Omit<SignInRequest, "code">): Promise<{ seed: string; uri: string }> {
  return withFloor(async () => {
    const found = await checkPassword(db, clock, input);
    if (found?.method !== null || found.detail.enrol !== true) throw new DomainError("sign_in_failed", "no second factor to set up");
    const { userId } = found;
    return inTransaction(
      db,
      { userId, sessionId: null, requestId: input.request.id },
      async (tx) => {
        const bank = (await readBank(tx)).name;
        const begun = await beginTotp(tx, { userId, login: input.login, bank });
        if (begun === null) throw new DomainError("sign_in_failed", "an app is set up already");
        await record(tx, { caller: comer(userId, input.request), action: "factor.totp_begun", subjectKind: "user", subjectIds: [userId] });
        return begun;
      },
      { purpose: "sign_in", retry: false },
    );
  });
}
