import { useTranslation } from "react-i18next";
import { useChineseNames } from "../../ui/chinese-faces.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import classes from "../people.module.css";
import { Deputies } from "./deputies.tsx";

/** All deputies of the bank. */
export function DeputiesPage() {
  useChineseNames(); // colleagues are named in their own scripts
  const { t } = useTranslation("people");
  return (
    <div className={classes.stack}>
      <PageHeader title={t("deputies.title")} note={t("deputies.pageNote")} />
      <Deputies />
    </div>
  );
}
