import { AlertIcon, LockIcon, ShieldCheckIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import type { listNotices } from "../../../server/governance/notices/contract.ts";
import { useAboutWords } from "../../approvals/about-words.ts";
import { useActWords, useWordsOf } from "../../approvals/use-words.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { RelativeTime } from "../../ui/date-text.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import classes from "./notifications.module.css";

type Notice = AnswerOf<typeof listNotices>["notices"][number];

/** Where a notice leads, by its kind. */
const places: Readonly<Record<string, string>> = {
  glass_broken: "/confidential/reviews",
  glass_review_overdue: "/confidential/reviews",
  egress_spent: "/approvals",
  model_drifts: "/models",
  model_altered: "/models",
  fraud_course: "/fraud/course",
  offers_uneven: "/offers",
  offers_segment: "/offers",
  credit_limit_breached: "/risk",
  credit_group_limit_breached: "/risk",
  credit_watched: "/risk/watch-list",
  credit_band_worsened: "/risk",
  emergency_sign_in: "/audit",
  key_revoked: "/people/keys",
  approval_asked: "/approvals",
  approval_escalated: "/approvals",
  approval_approved: "/approvals",
  approval_refused: "/approvals",
  approval_expired: "/approvals",
  approval_changed: "/approvals",
};
const alarming = new Set([
  "backup_fails",
  "model_drifts",
  "model_altered",
  "fraud_course",
  "offers_uneven",
  "emergency_sign_in",
  "glass_broken",
  "glass_broken_of_own",
  "glass_review_overdue",
  "egress_spent",
]);
const shownMax = 8;

/** The request for an approval that a notice is about. */
function askedIn({ detail }: Pick<Notice, "detail">): { action: string; about: string } | null {
  const { action, about, requestId } = detail;
  return typeof action === "string" && typeof about === "string" && typeof requestId === "string" ? { action, about } : null;
}

/** What the product told this person; each leads to where something can be done about it. */
export function PersonalNews({ notices, onLeave }: { notices: readonly Notice[]; onLeave: () => void }) {
  const { t } = useTranslation("app");
  const format = useFormat();
  const act = useActWords();
  const shown = notices.slice(0, shownMax);
  const aboutOf = useAboutWords(shown.map(askedIn).filter((one) => one !== null));
  useWordsOf(shown.some(({ detail }) => detail.model !== undefined) ? ["models:"] : []);
  return shown.map(({ noticeId, kind, detail, at }) => {
    const asked = askedIn({ detail });
    const about = asked === null ? String(detail.about ?? "") : `${act(asked.action)} · \u2068${aboutOf(asked)}\u2069`;
    const model = String(detail.model ?? "");
    const text = t(`told.${kind}`, {
      defaultValue: kind,
      person: `\u2068${String(detail.person ?? "")}\u2069`,
      number: `\u2068${format.code(String(detail.customerNo ?? ""))}\u2069`,
      prefix: `\u2068${String(detail.prefix ?? "")}\u2069`,
      about: `\u2068${about}\u2069`,
      model: `\u2068${t(`models:names.${model}`, { defaultValue: model })}\u2069`,
      trouble: `\u2068${String(detail.trouble ?? "")}\u2069`,
      version: format.number(Number(detail.version ?? 0)),
      n: Number(detail.rows ?? 0),
      rows: t(detail.class === "transaction" ? "told.transactions" : "told.customers"),
    });
    const to = places[kind];
    return (
      <li key={noticeId} data-bad={alarming.has(kind) || undefined}>
        <Icon kind={kind} />
        <span>
          {to === undefined ? (
            text
          ) : (
            <AppLink to={to} search={(asked === null ? {} : { request: detail.requestId }) as never} onClick={onLeave}>
              {text}
            </AppLink>
          )}
          <span className={classes.when}>
            <RelativeTime value={at} />
          </span>
        </span>
      </li>
    );
  });
}

function Icon({ kind }: { kind: string }) {
  if (kind.startsWith("glass")) return <LockIcon size={16} />;
  return alarming.has(kind) ? <AlertIcon size={16} /> : <ShieldCheckIcon size={16} />;
}
