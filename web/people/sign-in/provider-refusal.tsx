import { useTranslation } from "react-i18next";
import { isProblem } from "../../ui/problem.ts";
import classes from "../people.module.css";
import { Refusal } from "../refusal.tsx";

const reasons = [
  "provider_down",
  "provider_unfit",
  "provider_incomplete",
  "not_tried",
  "no_emergency_account",
  "no_provider",
  "not_proven",
  "refused_there",
] as const;

/** What stands against the settings, in words an administrator can act on. */
export function ProviderRefusal({ error }: { error: unknown }) {
  const { t } = useTranslation("people");
  const reason = isProblem(error) ? reasons.find((one) => one === error.detail.reason) : undefined;
  if (reason === undefined) return <Refusal error={error} />;
  return (
    <p role="alert" className={classes.refused}>
      {t(`provider.refused.${reason}`)}
    </p>
  );
}
