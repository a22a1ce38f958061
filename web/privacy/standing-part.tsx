import { ActionIcon } from "@mantine/core";
import { CheckCircleIcon, CircleSlashIcon, PencilIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import type { ContactPurpose } from "../../server/customers/consents/contract.ts";
import { useFormat } from "../ui/preferences.tsx";
import type { CustomerRecord, Standing } from "./answers.ts";
import { isolate } from "./isolate.ts";
import { type Outcome, outcomesOf } from "./outcomes.ts";
import classes from "./privacy.module.css";

interface StandingPartProps {
  standing: readonly Standing[];
  records: readonly CustomerRecord[];
  onRecord: ((purpose: ContactPurpose) => void) | null;
}

/** For each purpose: by which channels it is allowed now, and why not by the others. */
export function StandingPart({ standing, records, onRecord }: StandingPartProps) {
  const { t } = useTranslation("privacy");
  return (
    <ul className={classes.purposes}>
      {standing.map((one) => (
        <li key={one.purpose}>
          <div className={classes.purpose}>
            <div>
              <h3 className={classes.name}>{t(`purposes.${one.purpose}`)}</h3>
              <p className={classes.note}>{t(`basisOf.${one.lawfulBasis}`)}</p>
            </div>
            {onRecord !== null && one.purpose !== "legal" && one.purpose !== "service" && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("record.for", { purpose: t(`purposes.${one.purpose}`) })}
                title={t("record.for", { purpose: t(`purposes.${one.purpose}`) })}
                onClick={() => onRecord(one.purpose)}
              >
                <PencilIcon size={16} />
              </ActionIcon>
            )}
          </div>
          {outcomesOf(one).map((outcome) => (
            <OutcomeLine key={outcome.channels.join()} outcome={outcome} records={records} />
          ))}
        </li>
      ))}
    </ul>
  );
}

function OutcomeLine({ outcome, records }: { outcome: Outcome; records: readonly CustomerRecord[] }) {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  const allowed = outcome.reasons.length === 0;
  const channels = outcome.channels.filter((channel) => channel !== "any").map((channel) => t(`channels.${channel}`));
  const said = records.filter(({ partyId }) => outcome.partyIds.includes(partyId)).map(({ sourceName }) => sourceName);
  const words = allowed ? t("standing.allowed") : format.list(outcome.reasons.map((reason) => t(`reasons.${reason}`)));
  return (
    <p className={classes.outcome} data-allowed={allowed}>
      <span className={classes.sign} aria-hidden="true">
        {allowed ? <CheckCircleIcon size={16} /> : <CircleSlashIcon size={16} />}
      </span>
      <span>
        <strong>{words}</strong>
        {channels.length > 0 && <>: {format.list(channels)}</>}
        {records.length > 1 && said.length > 0 && (
          <span className={classes.note}> · {t("standing.saidOn", { records: format.list([...new Set(said)].map(isolate)) })}</span>
        )}
      </span>
    </p>
  );
}
