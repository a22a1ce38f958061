import { useTranslation } from "react-i18next";
import { ErrorNote } from "../ui/error-state.tsx";
import { isProblem } from "../ui/problem.ts";
import classes from "./people.module.css";

const reasons = [
  "duties_conflict",
  "system_role",
  "role_retired",
  "not_passed_on",
  "built_in_role",
  "oneself",
  "days_turned",
  "days_too_many",
  "days_past",
  "account_closed",
  "login_taken",
  "code_taken",
  "same_duty",
  "no_such_duty",
  "wrong_code",
  "no_email",
  "scope_not_held",
  "decided",
  "ruling_role",
] as const;

/** Why it was refused, in words where the reason is one of ours. Whoever cancels the proof is told nothing: they know. */
export function Refusal({ error }: { error: unknown }) {
  const { t } = useTranslation("people");
  if (error === null || error === undefined || isProblem(error, "step_up_needed")) return null;
  const reason = isProblem(error) ? reasons.find((one) => one === error.detail.reason) : undefined;
  if (reason === undefined || !isProblem(error)) return <ErrorNote error={error} />;
  const duty = (name: unknown) =>
    typeof name === "string"
      ? t(`permissions.${name.replace(":", "_")}`, { defaultValue: t(`app:roles.${name}`, { defaultValue: name }) })
      : "";
  return (
    <p role="alert" className={classes.refused}>
      {reason === "duties_conflict"
        ? t("refused.duties_conflict", { a: duty(error.detail.dutyA), b: duty(error.detail.dutyB) })
        : t(`refused.${reason}`)}
    </p>
  );
}
