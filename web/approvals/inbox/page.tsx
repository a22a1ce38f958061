import { useTranslation } from "react-i18next";
import { PageHeader } from "../../ui/page-header.tsx";
import { UrlTabs } from "../../ui/url-tabs.tsx";
import classes from "../approvals.module.css";
import { ApprovalList } from "./list.tsx";

const views = ["to_decide", "asked", "decided"] as const;

/** What waits for this person's decision, what they asked for, and what they decided. */
export function ApprovalsPage() {
  const { t } = useTranslation("approvals");
  return (
    <div className={classes.page}>
      <PageHeader title={t("title")} note={t("note")} />
      <UrlTabs
        label={t("title")}
        name="view"
        tabs={views.map((view) => ({ id: view, label: t(`views.${view}`), content: () => <ApprovalList view={view} /> }))}
      />
    </div>
  );
}
