import { useTranslation } from "react-i18next";
import { ErrorNote } from "../ui/error-state.tsx";
import { isProblem } from "../ui/problem.ts";
import classes from "./relations.module.css";

const reasons = [
  "same_customer",
  "kind_does_not_fit",
  "share_does_not_fit",
  "dates_turned",
  "shares_above_whole",
  "known_already",
  "from_a_source",
  "member_twice",
  "in_two_circles",
] as const;

/** Why it was refused, in words where the reason is one of ours. */
export function RelationProblem({ error }: { error: unknown }) {
  const { t } = useTranslation("relations");
  if (error === null || error === undefined) return null;
  const reason = isProblem(error) ? reasons.find((one) => one === error.detail.reason) : undefined;
  if (reason !== undefined)
    return (
      <p role="alert" className={classes.refused}>
        {t(`refused.${reason}`)}
      </p>
    );
  return <ErrorNote error={error} />;
}
