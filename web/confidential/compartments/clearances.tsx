import { Button, Select, Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listColleagues } from "../../../server/governance/organisation/contract.ts";
import { endClearance, giveClearance, listCompartments } from "../../../server/governance/walls/contract.ts";
import { DateText } from "../../ui/date-text.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { useViewer } from "../../ui/viewer.tsx";
import classes from "../confidential.module.css";
import { ProblemNote } from "../problem-note.tsx";
import { isLongEnough, ReasonField } from "../reason-field.tsx";
import type { Compartment } from "./compartment.ts";

const REASON_MIN = 10;
const settleMs = 200;

/** Who may see what lies in the compartment, and who once could. */
export function Clearances({ compartment }: { compartment: Compartment }) {
  const { t } = useTranslation("confidential");
  const [giving, setGiving] = useState(false);
  const end = useAction(endClearance, { refreshes: [listCompartments] });
  return (
    <>
      <h3 className={classes.heading}>{t("clearances.title")}</h3>
      {compartment.clearances.length === 0 && <p className={classes.note}>{t("clearances.none")}</p>}
      <ul className={classes.list}>
        {compartment.clearances.map((clearance) => (
          <li key={clearance.clearanceId} className={clearance.endedAt === null ? undefined : classes.ended}>
            <span className={classes.head}>
              <strong>
                <bdi>{clearance.personName}</bdi>
              </strong>
              {clearance.endedAt === null ? (
                <Button
                  size="compact-sm"
                  variant="default"
                  loading={end.isPending}
                  onClick={() => end.mutate({ params: { clearanceId: clearance.clearanceId } })}
                >
                  {t("clearances.end")}
                </Button>
              ) : (
                <span>
                  {t("clearances.ended")} <DateText value={clearance.endedAt} time />
                </span>
              )}
            </span>
            <span className={classes.note}>
              <bdi>{clearance.reason}</bdi> · <bdi>{clearance.givenByName}</bdi> · <DateText value={clearance.givenAt} time />
            </span>
          </li>
        ))}
      </ul>
      <ProblemNote error={end.error} />
      {giving ? (
        <GiveForm compartmentId={compartment.compartmentId} onDone={() => setGiving(false)} />
      ) : (
        <Button variant="subtle" size="compact-sm" onClick={() => setGiving(true)}>
          {t("clearances.give")}
        </Button>
      )}
    </>
  );
}

function GiveForm({ compartmentId, onDone }: { compartmentId: number; onDone: () => void }) {
  const { t } = useTranslation("confidential");
  const { userId } = useViewer();
  const [text, setText] = useState("");
  const [personId, setPersonId] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [settled] = useDebouncedValue(text.trim(), settleMs);
  const people = useEndpoint(listColleagues, { query: settled === "" ? {} : { text: settled } }, { keepPrevious: true });
  const give = useAction(giveClearance, { refreshes: [listCompartments], onDone });
  const ready = personId !== null && isLongEnough(reason, REASON_MIN);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) give.mutate({ params: { compartmentId }, body: { personId, reason: reason.trim() } });
      }}
    >
      <Stack gap="sm">
        <Select
          label={t("clearances.person")}
          data={(people.data?.people ?? [])
            .filter((person) => person.userId !== userId)
            .map((person) => ({ value: person.userId, label: `${person.displayName} · ${person.homeUnitName}` }))}
          value={personId}
          onChange={setPersonId}
          searchable
          searchValue={text}
          onSearchChange={setText}
          filter={({ options }) => options}
          required
        />
        <ReasonField label={t("reason")} min={REASON_MIN} value={reason} onValue={setReason} />
        <ProblemNote error={give.error} />
        <Button type="submit" disabled={!ready} loading={give.isPending}>
          {t("clearances.give")}
        </Button>
      </Stack>
    </form>
  );
}
