import { Alert } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "../ui/error-state.tsx";
import { isProblem } from "../ui/problem.ts";

const reasons = new Set(["own", "not_own", "decided", "no_such_tier"]);

/** What kept an act from being done, in words of this area where they say more. */
export function ProfitProblem({ error }: { error: unknown }) {
  const { t } = useTranslation("profit");
  if (!isProblem(error)) return <ErrorNote error={error} />;
  const reason = String(error.detail.reason ?? "");
  if (reasons.has(reason)) return <Alert color="red">{t(`problems.${reason}`)}</Alert>;
  const fields = error.fields.filter(({ path }) => path !== "");
  if (error.code !== "invalid_input" || fields.length === 0) return <ErrorNote error={error} />;
  return (
    <Alert color="red" title={t("problems.fields")}>
      <ul>
        {fields.map(({ path, reason: why }) => (
          <li key={path + why} dir="ltr">
            <code>{path}</code>: {why}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
