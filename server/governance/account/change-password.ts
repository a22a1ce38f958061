import { inTransaction } from "../../platform/db/index.ts";
import { hashPassword, keepOnlySession, readSessionOf, requireStepUp, requireStrongPassword } from "../access/index.ts";
import { record } from "../audit/index.ts";
import type { Own } from "./own-factors.ts";

/** All sessions but this one end. Fails with step_up_needed, invalid_input (as requireStrongPassword). */
export async function changePassword({ db, caller, clock }: Own, password: string): Promise<void> {
  await inTransaction(
    db,
    caller,
    async (tx) => {
      // The new password is not in the act: its hash would be a test for guesses.
      await requireStepUp(tx, caller, clock, { action: "user.password_changed", subjectIds: [caller.userId] });
      const { user, bank } = await readSessionOf(tx, caller.userId);
      requireStrongPassword(password, { login: user.login, displayName: user.displayName, bankName: bank.name });
      await keepOnlySession(tx, clock, caller, await hashPassword(password));
      await record(tx, { caller, action: "user.password_changed", subjectKind: "user", subjectIds: [caller.userId] });
    },
    { purpose: "sign_in", retry: false },
  );
}
