import { useTranslation } from "react-i18next";
import { listApprovals } from "../../../server/governance/approvals/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { RelativeTime } from "../../ui/date-text.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import { useAboutWords } from "../about-words.ts";
import classes from "../approvals.module.css";
import { useActWords } from "../use-words.ts";

const shownMax = 5;

/** What waits for this person's decision, the oldest first. Nothing where nothing waits. */
export function ApprovalsPart() {
  const { t } = useTranslation("approvals");
  const act = useActWords();
  const approvals = useEndpoint(listApprovals, { query: { view: "to_decide" } }).data?.approvals ?? [];
  const about = useAboutWords(approvals.slice(0, shownMax));
  if (approvals.length === 0) return null;
  return (
    <Surface title={t("home")} padding="none" aside={<AppLink to="/approvals">{t("all", { n: approvals.length })}</AppLink>}>
      <ul className={classes.list}>
        {approvals.slice(0, shownMax).map((one) => (
          <li key={one.requestId}>
            <AppLink to="/approvals" search={{ request: one.requestId } as never}>
              {act(one.action)} · <bdi className="num">{about(one)}</bdi>
            </AppLink>
            <span className={classes.note}>
              <bdi>{one.makerName}</bdi> · <RelativeTime value={one.askedAt} />
            </span>
          </li>
        ))}
      </ul>
    </Surface>
  );
}
