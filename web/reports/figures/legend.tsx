import { useTranslation } from "react-i18next";
import classes from "./figures.module.css";
import type { Shown } from "./shown.ts";

/** Which mark is of these months and which of what they are compared with. */
export function Legend({ definition }: Pick<Shown, "definition">) {
  const { t } = useTranslation("reports");
  return (
    <p className={classes.legend}>
      <span>
        <i className={classes.swatch} style={{ background: "var(--v-accent)" }} /> {t("result.now")}
      </span>
      <span>
        <i className={classes.swatch} style={{ background: "var(--v-line-strong)" }} /> {t(`compare.${definition.compare}`)}
      </span>
    </p>
  );
}
