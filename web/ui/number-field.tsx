import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { currencyDecimals, decimalToMinor, minorToDecimal } from "./currency.ts";
import { parseDecimal, toLatinDigits } from "./digits.ts";
import { usePreferences } from "./preferences.tsx";

interface DecimalFieldProps {
  label: string;
  /** A plain decimal string such as "1234.5", or "". */
  value: string;
  onValue: (value: string | null) => void;
  whole?: boolean;
  /** Most digits after the mark. */
  places?: number;
  suffix?: string;
}

/** A number typed in any digits with the marks of the person's language; shown grouped once the field is left. */
export function DecimalField({ label, value, onValue, whole = false, places = 6, suffix }: DecimalFieldProps) {
  const { t } = useTranslation("ui");
  const { preferences, format } = usePreferences();
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const read = (text: string): string | null => {
    const decimal = parseDecimal(text, preferences.locale === "es" ? "," : ".");
    if (decimal === null || (whole && decimal.includes("."))) return null;
    return (decimal.split(".")[1]?.length ?? 0) > places ? null : decimal;
  };
  const change = (text: string) => {
    setTyped(text);
    const decimal = text.trim() === "" ? "" : read(text);
    setWrong(decimal === null);
    onValue(decimal === "" ? null : decimal);
  };
  return (
    <TextInput
      label={label}
      inputMode={whole ? "numeric" : "decimal"}
      className="num"
      value={typed ?? (value === "" ? "" : format.number(value))}
      onChange={(event) => change(event.currentTarget.value)}
      onBlur={() => !wrong && setTyped(null)}
      error={wrong ? t("field.notNumber") : undefined}
      rightSection={suffix}
      rightSectionPointerEvents="none"
      rightSectionWidth={suffix ? 48 : undefined}
    />
  );
}

/** An amount: minor units outside, the person's digits and marks inside. */
export function MoneyField({
  label,
  minor,
  currency,
  onMinor,
}: {
  label: string;
  minor: string;
  currency: string;
  onMinor: (minor: string | null) => void;
}) {
  return (
    <DecimalField
      label={label}
      value={minor === "" ? "" : minorToDecimal(minor, currency)}
      places={currencyDecimals(currency)}
      suffix={currency}
      onValue={(decimal) => onMinor(decimal === null ? null : decimalToMinor(decimal, currency))}
    />
  );
}

/** Text in which digits of any script count as the same: a phone, a number of a thing, a name. */
export function PlainField({ label, value, onValue }: { label: string; value: string; onValue: (value: string | null) => void }) {
  return (
    <TextInput label={label} value={value} dir="auto" onChange={(event) => onValue(toLatinDigits(event.currentTarget.value) || null)} />
  );
}
