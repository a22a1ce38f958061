import { Alert } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "../ui/error-state.tsx";
import { isProblem } from "../ui/problem.ts";

const reasons = new Set([
  "own",
  "closed",
  "decided",
  "unseen",
  "not_closed",
  "limits_must_rise",
  "last_without_limit",
  "currency_missing",
  "too_few_approvers",
]);

/** What kept a decision or a request from being made, in words of this area where they say more. */
export function ProblemNote({ error }: { error: unknown }) {
  const { t } = useTranslation("approvals");
  const reason = isProblem(error) ? String(error.detail?.reason ?? "") : "";
  return reasons.has(reason) ? <Alert color="red">{t(`problems.${reason}`)}</Alert> : <ErrorNote error={error} />;
}
