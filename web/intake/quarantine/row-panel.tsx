import { Anchor, Button, Textarea, TextInput } from "@mantine/core";
import { ChevronDownIcon, ChevronUpIcon } from "@primer/octicons-react";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { correctQuarantine, listLoads, listQuarantine, readLoad, readMapping } from "../../../server/customers/intake/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { useShortcuts } from "../../ui/shortcuts.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { useCan } from "../../ui/viewer.tsx";
import { isolate } from "../isolate.ts";
import { ProblemDetail } from "../load/problem-detail.tsx";
import { useWords } from "../words.ts";
import { DiscardButton } from "./discard.tsx";
import { type Expectation, expectationOf } from "./expectation.ts";
import classes from "./quarantine.module.css";
import type { Row } from "./row.ts";

interface RowPanelProps {
  row: Row | undefined;
  before: Row | undefined;
  after: Row | undefined;
  onOpen: (row: Row) => void;
  onClose: () => void;
}

export function RowPanel({ row, before, after, onOpen, onClose }: RowPanelProps) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  // What was opened stays while the list behind it changes: a row that has landed still shows its outcome.
  const [held, setHeld] = useState(row);
  const now = row ?? held;
  useEffect(() => {
    if (row) setHeld(row);
  }, [row]);
  const close = () => {
    setHeld(undefined);
    onClose();
  };
  const title = now ? t("reasonList.line", { file: isolate(now.file), line: format.number(now.lineNo) }) : "";
  return (
    <SidePanel opened={now !== undefined} onClose={close} size={760} title={<span className="num">{title}</span>}>
      {now && <RowEditor key={now.quarantineId} row={now} before={before} after={after} onOpen={onOpen} onClose={close} />}
    </SidePanel>
  );
}

function RowEditor({ row, before, after, onOpen, onClose }: RowPanelProps & { row: Row }) {
  const { t } = useTranslation("intake");
  const mayCorrect = useCan("quarantine:correct") && (row.state === "open" || row.state === "waiting");
  const [values, setValues] = useState<Readonly<Record<string, string | null>>>(row.raw);
  const correct = useAction(correctQuarantine, { refreshes: [listQuarantine, listLoads] });
  const changed = Object.keys(values).some((column) => values[column] !== row.raw[column]);
  const save = () => {
    if (mayCorrect && changed && !correct.isPending) {
      correct.mutate({ body: { rows: [{ quarantineId: row.quarantineId, version: row.version, raw: values }] } });
    }
  };
  useShortcuts(
    useMemo(
      () => [
        { keys: "mod+S", label: t("quarantine.save"), run: () => document.getElementById("quarantine-save")?.click(), whileTyping: true },
      ],
      [t],
    ),
  );
  const columns = useColumnOrder(row);
  const landed = correct.data !== undefined && correct.data.landed > 0 && correct.data.quarantined === 0;
  return (
    <form
      className={classes.panel}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {!landed && <What row={row} />}
      {correct.data && <Outcome {...correct.data} />}
      <Values
        row={row}
        columns={columns}
        values={values}
        onValue={mayCorrect && !landed ? (column, value) => setValues({ ...values, [column]: value }) : null}
      />
      <ErrorNote error={correct.error} />
      <ProblemDetail error={correct.error} />
      <div className={classes.actions}>
        <span className={classes.actions}>
          {mayCorrect && !landed && (
            <Button id="quarantine-save" type="submit" disabled={!changed} loading={correct.isPending}>
              {t("quarantine.save")}
            </Button>
          )}
          {!landed && <DiscardButton row={row} onDone={onClose} />}
        </span>
        <span className={classes.actions}>
          <Button variant="default" disabled={!before} leftSection={<ChevronUpIcon size={14} />} onClick={() => before && onOpen(before)}>
            {t("quarantine.before")}
          </Button>
          <Button variant="default" disabled={!after} rightSection={<ChevronDownIcon size={14} />} onClick={() => after && onOpen(after)}>
            {t("quarantine.after")}
          </Button>
        </span>
      </div>
    </form>
  );
}

/** What is wrong, in plain words, and what would be right. */
function What({ row }: { row: Row }) {
  const { t } = useTranslation("intake");
  const words = useWords();
  const expectation = useExpectation(row);
  return (
    <div className={classes.what} data-state={row.state}>
      <p>
        <strong>
          {words.reason(row.reason)}
          {row.field !== null && `: ${words.field(row.field)}`}
        </strong>
      </p>
      <p>{words.reasonText(row.reason)}</p>
      {expectation && (
        <p className={classes.expects}>
          <Expects expectation={expectation} />
        </p>
      )}
      {row.state === "waiting" && <p className={classes.expects}>{t("quarantine.waitingText")}</p>}
    </div>
  );
}

function useExpectation(row: Row): Expectation | null {
  const load = useEndpoint(readLoad, { params: { loadId: row.loadId } });
  const mappingId = load.data?.mappingId ?? "";
  const mapping = useEndpoint(readMapping, { params: { mappingId } }, { enabled: mappingId !== "" });
  return useMemo(() => (mapping.data ? expectationOf(mapping.data.text, row) : null), [mapping.data, row]);
}

/** The columns in the order of the file. */
function useColumnOrder(row: Row): readonly string[] {
  const load = useEndpoint(readLoad, { params: { loadId: row.loadId } });
  return useMemo(() => {
    const header = load.data?.files.find((file) => file.name === row.file)?.columns ?? [];
    const named = header.filter((column) => column in row.raw);
    return [...named, ...Object.keys(row.raw).filter((column) => !named.includes(column))];
  }, [load.data, row]);
}

const wordsShown = 12;

function Expects({ expectation }: { expectation: Expectation }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  switch (expectation.what) {
    case "date":
      return t(`expects.date_${expectation.calendar.replace("-", "_")}`, {
        format: isolate(expectation.format),
        example: isolate(expectation.example),
        defaultValue: t("expects.date_gregory", { format: isolate(expectation.format), example: isolate(expectation.example) }),
      });
    case "code":
      return t("expects.code", {
        words: isolate(expectation.words.slice(0, wordsShown).join(", ") + (expectation.words.length > wordsShown ? " …" : "")),
      });
    case "money":
      return t("expects.money", { example: isolate(expectation.example) });
    case "text":
      return t("expects.text", { max: format.number(expectation.max) });
    default:
      return t(`expects.${expectation.what}`);
  }
}

function Outcome({ loadId, landed, quarantined }: { loadId: string; landed: number; quarantined: number }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  const good = quarantined === 0 && landed > 0;
  return (
    <output className={`num ${classes.outcome}`} data-tone={good ? "good" : "bad"}>
      {good
        ? t("quarantine.landed", { records: format.number(landed) })
        : landed > 0
          ? t("quarantine.partly", { landed: format.number(landed), left: format.number(quarantined) })
          : t("quarantine.stillWrong")}{" "}
      {landed > 0 && loadId !== "" && (
        <Anchor component={AppLink} underline="always" to="/loads/$loadId" params={{ loadId } as never}>
          {t("quarantine.itsLoad")}
        </Anchor>
      )}
    </output>
  );
}

interface CellsProps {
  row: Row;
  columns: readonly string[];
  values: Readonly<Record<string, string | null>>;
  /** null: for reading only. */
  onValue: ((column: string, value: string) => void) | null;
}

/** A row that could be cut into columns has one field for each; one that could not is corrected as the line it is. */
function Values(props: CellsProps) {
  return props.row.kind === "row" ? <WholeLine {...props} /> : <Cells {...props} />;
}

const LINE_ROWS_MAX = 12;

function WholeLine({ row, values, onValue }: CellsProps) {
  const { t } = useTranslation("intake");
  const came = row.raw.line ?? "";
  const shared = {
    autosize: true,
    maxRows: LINE_ROWS_MAX,
    dir: "auto",
    spellCheck: false,
    classNames: { input: classes.line ?? "" },
  } as const;
  return (
    <div className={classes.lines}>
      <Textarea label={t("quarantine.line")} value={came} readOnly {...shared} />
      {onValue !== null && (
        <Textarea
          label={t("quarantine.lineCorrected")}
          value={values.line ?? ""}
          onChange={(event) => onValue("line", event.currentTarget.value)}
          data-autofocus
          {...shared}
        />
      )}
      {onValue === null && (values.line ?? "") !== came && (
        <Textarea label={t("quarantine.lineCorrected")} value={values.line ?? ""} readOnly {...shared} />
      )}
    </div>
  );
}

/** The row's columns as they came, beside what they shall be. */
function Cells({ row, columns, values, onValue }: CellsProps) {
  const { t } = useTranslation("intake");
  return (
    <table className={classes.cells}>
      <thead>
        <tr>
          <th scope="col">{t("quarantine.column")}</th>
          <th scope="col">{t("quarantine.came")}</th>
          {onValue && <th scope="col">{t("quarantine.corrected")}</th>}
        </tr>
      </thead>
      <tbody>
        {columns
          .map((column) => ({ column, came: row.raw[column] ?? null }))
          .map(({ column, came }) => (
            <tr key={column} data-wrong={column === row.column || undefined} data-changed={values[column] !== came || undefined}>
              <th scope="row">
                <bdi>{column}</bdi>
                {column === row.column && <span className="visually-hidden"> ({t("quarantine.wrongOne")})</span>}
              </th>
              <td className={classes.came}>
                <bdi>{came === null || came === "" ? t("reasonList.empty") : came}</bdi>
                {onValue === null && (values[column] ?? "") !== (came ?? "") && <ins className={classes.now}>{values[column]}</ins>}
              </td>
              {onValue && (
                <td>
                  <TextInput
                    size="xs"
                    dir="auto"
                    aria-label={t("quarantine.correctedOf", { column })}
                    value={values[column] ?? ""}
                    onChange={(event) => onValue(column, event.currentTarget.value)}
                    {...(column === row.column ? { "data-autofocus": true } : {})}
                  />
                </td>
              )}
            </tr>
          ))}
      </tbody>
    </table>
  );
}
