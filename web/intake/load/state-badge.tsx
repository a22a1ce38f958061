import { useTranslation } from "react-i18next";
import type { LoadState } from "../../../server/customers/intake/contract.ts";
import classes from "./state-badge.module.css";

export function StateBadge({ state }: { state: LoadState }) {
  const { t } = useTranslation("intake");
  return (
    <span className={classes.badge} data-state={state}>
      {t(`states.${state}`)}
    </span>
  );
}
