import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useWords } from "../words.ts";
import classes from "./editor.module.css";
import type { FieldView, FileView, MappingView, Path, RecordView } from "./mapping-document.ts";
import { type Sample, sampleOf } from "./samples.ts";
import type { PreviewFile } from "./use-check.ts";

interface StructureProps {
  view: MappingView;
  /** The beginnings of the files that fit each file of the mapping, by its place. */
  columnsOf: (file: FileView) => readonly string[];
  previewOf: (file: FileView) => PreviewFile | undefined;
  /** null: for reading only. */
  onColumn: ((path: Path, column: string | null) => void) | null;
  onShow: (line: number) => void;
}

/** The mapping by records and fields: what feeds what, what is required, and what the first rows become. */
export function Structure({ view, columnsOf, previewOf, onColumn, onShow }: StructureProps) {
  return view.files.flatMap((file) =>
    file.records.map((record) => (
      <Record
        key={record.path.join(".")}
        last={record === file.records.at(-1)}
        file={file}
        record={record}
        columns={columnsOf(file)}
        preview={previewOf(file)}
        onColumn={onColumn}
        onShow={onShow}
      />
    )),
  );
}

interface RecordProps {
  /** Of its file: after it stands what no record reads. */
  last: boolean;
  file: FileView;
  record: RecordView;
  columns: readonly string[];
  preview: PreviewFile | undefined;
  onColumn: StructureProps["onColumn"];
  onShow: (line: number) => void;
}

function Record({ last, file, record, columns, preview, onColumn, onShow }: RecordProps) {
  const { t } = useTranslation("intake");
  const words = useWords();
  const [all, setAll] = useState(false);
  const used = record.fields.filter((field) => field.required || field.source.how !== "nothing");
  const shown = [...(all ? record.fields : used), ...record.further];
  const unused = last ? columns.filter((column) => !file.text.includes(column)) : [];
  return (
    <section className={classes.record}>
      <h3 className={classes.recordHead}>
        {words.kind(record.kind)} <bdi>{file.pattern}</bdi>
      </h3>
      <table className={classes.fields}>
        <thead>
          <tr>
            <th scope="col">{t("editor.field")}</th>
            <th scope="col">{t("editor.column")}</th>
            <th scope="col">{t("editor.sample")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((field) => (
            <FieldRow
              key={field.path.join(".")}
              field={field}
              columns={columns}
              sample={sampleOf(preview, record, field)}
              onColumn={onColumn}
              onShow={onShow}
            />
          ))}
        </tbody>
      </table>
      {used.length < record.fields.length && (
        <div className={classes.more}>
          <Button size="compact-sm" variant="subtle" aria-expanded={all} onClick={() => setAll(!all)}>
            {t(all ? "editor.usedOnly" : "editor.allFields")}
          </Button>
        </div>
      )}
      {unused.length > 0 && (
        <p className={classes.unused}>
          {t("editor.unused")} <bdi>{unused.join(", ")}</bdi>
        </p>
      )}
    </section>
  );
}

interface FieldRowProps {
  field: FieldView;
  columns: readonly string[];
  sample: Sample | null;
  onColumn: StructureProps["onColumn"];
  onShow: (line: number) => void;
}

function FieldRow({ field, columns, sample, onColumn, onShow }: FieldRowProps) {
  const { t } = useTranslation("intake");
  const name = useFieldName()(field.name);
  const missing = field.required && field.source.how === "nothing" && field.field?.type !== "currency";
  return (
    <tr data-missing={missing || undefined}>
      <th scope="row">
        {name}
        {field.required && (
          <>
            <span className={classes.required} aria-hidden="true">
              {" *"}
            </span>
            <span className="visually-hidden"> ({t("editor.required")})</span>
          </>
        )}
      </th>
      <td>
        <Feed field={field} name={name} columns={columns} onColumn={onColumn} onShow={onShow} />
      </td>
      <td>{sample && <SampleText sample={sample} />}</td>
    </tr>
  );
}

/** `phones 1 number` as words; the bank's own names of details stay as they are. */
function useFieldName(): (name: string) => string {
  const words = useWords();
  const format = useFormat();
  return (name) =>
    name
      .split(" ")
      .map((part) => (/^\d+$/.test(part) ? format.number(part) : words.field(part)))
      .join(" ");
}

function Feed({ field, name, columns, onColumn, onShow }: Omit<FieldRowProps, "sample"> & { name: string }) {
  const { t } = useTranslation("intake");
  const { source } = field;
  const inText = field.line !== null && (
    <Button size="compact-xs" variant="subtle" onClick={() => onShow(field.line ?? 1)}>
      {t("editor.inText")}
    </Button>
  );
  if (source.how === "constant") {
    return (
      <span className={classes.fixed}>
        {t("editor.always")} <code dir="auto">{source.value}</code> {inText}
      </span>
    );
  }
  if (source.how === "computed" || source.how === "two_columns") {
    const text = source.how === "computed" ? source.expression : `${source.credit} / ${source.debit}`;
    return (
      <span className={classes.fixed}>
        <code dir="ltr">{text}</code> {inText}
      </span>
    );
  }
  const column = source.how === "column" ? source.column : null;
  if (onColumn === null) return <bdi>{column ?? "–"}</bdi>;
  const data = column !== null && !columns.includes(column) ? [column, ...columns] : [...columns];
  return (
    <Select
      aria-label={t("editor.columnFor", { field: name })}
      size="xs"
      searchable
      clearable={!field.required}
      placeholder={t("editor.none")}
      data={[...new Set(data)]}
      value={column}
      error={field.required && column === null}
      onChange={(value) => onColumn(field.path, value)}
      nothingFoundMessage={t("editor.noColumn")}
    />
  );
}

function SampleText({ sample }: { sample: Sample }) {
  const { t } = useTranslation("intake");
  const words = useWords();
  const { before, after, currency } = sample;
  return (
    <span className={classes.sample}>
      {before !== null && (sample.problem !== null || currency !== null || before !== after) && (
        <bdi className={classes.before}>{before || t("editor.blank")}</bdi>
      )}
      {sample.problem === null ? (
        <bdi className={classes.after}>
          {after !== null && currency !== null ? <Money minor={after} currency={currency} /> : (after ?? "–")}
        </bdi>
      ) : (
        <span className={classes.bad}>{words.reason(sample.problem)}</span>
      )}
    </span>
  );
}
