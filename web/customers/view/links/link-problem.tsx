import { useTranslation } from "react-i18next";
import { ErrorNote } from "../../../ui/error-state.tsx";
import { isProblem } from "../../../ui/problem.ts";
import classes from "./links.module.css";

const reasons = ["identifiers_differ", "same_customer", "too_many_records", "nothing_left"] as const;

/** Why customers were not joined or parted, where the server says more than its code. */
export function LinkProblem({ error }: { error: unknown }) {
  const { t } = useTranslation("customers");
  const reason = isProblem(error, "invalid_state") ? reasons.find((one) => one === error.detail.reason) : undefined;
  if (reason === undefined) return <ErrorNote error={error} />;
  return (
    <p className={classes.problem} role="alert">
      {t(`links.problems.${reason}`)}
    </p>
  );
}
