import { AlertIcon, CheckCircleIcon, SyncIcon } from "@primer/octicons-react";
import { useId, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { DeliveryRequest } from "../../../server/customers/intake/contract.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import classes from "./editor.module.css";
import { fitsName } from "./glob.ts";
import { type FileView, type Path, readMappingText, setColumn } from "./mapping-document.ts";
import { Structure } from "./structure.tsx";
import { type PreviewFile, type Problem, useCheck, usePreview } from "./use-check.ts";
import { YamlText, type YamlTextHandle } from "./yaml-text.tsx";

interface MappingEditorProps {
  text: string;
  /** null: for reading only. */
  onText: ((text: string) => void) | null;
  /** Files of the delivery, for samples; none where a mapping is looked at by itself. */
  files?: DeliveryRequest["files"];
  /** Columns the browser saw at the beginning of the files, by their names. */
  columns?: ReadonlyMap<string, readonly string[]>;
}

const noFiles: DeliveryRequest["files"] = [];
const noColumns: ReadonlyMap<string, readonly string[]> = new Map();

/** One mapping, seen twice: as its text, and by records and fields. What is changed on one side is seen on the other. */
export function MappingEditor({ text, onText, files = noFiles, columns = noColumns }: MappingEditorProps) {
  const { t } = useTranslation("intake");
  const area = useRef<YamlTextHandle>(null);
  const stateId = useId();
  const { problems, settled, error } = useCheck(text);
  const preview = usePreview(text, files, settled && problems.length === 0);
  const view = useMemo(() => readMappingText(text), [text]);
  const columnsOf = (file: FileView): readonly string[] => {
    const previewed = preview.files.find((one) => fitsName(file.pattern, one.name))?.columns;
    return previewed ?? [...columns].find(([name]) => fitsName(file.pattern, name))?.[1] ?? namedColumns(file);
  };
  const change = onText === null ? null : (path: Path, column: string | null) => onText(setColumn(text, path, column));
  return (
    <div className={classes.editor}>
      <div className={classes.side}>
        <p className={classes.larger}>{t("editor.larger")}</p>
        <CheckState problems={problems} settled={settled} wrongRows={countWrongRows(preview.files)} id={stateId} />
        <YamlText
          handle={area}
          text={text}
          onText={onText ?? (() => undefined)}
          readOnly={onText === null}
          wrongLines={new Set(problems.map((problem) => problem.line))}
          describedBy={stateId}
        />
        <Problems problems={problems} onGo={(problem) => area.current?.goTo(problem.line, problem.column)} />
        <ErrorNote error={error ?? preview.error} />
      </div>
      <div className={classes.side}>
        {view === null ? (
          <p className={classes.state}>{t("editor.unreadable")}</p>
        ) : (
          <Structure
            view={view}
            columnsOf={columnsOf}
            previewOf={(file) => preview.files.find((one) => fitsName(file.pattern, one.name))}
            onColumn={change}
            onShow={(line) => area.current?.goTo(line, 1)}
          />
        )}
      </div>
    </div>
  );
}

interface CheckStateProps {
  problems: readonly Problem[];
  settled: boolean;
  /** Of the first rows of the files, those that would go into quarantine. */
  wrongRows: number;
  id: string;
}

/** Rows that nothing can be made of count as much as a fault of the text: the one says "in order" only where the other does. */
function CheckState({ problems, settled, wrongRows, id }: CheckStateProps) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  const tone = !settled ? "plain" : problems.length > 0 ? "bad" : wrongRows > 0 ? "warn" : "good";
  const Icon = tone === "plain" ? SyncIcon : tone === "good" ? CheckCircleIcon : AlertIcon;
  return (
    <output id={id} className={`num ${classes.state}`} data-tone={tone}>
      <Icon size={14} />
      {tone === "plain"
        ? t("editor.checking")
        : tone === "good"
          ? t("editor.correct")
          : tone === "warn"
            ? t("editor.wrongRows", { rows: format.number(wrongRows) })
            : t("editor.wrong", { faults: format.number(problems.length) })}
    </output>
  );
}

/** A row that gives several records is one row. */
function countWrongRows(files: readonly PreviewFile[]): number {
  return files.reduce(
    (sum, { records }) => sum + new Set(records.flatMap(({ line, problem }) => (problem === null ? [] : [line]))).size,
    0,
  );
}

function Problems({ problems, onGo }: { problems: readonly Problem[]; onGo: (problem: Problem) => void }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  if (problems.length === 0) return null;
  return (
    <ul className={classes.problems} aria-label={t("editor.problems")}>
      {problems.map((problem) => (
        <li key={`${problem.line} ${problem.path} ${problem.message}`}>
          <button type="button" onClick={() => onGo(problem)}>
            <span className={`num ${classes.where}`}>{t("editor.line", { line: format.number(problem.line) })}</span>
            <span>
              <bdi lang="en" dir="ltr">
                {problem.message}
              </bdi>
              <br />
              <code dir="ltr">{problem.path}</code>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Without a file at hand, the columns the mapping itself names. */
function namedColumns(file: FileView): string[] {
  const named = file.records
    .flatMap((record) => [...record.fields, ...record.further])
    .flatMap(({ source }) => (source.how === "column" ? [source.column] : []));
  return [...new Set(named)];
}
