import { SegmentedControl, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { DateField } from "../../ui/date-picker/date-field.tsx";
import { toLatinDigits } from "../../ui/digits.ts";
import { loadChineseFaces } from "../../ui/fonts.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { Surface } from "../../ui/surface.tsx";
import { MayBeSame, type TypedRecord } from "../may-be-same.tsx";
import classes from "./known.module.css";

const kinds = ["person", "organisation"] as const;
interface Typed {
  readonly kind: (typeof kinds)[number];
  readonly fullName: string;
  readonly bornOn: string | null;
  readonly phone: string;
  readonly email: string;
  readonly number: string;
  readonly line: string;
  readonly city: string;
}

const nothingTyped: Typed = { kind: "person", fullName: "", bornOn: null, phone: "", email: "", number: "", line: "", city: "" };
const texts = ["phone", "email", "number", "line", "city"] as const;
const lettersMax = { phone: 40, email: 200, number: 60, line: 200, city: 100 } as const;

/** As the server takes it: what is empty is left out. */
function recordOf({ kind, fullName, bornOn, phone, email, number, line, city }: Typed): TypedRecord {
  const some = (text: string) => (text.trim() === "" ? [] : [toLatinDigits(text.trim())]);
  return {
    kind,
    fullName: fullName.trim(),
    phones: some(phone),
    emails: some(email),
    identifiers: some(number).map((value) => ({ scheme: kind === "person" ? "national_id" : "registration", value })),
    ...(bornOn === null || kind === "organisation" ? {} : { bornOn }),
    ...(line.trim() === "" ? {} : { line: line.trim() }),
    ...(city.trim() === "" ? {} : { city: city.trim() }),
  };
}

/** Somebody stands at the desk: is this customer known already, under whatever spelling or script? Nothing typed here is kept. */
export function KnownPage() {
  const { t } = useTranslation("identity");
  const [typed, setTyped] = useState(nothingTyped);
  useEffect(() => void loadChineseFaces(), []);
  const put = (part: Partial<Typed>) => setTyped({ ...typed, ...part });
  return (
    <div className={classes.page}>
      <PageHeader title={t("known.title")} note={t("known.note")} />
      <div className={classes.layout}>
        <Surface title={t("known.typed")}>
          <div className={classes.fields}>
            <SegmentedControl
              aria-label={t("weights.kind")}
              data={kinds.map((value) => ({ value, label: t(`weights.kinds.${value}`) }))}
              value={typed.kind}
              onChange={(kind) => put({ kind })}
            />
            <TextInput
              label={t("known.fields.fullName")}
              dir="auto"
              maxLength={200}
              value={typed.fullName}
              onChange={(event) => put({ fullName: event.currentTarget.value })}
            />
            {typed.kind === "person" && (
              <DateField label={t("known.fields.bornOn")} value={typed.bornOn} onValue={(bornOn) => put({ bornOn })} />
            )}
            {texts.map((field) => (
              <TextInput
                key={field}
                label={t(`known.fields.${field}`)}
                dir="auto"
                maxLength={lettersMax[field]}
                value={typed[field]}
                onChange={(event) => put({ [field]: event.currentTarget.value })}
              />
            ))}
          </div>
        </Surface>
        <Surface title={t("known.found")}>
          <MayBeSame record={recordOf(typed)} />
        </Surface>
      </div>
    </div>
  );
}
