import { Anchor, Button, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { liftSeal, listSeals } from "../../../server/customers/seals/contract.ts";
import { listCompartments } from "../../../server/governance/walls/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction, usePages } from "../../ui/query.ts";
import classes from "../confidential.module.css";
import { ProblemNote } from "../problem-note.tsx";
import { isLongEnough, ReasonField } from "../reason-field.tsx";

type Seal = AnswerOf<typeof listSeals>["seals"][number];

const REASON_MIN = 10;

/** The customers in a compartment; by number only for who may not see them. */
export function Seals({ compartmentId }: { compartmentId: number }) {
  const { t } = useTranslation("confidential");
  const list = usePages(listSeals, { query: { compartmentId } }, ({ next }) => (next === null ? null : { after: next }));
  const seals = list.data?.pages.flatMap((page) => page.seals) ?? [];
  return (
    <>
      <h3 className={classes.heading}>{t("seals.title")}</h3>
      {list.data !== undefined && seals.length === 0 && <p className={classes.note}>{t("seals.none")}</p>}
      <ul className={classes.list}>
        {seals.map((seal) => (
          <SealLine key={seal.sealId} seal={seal} />
        ))}
      </ul>
      <ProblemNote error={list.error} />
      {list.hasNextPage && (
        <Button variant="default" size="compact-sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </>
  );
}

function SealLine({ seal }: { seal: Seal }) {
  const { t } = useTranslation("confidential");
  const format = useFormat();
  const [lifting, setLifting] = useState(false);
  const [reason, setReason] = useState("");
  const lift = useAction(liftSeal, { refreshes: [listSeals, listCompartments] });
  const ready = isLongEnough(reason, REASON_MIN);
  return (
    <li className={seal.liftedAt === null ? undefined : classes.ended}>
      <span className={classes.head}>
        <strong>
          {seal.customerId !== null && seal.customerName !== null ? (
            <Anchor component={AppLink} to="/customers/$customerId" params={{ customerId: seal.customerId } as never}>
              <bdi>{seal.customerName}</bdi> · <bdi className="num">{format.code(seal.customerNo)}</bdi>
            </Anchor>
          ) : (
            <bdi className="num">{format.code(seal.customerNo)}</bdi>
          )}
        </strong>
        {seal.liftedAt === null && !lifting && (
          <Button size="compact-sm" variant="default" onClick={() => setLifting(true)}>
            {t("seals.lift")}
          </Button>
        )}
      </span>
      <span className={classes.note}>
        <bdi>{seal.reason}</bdi> · <bdi>{seal.sealedByName}</bdi> · <DateText value={seal.sealedAt} time />
      </span>
      {seal.liftedAt !== null && (
        <span className={classes.note}>
          {t("seals.lifted")}: <bdi>{seal.liftReason}</bdi> · <bdi>{seal.liftedByName}</bdi> · <DateText value={seal.liftedAt} time />
        </span>
      )}
      {lifting && seal.liftedAt === null && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) lift.mutate({ params: { sealId: seal.sealId }, body: { reason: reason.trim() } });
          }}
        >
          <Stack gap="sm">
            <ReasonField label={t("seals.liftReason")} min={REASON_MIN} value={reason} onValue={setReason} />
            <ProblemNote error={lift.error} />
            <Button type="submit" disabled={!ready} loading={lift.isPending}>
              {t("seals.lift")}
            </Button>
          </Stack>
        </form>
      )}
    </li>
  );
}
