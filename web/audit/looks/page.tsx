import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { findAuditedCustomers } from "../../../server/customers/directory/contract.ts";
import { useChineseNames } from "../../ui/chinese-faces.ts";
import { DateRangeField } from "../../ui/date-picker/date-range-field.tsx";
import { FillPage } from "../../ui/fill-page.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { useTrailFilters } from "../trail/filters.ts";
import { LooksTable } from "./looks-table.tsx";

/** Who looked at this customer. The auditor sees the number, not the name. */
export function LooksPage() {
  useChineseNames();
  const { t } = useTranslation("audit");
  const format = useFormat();
  const { customerId = "" } = useParams({ strict: false }) as { customerId?: string };
  const { range, setRange } = useTrailFilters();
  const found = useEndpoint(findAuditedCustomers, { query: { id: [customerId] } });
  const number = found.data?.customers[0]?.customerNo;
  const days = { ...(range.from === null ? {} : { from: range.from }), ...(range.to === null ? {} : { to: range.to }) };
  return (
    <FillPage>
      <PageHeader
        title={t("looks.title")}
        path={[{ label: t("title"), to: "/audit" }]}
        note={number === undefined ? <code dir="ltr">{customerId}</code> : t("looks.customer", { number: format.code(number) })}
      />
      <LooksTable
        customerId={customerId}
        days={days}
        height="fill"
        tools={<DateRangeField range={range} onRange={(next) => setRange(next.from === null && next.to === null ? undefined : next)} />}
      />
    </FillPage>
  );
}
