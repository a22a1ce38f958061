import { SegmentedControl, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DateField } from "../../ui/date-picker/date-field.tsx";
import classes from "./known.module.css";
import { kinds, lettersMax, type Typed, texts } from "./typed.ts";

export interface FieldsProps {
  readonly typed: Typed;
  /** Fields may be filled while another one is still being read: what changes is given, not what stood there. */
  readonly onTyped: (change: Partial<Typed>) => void;
  /** What is wrong with a field, in words. */
  readonly wrong?: (field: string) => string | undefined;
}

/** What one knows of somebody who stands at the desk. */
export function KnownFields({ typed, onTyped, wrong = () => undefined }: FieldsProps) {
  const { t } = useTranslation("identity");
  return (
    <>
      <SegmentedControl
        className={classes.whole ?? ""}
        aria-label={t("weights.kind")}
        data={kinds.map((value) => ({ value, label: t(`weights.kinds.${value}`) }))}
        value={typed.kind}
        onChange={(kind) => onTyped({ kind })}
      />
      <TextInput
        label={t("known.fields.fullName")}
        dir="auto"
        maxLength={lettersMax.fullName}
        error={wrong("fullName")}
        value={typed.fullName}
        onChange={(event) => onTyped({ fullName: event.currentTarget.value })}
      />
      {typed.kind === "person" && (
        <DateField label={t("known.fields.bornOn")} value={typed.bornOn} onValue={(bornOn) => onTyped({ bornOn })} />
      )}
      {texts.map((field) => (
        <TextInput
          key={field}
          label={t(`known.fields.${field}`)}
          dir="auto"
          maxLength={lettersMax[field]}
          error={wrong(field)}
          value={typed[field]}
          onChange={(event) => onTyped({ [field]: event.currentTarget.value })}
        />
      ))}
    </>
  );
}
