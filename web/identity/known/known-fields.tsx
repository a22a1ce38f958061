import { SegmentedControl, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DateField } from "../../ui/date-picker/date-field.tsx";
import { kinds, lettersMax, type Typed, texts } from "./typed.ts";

export interface FieldsProps {
  readonly typed: Typed;
  readonly onTyped: (typed: Typed) => void;
  /** What is wrong with a field, in words. */
  readonly wrong?: (field: string) => string | undefined;
}

/** What one knows of somebody who stands at the desk. */
export function KnownFields({ typed, onTyped, wrong = () => undefined }: FieldsProps) {
  const { t } = useTranslation("identity");
  const put = (part: Partial<Typed>) => onTyped({ ...typed, ...part });
  return (
    <>
      <SegmentedControl
        aria-label={t("weights.kind")}
        data={kinds.map((value) => ({ value, label: t(`weights.kinds.${value}`) }))}
        value={typed.kind}
        onChange={(kind) => put({ kind })}
      />
      <TextInput
        label={t("known.fields.fullName")}
        dir="auto"
        maxLength={lettersMax.fullName}
        error={wrong("fullName")}
        value={typed.fullName}
        onChange={(event) => put({ fullName: event.currentTarget.value })}
      />
      {typed.kind === "person" && <DateField label={t("known.fields.bornOn")} value={typed.bornOn} onValue={(bornOn) => put({ bornOn })} />}
      {texts.map((field) => (
        <TextInput
          key={field}
          label={t(`known.fields.${field}`)}
          dir="auto"
          maxLength={lettersMax[field]}
          error={wrong(field)}
          value={typed[field]}
          onChange={(event) => put({ [field]: event.currentTarget.value })}
        />
      ))}
    </>
  );
}
