import { useTranslation } from "react-i18next";
import { ReasonField as PlainReasonField } from "../ui/reason-field.tsx";

export { isReason as isLongEnough } from "../ui/reason-field.tsx";

interface ReasonFieldProps {
  label: string;
  min: number;
  value: string;
  onValue: (value: string) => void;
}

/** A reason that says how long it must be. */
export function ReasonField({ min, ...field }: ReasonFieldProps) {
  const { t } = useTranslation("confidential");
  return <PlainReasonField description={t("reasonNote", { n: min })} {...field} />;
}
