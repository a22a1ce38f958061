import { Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";

const LETTERS_MAX = 500;

export function isLongEnough(text: string, min: number): boolean {
  return text.trim().length >= min;
}

interface ReasonFieldProps {
  label: string;
  min: number;
  value: string;
  onValue: (value: string) => void;
}

/** Why somebody does it: long enough to be read by whoever looks at it later. */
export function ReasonField({ label, min, value, onValue }: ReasonFieldProps) {
  const { t } = useTranslation("confidential");
  return (
    <Textarea
      label={label}
      description={t("reasonNote", { n: min })}
      required
      autosize
      minRows={2}
      maxLength={LETTERS_MAX}
      dir="auto"
      value={value}
      onChange={(event) => onValue(event.currentTarget.value)}
    />
  );
}
