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
  const text = format.percent(Math.abs(change), Math.abs(change) < 0.1 ? 1 : 0);
  return <span className={classes.quiet}>{t(change < 0 ? "result.less" : "result.more", { text })}</span>;
}
