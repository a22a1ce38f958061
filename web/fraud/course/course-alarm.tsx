import { useTranslation } from "react-i18next";
import { readFraudCourse } from "../../../server/intelligence/fraud/watching/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { useEndpoint } from "../../ui/query.ts";
import classes from "../fraud.module.css";

const staleMs = 300_000;

/** Above the queue, while the alerts do not do as they did. */
export function CourseAlarm() {
  const { t } = useTranslation("fraud");
  const { data } = useEndpoint(readFraudCourse, {}, { staleMs });
  if (data?.watch?.level !== "act") return null;
  return (
    <p className={classes.alarm} role="alert">
      {t("course.alarm")} <AppLink to="/fraud/course">{t("course.toPage")}</AppLink>
    </p>
  );
}
