import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import classes from "./figures.module.css";
import { changeOf } from "./shown.ts";

/** By how much more or less than before; more is not always better, so it has no colour. */
export function Change({ value, before }: { value: string | null; before: string | null | undefined }) {
  const { t } = useTranslation("reports");
  const format = useFormat();
  const change = changeOf(value, before);
  if (change === null) return <span className={classes.quiet}>{t("result.noBefore")}</span>;
  return <span className={classes.quiet}>{format.percentChange(change, Math.abs(change) < 0.1 ? 1 : 0)}</span>;
}
