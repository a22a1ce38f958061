import { Button } from "@mantine/core";
import { PlusIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import { AppLink } from "../../ui/app-link.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { UrlTabs } from "../../ui/url-tabs.tsx";
import { Dashboard } from "../dashboard/dashboard.tsx";
import { AllReports } from "./all-reports.tsx";

/** What one looks at first, and every report there is. */
export function ReportsPage() {
  const { t } = useTranslation("reports");
  return (
    <>
      <PageHeader
        title={t("list.title")}
        note={t("list.note")}
        actions={
          <Button component={AppLink} to="/reports/new" leftSection={<PlusIcon size={14} />}>
            {t("list.new")}
          </Button>
        }
      />
      <UrlTabs
        label={t("list.title")}
        tabs={[
          { id: "dashboard", label: t("dashboard.title"), content: () => <Dashboard /> },
          { id: "all", label: t("list.all"), content: () => <AllReports /> },
        ]}
      />
    </>
  );
}
