import { Button, Group, Skeleton, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { explainCustomer } from "../../../server/customers/visibility/contract.ts";
import { useChineseNames } from "../../ui/chinese-faces.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { isProblem } from "../../ui/problem.ts";
import { useEndpoint } from "../../ui/query.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { ColleagueSelect } from "../colleague-select.tsx";
import classes from "../people.module.css";
import { useReasonWords } from "./reason-words.ts";
import { SeenPart } from "./seen-part.tsx";

const asText = (raw: unknown): string => (typeof raw === "string" || typeof raw === "number" ? String(raw) : "");

/** Who can see a customer, and what a person can see: today, and why. */
export function AccessPage() {
  useChineseNames(); // colleagues are named in their own scripts
  const { t } = useTranslation("people");
  const [customer, setCustomer] = useUrlState("customer", asText);
  const [person, setPerson] = useUrlState("person", asText);
  const [typed, setTyped] = useState(customer);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setCustomer(typed.trim() === "" ? undefined : typed.trim());
  };
  return (
    <div className={classes.stack}>
      <PageHeader title={t("access.title")} note={t("access.note")} />
      <div className={classes.columns}>
        <div className={classes.stack}>
          <Surface title={t("access.ofCustomer")}>
            <form onSubmit={submit}>
              <Group align="end" gap="xs">
                <TextInput
                  label={t("access.customer")}
                  value={typed}
                  dir="ltr"
                  className={classes.words}
                  onChange={(event) => setTyped(event.currentTarget.value)}
                />
                <Button type="submit" disabled={typed.trim() === ""}>
                  {t("access.ask")}
                </Button>
              </Group>
            </form>
          </Surface>
          {customer !== "" && <Viewers customer={customer} />}
        </div>
        <div className={classes.stack}>
          <Surface title={t("access.ofPerson")}>
            <ColleagueSelect
              label={t("access.person")}
              value={person === "" ? null : person}
              onValue={(id) => setPerson(id ?? undefined)}
              clearable
            />
          </Surface>
          {person !== "" && <SeenPart userId={person} />}
        </div>
      </div>
    </div>
  );
}

function Viewers({ customer }: { customer: string }) {
  const { t } = useTranslation("people");
  const format = useFormat();
  const reason = useReasonWords();
  const answer = useEndpoint(explainCustomer, { query: { customer } }, { keepPrevious: true });
  if (isProblem(answer.error, "not_found")) return <p role="alert">{t("access.noCustomer")}</p>;
  if (answer.error) return <ErrorNote error={answer.error} />;
  if (!answer.data) return <Skeleton height={200} />;
  const { branchName, portfolioName, sealed, people, count } = answer.data;
  return (
    <Surface
      title={t("access.viewers", { n: format.number(count) })}
      aside={sealed && <StateMark tone="warn">{t("access.sealed")}</StateMark>}
    >
      <Stack gap="xs">
        <p className={classes.quiet}>
          <bdi>{[branchName ?? t("access.noBranch"), portfolioName].filter((part) => part !== null).join(" · ")}</bdi>
        </p>
        <ul className={classes.lines}>
          {people.map(({ userId, displayName, homeUnitName, reasons }) => (
            <li key={userId}>
              <div className={classes.words}>
                <bdi>{displayName}</bdi> <span className={classes.quiet}>{homeUnitName}</span>
                {reasons.map((one) => (
                  <p key={reason(one)} className={classes.quiet}>
                    <bdi>{reason(one)}</bdi>
                  </p>
                ))}
              </div>
            </li>
          ))}
        </ul>
      </Stack>
    </Surface>
  );
}
