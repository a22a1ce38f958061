import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listCustomers } from "../../../server/customers/directory/contract.ts";
import { enterCustomer } from "../../../server/customers/intake/contract.ts";
import { notify } from "../../ui/notify.tsx";
import { isProblem } from "../../ui/problem.ts";
import { useAction } from "../../ui/query.ts";
import { entryOf, type Typed } from "./typed.ts";

/** A wrong value stands under the name the server has for it. */
const fieldOf: Readonly<Record<string, string>> = { nationalId: "number", registration: "number" };

/** Entering what is typed: what stands in the way, field by field, and customers who would have to be somebody else. */
export function useEntry(typed: Typed) {
  const { t, i18n } = useTranslation("identity");
  const navigate = useNavigate();
  // Sent again after a broken answer, it is the same entry.
  const [entryId] = useState(() => crypto.randomUUID());
  const enter = useAction(enterCustomer, {
    refreshes: [listCustomers],
    onDone: ({ customerId }) => {
      void notify({ tone: "good", message: t("entry.done") });
      void navigate({ to: "/customers/$customerId", params: { customerId } as never, ignoreBlocker: true });
    },
  });
  const { error } = enter;
  const sameIds = isProblem(error, "conflict") && error.detail.reason === "may_be_same" ? (error.detail.customerIds as string[]) : [];
  const fields = isProblem(error, "invalid_input") ? error.fields : [];
  const wrong = (field: string): string | undefined => {
    const found = fields.find(({ path }) => {
      const name = path.split(/[./]/).at(-1) ?? "";
      return (fieldOf[name] ?? name) === field;
    });
    if (found === undefined) return undefined;
    const key = `entry.wrong.${found.reason}`;
    return i18n.exists(key, { ns: "identity" }) ? t(key) : t("entry.wrong.other");
  };
  const send = (others: readonly string[]) => {
    const input = entryOf(typed, entryId, others);
    if (input !== null) enter.mutate(input);
  };
  return { enter: send, wrong, sameIds, error, busy: enter.isPending, ready: entryOf(typed, entryId, []) !== null };
}
