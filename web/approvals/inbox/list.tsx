import { Button, Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { listApprovals, readApproval } from "../../../server/governance/approvals/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { RelativeTime } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Money } from "../../ui/money.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { SidePanel } from "../../ui/side-panel.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { useAboutWords } from "../about-words.ts";
import classes from "../approvals.module.css";
import { useActWords } from "../use-words.ts";
import { ApprovalDetail } from "./detail.tsx";
import { ApprovalMark } from "./mark.tsx";

type Approval = AnswerOf<typeof listApprovals>["approvals"][number];

export function ApprovalList({ view }: { view: "to_decide" | "asked" | "decided" }) {
  const { t } = useTranslation("approvals");
  const list = useEndpoint(listApprovals, { query: { view } }, { staleMs: 0 });
  const [open, setOpen] = useUrlState("request", (raw) => (typeof raw === "string" ? raw : null));
  const act = useActWords();
  const approvals = list.data?.approvals ?? [];
  const aboutOf = useAboutWords(approvals);
  // A link may open one that stands in another list.
  const read = useEndpoint(readApproval, { params: { requestId: open ?? "" } }, { enabled: open !== null, staleMs: 0 });
  const opened = approvals.find((one) => one.requestId === open) ?? read.data?.approval;
  const close = () => setOpen(undefined);
  return (
    <>
      {list.error && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton height={200} />}
      {list.data !== undefined && (
        <Surface padding={approvals.length === 0 ? "normal" : "none"}>
          {approvals.length === 0 && <EmptyState reason="data" title={t(`none.${view}`)} />}
          <ul className={classes.list}>
            {approvals.map((one) => (
              <ApprovalLine
                key={one.requestId}
                one={one}
                about={aboutOf(one)}
                own={view === "asked"}
                onOpen={() => setOpen(one.requestId)}
              />
            ))}
          </ul>
        </Surface>
      )}
      <SidePanel opened={open !== null} onClose={close} title={opened === undefined ? t("one") : act(opened.action)} size={560}>
        {open !== null && <ApprovalDetail requestId={open} onDone={close} />}
      </SidePanel>
    </>
  );
}

function ApprovalLine({ one, about, own, onOpen }: { one: Approval; about: string; own: boolean; onOpen: () => void }) {
  const { t } = useTranslation("approvals");
  const act = useActWords();
  return (
    <li>
      <div className={classes.words}>
        <p>
          <strong>{act(one.action)}</strong> · <bdi className="num">{about}</bdi>
        </p>
        <p className={classes.note}>
          {!own && (
            <>
              <bdi>{one.makerName}</bdi> ·{" "}
            </>
          )}
          <RelativeTime value={one.askedAt} /> · <bdi>{one.reason}</bdi>
        </p>
      </div>
      <div className={classes.facts}>
        {one.amountMinor !== null && one.currency !== null && <Money minor={one.amountMinor} currency={one.currency} />}
        {one.escalated && one.state === "waiting" && <StateMark tone="warn">{t("escalated")}</StateMark>}
        <ApprovalMark one={one} />
        <Button size="compact-sm" variant="default" onClick={onOpen} aria-label={`${t("look")}: ${about}`}>
          {t("look")}
        </Button>
      </div>
    </li>
  );
}
