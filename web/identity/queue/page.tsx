import { Button, Select, Skeleton, Switch } from "@mantine/core";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { doubtReasons, listDoubts } from "../../../server/customers/identity/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { useChineseNames } from "../../ui/chinese-faces.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { usePages } from "../../ui/query.ts";
import { useUrlState } from "../../ui/url-state.ts";
import { useHidden } from "../decided.ts";
import { keyOfPair, type Pair } from "../pair.ts";
import { leaveTrail } from "../trail.ts";
import { useIdentityWords } from "../words.ts";
import { ChosenBar } from "./chosen-bar.tsx";
import { Keys } from "./keys.tsx";
import classes from "./queue.module.css";
import { QueueRow } from "./row.tsx";
import { useQueue } from "./use-queue.ts";
import { useQueueKeys } from "./use-queue-keys.ts";

type Reason = (typeof doubtReasons)[number];
const asReason = (raw: unknown): Reason | null => doubtReasons.find((reason) => reason === raw) ?? null;
const asLater = (raw: unknown): boolean => raw === true;

/** Pairs that a person must decide, those where most is at stake first. */
export function QueuePage() {
  const { t } = useTranslation("identity");
  const [reason, setReason] = useUrlState("reason", asReason);
  const [later, setLater] = useUrlState("later", asLater);
  useChineseNames();
  const query = { later: later ? "true" : "false", ...(reason === null ? {} : { reason }) } as never;
  const list = usePages(listDoubts, { query }, ({ next }) => (next === null ? null : { after: next }), { keepPrevious: true });
  const hidden = useHidden();
  const pairs = useMemo(
    () => (list.data?.pages.flatMap((page) => page.pairs) ?? []).filter((pair) => !hidden.has(keyOfPair(pair))),
    [list.data, hidden],
  );
  const open = list.data?.pages[0]?.open ?? {};
  return (
    <>
      <PageHeader title={t("queue.title")} note={<Note open={open} known={list.data !== undefined} />} actions={<Keys />} />
      <div className={classes.tools}>
        <ReasonFilter open={open} reason={reason} onReason={(next) => setReason(next ?? undefined)} />
        <Switch label={t("queue.later")} checked={later} onChange={(event) => setLater(event.currentTarget.checked || undefined)} />
      </div>
      {list.error && list.data === undefined ? (
        <ErrorState error={list.error} retry={() => void list.refetch()} />
      ) : list.isPending ? (
        <Waiting />
      ) : pairs.length === 0 && !list.hasNextPage ? (
        <Nothing filtered={reason !== null} />
      ) : (
        <Queue pairs={pairs} />
      )}
      {list.hasNextPage && (
        <div className={classes.more}>
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("queue.more")}
          </Button>
        </div>
      )}
    </>
  );
}

function Queue({ pairs }: { pairs: readonly Pair[] }) {
  const { t } = useTranslation("identity");
  const navigate = useNavigate();
  const href = useRouterState({ select: (state) => state.location.href });
  const queue = useQueue(pairs);
  const openPair = (pair: Pair) => {
    leaveTrail({
      pairs: pairs.map(({ a, b }) => ({ a: a.partyId, b: b.partyId })),
      href,
    });
    void navigate({ to: "/identity/pairs/$a/$b", params: { a: pair.a.partyId, b: pair.b.partyId } } as never);
  };
  useQueueKeys(queue, openPair);
  return (
    <>
      <ul className={classes.list} aria-label={t("queue.title")}>
        {pairs.map((pair) => {
          const key = keyOfPair(pair);
          return (
            <QueueRow
              key={key}
              pair={pair}
              isCurrent={key === queue.currentKey}
              isChosen={queue.chosen.has(key)}
              onCurrent={() => queue.setCurrent(key)}
              onChoose={() => queue.toggle(key)}
              onDecide={(decision) => queue.decideOnly(pair, decision)}
              onOpen={() => openPair(pair)}
            />
          );
        })}
      </ul>
      <ChosenBar queue={queue} />
    </>
  );
}

function Note({ open, known }: { open: Partial<Record<Reason, number>>; known: boolean }) {
  const { t } = useTranslation("identity");
  const total = Object.values(open).reduce((sum, count) => sum + count, 0);
  return <span className="num">{known ? t("queue.note", { n: total }) : " "}</span>;
}

interface ReasonFilterProps {
  open: Partial<Record<Reason, number>>;
  reason: Reason | null;
  onReason: (reason: Reason | null) => void;
}

function ReasonFilter({ open, reason, onReason }: ReasonFilterProps) {
  const { t } = useTranslation("identity");
  const format = useFormat();
  const words = useIdentityWords();
  return (
    <Select
      aria-label={t("queue.reason")}
      placeholder={t("queue.everyReason")}
      clearable
      w={300}
      maw="100%"
      data={doubtReasons.map((value) => ({ value, label: `${words.doubt(value)} (${format.number(open[value] ?? 0)})` }))}
      value={reason}
      onChange={(value) => onReason(value as Reason | null)}
    />
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation("identity");
  return (
    <EmptyState
      reason={filtered ? "filter" : "data"}
      title={t(filtered ? "queue.noneOfReason" : "queue.none")}
      text={t(filtered ? "queue.noneOfReasonText" : "queue.noneText")}
      action={
        <Button component={AppLink} to="/identity/quality" variant="default">
          {t("queue.toQuality")}
        </Button>
      }
    />
  );
}

function Waiting() {
  const { t } = useTranslation("identity");
  return (
    <div role="status" aria-label={t("queue.loading")} className={classes.list}>
      {[1, 2, 3, 4, 5].map((row) => (
        <Skeleton key={row} height={112} mb={8} />
      ))}
    </div>
  );
}
