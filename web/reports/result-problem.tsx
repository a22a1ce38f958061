import { useTranslation } from "react-i18next";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { isProblem } from "../ui/problem.ts";

/** Why there are no figures; a segment that is somebody's own answers as one that does not exist. */
export function ResultProblem({ error }: { error: unknown }) {
  const { t } = useTranslation("reports");
  if (!isProblem(error, "invalid_input") || error.detail.reason !== "there is no such segment") return <ErrorNote error={error} />;
  return (
    <EmptyState compact reason="permission" title={t("result.notShared")} text={t("result.notSharedText", { change: t("build.open") })} />
  );
}
