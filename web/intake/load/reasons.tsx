import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type LoadReport, listQuarantineExamples } from "../../../server/customers/intake/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import { useCan } from "../../ui/viewer.tsx";
import { isolate } from "../isolate.ts";
import { useWords } from "../words.ts";
import classes from "./report.module.css";

export interface ExampleRow {
  readonly file: string;
  readonly lineNo: number;
  readonly kind: string;
  readonly reason: string;
  readonly field: string | null;
  readonly column: string | null;
  readonly raw: Readonly<Record<string, string | null>>;
}

type Group = LoadReport["quarantineReasons"][number];
const examplesShown = 3;
const reasonsAtFirst = 6;

interface ReasonsProps {
  groups: readonly Group[];
  /** Of a load that exists: its rows can be opened and corrected. Null for a dry run, whose rows come along. */
  loadId: string | null;
  examples?: readonly ExampleRow[];
}

/** What went into quarantine, the commonest reason first, each with its first rows. */
export function Reasons({ groups, loadId, examples = [] }: ReasonsProps) {
  const { t } = useTranslation("intake");
  const mayRead = useCan("quarantine:read");
  const format = useFormat();
  const [all, setAll] = useState(false);
  // One question for all reasons: each look at quarantined rows is written down.
  const stored = useEndpoint(
    listQuarantineExamples,
    { params: { loadId: loadId ?? "" } },
    { enabled: loadId !== null && mayRead && groups.length > 0 },
  );
  const rows: readonly ExampleRow[] = loadId === null ? examples : (stored.data?.rows ?? []);
  const sorted = [...groups].sort((a, b) => b.rows - a.rows);
  const open = loadId !== null && mayRead && sorted.length > 0 && (
    <Button component={AppLink} to="/quarantine" search={{ load: loadId } as never} size="compact-sm" variant="light" className="no-print">
      {t("reasonList.open")}
    </Button>
  );
  return (
    <Surface title={t("reasonList.heading")} aside={open}>
      {sorted.length === 0 ? (
        <p className={classes.quiet}>{t("reasonList.none")}</p>
      ) : (
        <ul className={classes.reasons}>
          {sorted.slice(0, all ? undefined : reasonsAtFirst).map((group) => (
            <Reason key={`${group.kind} ${group.reason} ${group.field}`} group={group}>
              <Examples rows={rows.filter((row) => belongs(row, group))} />
            </Reason>
          ))}
        </ul>
      )}
      {sorted.length > reasonsAtFirst && !all && (
        <Button mt="xs" size="compact-sm" variant="subtle" onClick={() => setAll(true)}>
          {t("reasonList.all", { reasons: format.number(sorted.length) })}
        </Button>
      )}
    </Surface>
  );
}

const belongs = (row: ExampleRow, group: Group): boolean =>
  row.kind === group.kind && row.reason === group.reason && row.field === group.field;

function Reason({ group, children }: { group: Group; children: React.ReactNode }) {
  const words = useWords();
  const format = useFormat();
  return (
    <li className={classes.reason}>
      <div className={classes.reasonHead}>
        <span className={`num ${classes.reasonCount}`}>{format.number(group.rows)}</span>
        <span className={classes.reasonName}>
          {words.reason(group.reason)}
          {group.field !== null && `: ${words.field(group.field)}`}
        </span>
        <span className={classes.quiet}>{words.kind(group.kind)}</span>
      </div>
      {children}
    </li>
  );
}

function Examples({ rows }: { rows: readonly ExampleRow[] }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  if (rows.length === 0) return null;
  return (
    <ul className={classes.examples}>
      {onePerLine(rows)
        .slice(0, examplesShown)
        .map((row) => (
          <li key={`${row.file} ${row.lineNo}`} className="num">
            <span>{t("reasonList.line", { file: isolate(row.file), line: format.number(row.lineNo) })}</span>
            <Value row={row} />
          </li>
        ))}
    </ul>
  );
}

/** One wrong key spoils all that a line gives; it is shown once. */
function onePerLine(rows: readonly ExampleRow[]): ExampleRow[] {
  return [...new Map(rows.map((row) => [`${row.file} ${row.lineNo}`, row])).values()];
}

function Value({ row }: { row: ExampleRow }) {
  const { t } = useTranslation("intake");
  const value = row.column === null ? row.raw.line : row.raw[row.column];
  if (value === undefined) return null;
  return (
    <span>
      {row.column !== null && (
        <>
          <bdi>{row.column}</bdi>
          {" = "}
        </>
      )}
      <bdi className={classes.value}>{value === null || value === "" ? t("reasonList.empty") : value}</bdi>
    </span>
  );
}
