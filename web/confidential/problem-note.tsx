import { Alert } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "../ui/error-state.tsx";
import { isProblem } from "../ui/problem.ts";

const reasons = new Set(["oneself", "two_sides", "sealed_already", "own", "reviewed", "decided"]);

/** What kept an act from being done, in words of this area where they say more. */
export function ProblemNote({ error }: { error: unknown }) {
  const { t } = useTranslation("confidential");
  if (!isProblem(error)) return <ErrorNote error={error} />;
  const reason = String(error.detail?.reason ?? "");
  if (reasons.has(reason)) return <Alert color="red">{t(`problems.${reason}`)}</Alert>;
  const limit = String(error.detail?.limit ?? "");
  if (error.code === "limit_reached" && limit === "emergency_access") return <Alert color="red">{t("problems.emergency_access")}</Alert>;
  return <ErrorNote error={error} />;
}
