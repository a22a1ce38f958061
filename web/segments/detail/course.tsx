import { Skeleton, Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { readHistory } from "../../../server/intelligence/segments/contract.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { Sparkline } from "../../ui/sparkline.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { Wide } from "../../ui/wide-table.tsx";
import classes from "./detail.module.css";
import { PersonRow } from "./person-row.tsx";

/** Population stability index: below 0.1 stable, above 0.25 another group. */
const driftWords = (drift: number) => (drift < 0.1 ? "stable" : drift < 0.25 ? "watch" : "act");
const driftTones = { stable: "good", watch: "warn", act: "bad" } as const;

export function Course({ segmentId }: { segmentId: string }) {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const history = useEndpoint(readHistory, { params: { segmentId } } as never);
  if (history.error) return <ErrorState error={history.error} retry={() => void history.refetch()} />;
  if (history.data === undefined) return <Skeleton height={240} />;
  const { days, moves, versions } = history.data;
  return (
    <div className={classes.columns}>
      <div className={classes.stack}>
        {days.length === 0 ? (
          <EmptyState reason="data" title={t("history.none")} text={t("history.noneText")} />
        ) : (
          <Surface
            title={t("detail.history")}
            aside={<Sparkline values={days.map(({ members }) => members)} label={t("detail.history")} width={160} />}
          >
            <Wide label={t("detail.history")}>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t("history.day")}</Table.Th>
                    <Table.Th ta="end">{t("list.members")}</Table.Th>
                    <Table.Th ta="end">{t("history.joined")}</Table.Th>
                    <Table.Th ta="end">{t("history.gone")}</Table.Th>
                    <Table.Th>{t("history.drift")}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {[...days].reverse().map((day) => (
                    <Table.Tr key={day.day}>
                      <Table.Td className="num">{format.date(day.day)}</Table.Td>
                      <Table.Td ta="end" className="num">
                        {format.number(day.members)}
                      </Table.Td>
                      <Table.Td ta="end" className="num">
                        {format.number(day.joined)}
                      </Table.Td>
                      <Table.Td ta="end" className="num">
                        {format.number(day.gone)}
                      </Table.Td>
                      <Table.Td>
                        <StateMark tone={driftTones[driftWords(day.drift)]}>{t(`history.${driftWords(day.drift)}`)}</StateMark>
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Wide>
          </Surface>
        )}
        <Surface title={t("history.versions")}>
          <ul className={classes.people}>
            {versions.map(({ version, name, changedAt, changedByName }) => (
              <li key={version}>
                <span>
                  {t("history.version", { number: format.number(version) })}
                  <span className={classes.quiet}>
                    <bdi>{name}</bdi>
                  </span>
                </span>
                <span className={classes.quiet}>
                  <bdi>{changedByName ?? ""}</bdi> {format.dateTime(changedAt)}
                </span>
              </li>
            ))}
          </ul>
        </Surface>
      </div>
      <Surface title={t("history.moves")}>
        <ul className={classes.people}>
          {moves.map((move) => (
            <PersonRow
              key={`${move.customerId} ${move.movedOn} ${move.joined}`}
              person={move}
              aside={`${t(move.joined ? "history.joined" : "history.gone")} · ${format.date(move.movedOn)}`}
            />
          ))}
        </ul>
      </Surface>
    </div>
  );
}
