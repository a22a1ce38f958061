import { ActionIcon, Button } from "@mantine/core";
import { TrashIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import { DropZone } from "../../ui/drop-zone.tsx";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { isolate } from "../isolate.ts";
import classes from "./new-load.module.css";
import type { Sniffed } from "./sniff-file.ts";
import type { DeliveredFile, Delivery } from "./use-delivery.ts";

export function FilesStep({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation("intake");
  return (
    <div className={classes.stack}>
      <DropZone files={[]} onFiles={delivery.add} multiple label={t("wizard.drop")} />
      {delivery.files.map((file) => (
        <FileCard key={file.id} file={file} delivery={delivery} />
      ))}
    </div>
  );
}

function FileCard({ file, delivery }: { file: DeliveredFile; delivery: Delivery }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  const { name, size } = file.file;
  const state = file.error ? "failed" : file.uploadId !== null ? "done" : "running";
  return (
    <section className={classes.file} aria-label={name}>
      <div className={classes.fileHead}>
        <h3>
          <bdi>{name}</bdi>
        </h3>
        {file.sniffed && <Kind sniffed={file.sniffed} />}
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("wizard.remove", { file: isolate(name) })}
          onClick={() => delivery.remove(file.id)}
        >
          <TrashIcon size={16} />
        </ActionIcon>
      </div>
      <ProgressBar
        label={t("wizard.uploading", { file: isolate(name) })}
        done={file.uploadId === null ? file.sentBytes : size}
        total={size}
        say={(bytes) => format.bytes(bytes)}
        state={state}
      />
      {Boolean(file.error) && (
        <>
          <ErrorNote error={file.error} />
          <Button mt="xs" variant="default" size="xs" onClick={() => delivery.retry(file.id)}>
            {t("wizard.sendAgain")}
          </Button>
        </>
      )}
      {file.sniffed && <FirstRows sniffed={file.sniffed} />}
    </section>
  );
}

function Kind({ sniffed }: { sniffed: Sniffed }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  const delimiter = sniffed.delimiter === "\t" ? t("wizard.tab") : sniffed.delimiter;
  const parts = [
    t(`formats.${sniffed.format}`),
    sniffed.format === "csv" ? t("wizard.delimiter", { delimiter }) : null,
    sniffed.encoding.toUpperCase(),
    sniffed.packing === "none" ? null : t(`packings.${sniffed.packing}`),
    sniffed.columns.length === 0 ? null : t("wizard.columns", { columns: format.number(sniffed.columns.length) }),
  ];
  return <span>{parts.filter(Boolean).join(" · ")}</span>;
}

/** As the file says it; what it means is decided by the mapping. */
function FirstRows({ sniffed }: { sniffed: Sniffed }) {
  const { t } = useTranslation("intake");
  const label = t("wizard.firstRows", { file: isolate(sniffed.name) });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <section className={classes.preview} tabIndex={0} aria-label={label}>
      <table dir="auto">
        <caption className="visually-hidden">{label}</caption>
        {sniffed.columns.length > 0 && (
          <thead>
            <tr>
              {sniffed.columns.map((column, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a file may have two columns of one name
                <th key={index} scope="col">
                  <bdi>{column}</bdi>
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {sniffed.rows.slice(0, 5).map((row, rowIndex) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other name
            <tr key={rowIndex}>
              {row.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <td key={index} title={cell}>
                  <bdi>{cell}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
