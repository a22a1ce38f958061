import { Checkbox } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { AppLink } from "../../ui/app-link.tsx";
import { RelativeTime } from "../../ui/date-text.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { DecisionButtons } from "../decision-buttons.tsx";
import { isolate } from "../isolate.ts";
import type { Pair } from "../pair.ts";
import { SideLine } from "../side-line.tsx";
import { SurenessBar } from "../sureness.tsx";
import type { Decision } from "../use-decide.ts";
import { useIdentityWords } from "../words.ts";
import classes from "./queue.module.css";

interface QueueRowProps {
  pair: Pair;
  isCurrent: boolean;
  isChosen: boolean;
  onCurrent: () => void;
  onChoose: () => void;
  onDecide: (decision: Decision) => void;
  onOpen: () => void;
}

export function QueueRow({ pair, isCurrent, isChosen, onCurrent, onChoose, onDecide, onOpen }: QueueRowProps) {
  const { t } = useTranslation("identity");
  const format = useFormat();
  const words = useIdentityWords();
  const names = { a: isolate(pair.a.fullName), b: isolate(pair.b.fullName) };
  const row = useRowInSight(isCurrent);
  return (
    <li
      ref={row}
      className={classes.row}
      data-current={isCurrent || undefined}
      data-chosen={isChosen || undefined}
      aria-current={isCurrent ? "true" : undefined}
      onPointerDown={onCurrent}
      onFocus={onCurrent}
    >
      <Checkbox className={classes.check ?? ""} checked={isChosen} onChange={onChoose} aria-label={t("queue.choose", names)} />
      <div className={classes.sides}>
        <SideLine side={pair.a} />
        <SideLine side={pair.b} />
      </div>
      <div className={classes.why}>
        <AppLink
          to="/identity/pairs/$a/$b"
          params={{ a: pair.a.partyId, b: pair.b.partyId } as never}
          className={classes.whyLink}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            onOpen();
          }}
        >
          {words.doubt(pair.doubt)}
          <span className="visually-hidden">: {t("queue.openPair", names)}</span>
        </AppLink>
        <span className={classes.since}>
          <RelativeTime value={pair.since} />
          {pair.decision === "later" && ` · ${t("queue.putOff")}`}
        </span>
      </div>
      <div className={classes.sure}>
        <SurenessBar probability={pair.probability} />
      </div>
      <span className={`num ${classes.stake}`}>{t("queue.holdings", { n: format.number(pair.holdings) })}</span>
      <DecisionButtons className={classes.buttons} compact onDecide={onDecide} names={names} />
    </li>
  );
}

/** Moving by keys brings the row into sight and takes the focus along, unless the focus is somewhere else on the page. */
function useRowInSight(isCurrent: boolean) {
  const row = useRef<HTMLLIElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    if (isCurrent && !isFirst.current) {
      const held = document.activeElement;
      row.current?.scrollIntoView({ block: "nearest" });
      const isFree = held === null || held === document.body || row.current?.parentElement?.contains(held) === true;
      if (isFree && row.current?.contains(held) !== true) row.current?.querySelector("a")?.focus({ preventScroll: true });
    }
    isFirst.current = false;
  }, [isCurrent]);
  return row;
}
