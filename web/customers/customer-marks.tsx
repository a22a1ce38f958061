import { AlertFillIcon, StopIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../ui/preferences.tsx";
import classes from "./customer-marks.module.css";

interface Marked {
  readonly inArrears: boolean;
  readonly deceasedOn: string | null;
}

/** What to know before calling, as a sign with its words for whoever hovers or listens. */
export function CustomerMarks({ customer }: { customer: Marked }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const marks = [
    ...(customer.deceasedOn === null ? [] : [{ words: t("marks.deceased", { date: format.date(customer.deceasedOn) }), Icon: StopIcon }]),
    ...(customer.inArrears ? [{ words: t("marks.inArrears"), Icon: AlertFillIcon }] : []),
  ];
  return marks.map(({ words, Icon }) => (
    <span key={words} className={classes.mark} role="img" aria-label={words} title={words}>
      <Icon size={12} />
    </span>
  ));
}
