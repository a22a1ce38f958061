import { Alert } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "../ui/error-state.tsx";
import { isProblem } from "../ui/problem.ts";

const reasons = new Set(["relationship_active", "held", "records_changed", "not_open", "no_term"]);

/** What kept an act from being done, in words of this area where they say more. */
export function ProblemNote({ error }: { error: unknown }) {
  const { t } = useTranslation("privacy");
  const reason = isProblem(error) ? String(error.detail?.reason ?? "") : "";
  return reasons.has(reason) ? <Alert color="red">{t(`refused.${reason}`)}</Alert> : <ErrorNote error={error} />;
}
