import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./adding-up.module.css";

const SLOW_MS = 3_000;

/** Says, once figures take their time, that they are still being added up. Lies over the place where they come, so that nothing moves. */
export function AddingUp() {
  const { t } = useTranslation("reports");
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" className={classes.over}>
      {isSlow && <p className={classes.words}>{t("result.addingUp")}</p>}
    </div>
  );
}
