import { Skeleton, Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { listReports, readReportChoices } from "../../../server/intelligence/reports/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { Wide } from "../../ui/wide-table.tsx";
import { useReportWords } from "../words.ts";

/** One's own, the shared ones, and those that came along. */
export function AllReports() {
  const { t } = useTranslation("reports");
  const format = useFormat();
  const list = useEndpoint(listReports, {});
  const choices = useEndpoint(readReportChoices, {}, { staleMs: 300_000 });
  const words = useReportWords(choices.data);
  if (list.error) return <ErrorState error={list.error} retry={() => void list.refetch()} />;
  if (list.data === undefined) return <Skeleton height={320} />;
  const reports = list.data.reports.toSorted(
    (a, b) => Number(b.own) - Number(a.own) || Number(a.builtIn !== null) - Number(b.builtIn !== null),
  );
  return (
    <Wide label={t("list.all")}>
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("list.name")}</Table.Th>
            <Table.Th>{t("list.by")}</Table.Th>
            <Table.Th>{t("list.owner")}</Table.Th>
            <Table.Th>{t("list.changed")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {reports.map((report) => (
            <Table.Tr key={report.reportId}>
              <Table.Td>
                <AppLink to="/reports/$reportId" params={{ reportId: report.reportId } as never}>
                  <bdi>{words.report(report)}</bdi>
                </AppLink>
              </Table.Td>
              <Table.Td>
                {[report.definition.rows, report.definition.columns]
                  .flatMap((key) => (key === null ? [] : words.dimension(key)))
                  .join(" × ")}
              </Table.Td>
              <Table.Td>
                <bdi>
                  {report.builtIn !== null
                    ? t("list.builtIn")
                    : report.own
                      ? report.shared
                        ? t("list.ownShared")
                        : t("list.own")
                      : (report.ownerName ?? "")}
                </bdi>
              </Table.Td>
              <Table.Td className="num">{report.changedAt === null ? "" : format.date(report.changedAt)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}
