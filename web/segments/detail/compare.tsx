import { Select, Skeleton, Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { compareSegments, listSegments } from "../../../server/intelligence/segments/contract.ts";
import { useSegmentFields } from "../../ui/customer-facts/fields.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { StatCard, StatRow } from "../../ui/stat-card.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { Wide } from "../../ui/wide-table.tsx";
import classes from "./detail.module.css";
import type { Segment } from "./segment.ts";

export function Compare({ segment }: { segment: Segment }) {
  const { t } = useTranslation("segments");
  const list = useEndpoint(listSegments, {});
  const [withId, setWithId] = useUrlState<string>("with", (raw) => (typeof raw === "string" ? raw : ""));
  const others = (list.data?.segments ?? []).filter(({ segmentId }) => segmentId !== segment.segmentId);
  const other = others.find(({ segmentId }) => segmentId === withId);
  return (
    <div className={classes.stack}>
      <Select
        label={t("list.compare")}
        data={others.map(({ segmentId, name }) => ({ value: segmentId, label: name }))}
        value={other?.segmentId ?? null}
        onChange={(value) => setWithId(value ?? undefined)}
        searchable
        maw={420}
      />
      {other === undefined ? (
        <EmptyState reason="filter" title={t("compare.choose")} compact />
      ) : (
        <Compared segment={segment} other={other} />
      )}
    </div>
  );
}

function Compared({ segment, other }: { segment: Segment; other: { segmentId: string; name: string } }) {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const { facts, words } = useSegmentFields();
  const answer = useEndpoint(compareSegments, { query: { first: segment.segmentId, second: other.segmentId } } as never);
  if (answer.error) return <ErrorState error={answer.error} retry={() => void answer.refetch()} />;
  if (answer.data === undefined) return <Skeleton height={240} />;
  const { first, second, both, differences } = answer.data;
  const named = (name: string) => `\u2068${name}\u2069`;
  return (
    <>
      <StatRow>
        <StatCard label={t("compare.only", { name: named(segment.name) })} value={format.number(first - both)} />
        <StatCard label={t("compare.both")} value={format.number(both)} />
        <StatCard label={t("compare.only", { name: named(other.name) })} value={format.number(second - both)} />
      </StatRow>
      <Surface title={t("compare.differences")}>
        {differences.length === 0 ? (
          <EmptyState reason="filter" title={t("compare.none")} compact />
        ) : (
          <Wide label={t("compare.differences")}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("compare.fact")}</Table.Th>
                  <Table.Th ta="end">{named(segment.name)}</Table.Th>
                  <Table.Th ta="end">{named(other.name)}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {differences.map((difference) => {
                  const fact = facts.find(({ key }) => key === difference.key);
                  const say = (value: number | null) => (fact === undefined || value === null ? "" : words.value(fact, value));
                  return (
                    fact && (
                      <Table.Tr key={difference.key}>
                        <Table.Td>{words.name(fact)}</Table.Td>
                        <Table.Td ta="end" className="num">
                          {say(difference.first)}
                        </Table.Td>
                        <Table.Td ta="end" className="num">
                          {say(difference.second)}
                        </Table.Td>
                      </Table.Tr>
                    )
                  );
                })}
              </Table.Tbody>
            </Table>
          </Wide>
        )}
      </Surface>
    </>
  );
}
