import { Button } from "@mantine/core";
import { FileIcon, UploadIcon } from "@primer/octicons-react";
import { type DragEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./drop-zone.module.css";
import { useFormat } from "./preferences.tsx";

interface DropZoneProps {
  files: readonly File[];
  onFiles: (files: File[]) => void;
  /** As in `<input accept>`; the server decides what a file is by its bytes. */
  accept?: string;
  multiple?: boolean;
  /** What belongs here: "Drop the files of one delivery here". */
  label: string;
}

export function DropZone({ files, onFiles, accept, multiple = false, label }: DropZoneProps) {
  const { t } = useTranslation("ui");
  const format = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (list: FileList | null) => {
    const chosen = [...(list ?? [])];
    if (chosen.length > 0) onFiles(multiple ? chosen : chosen.slice(0, 1));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  const drag = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <section
      className={classes.zone}
      data-over={over || undefined}
      onDrop={drop}
      onDragOver={drag}
      onDragLeave={() => setOver(false)}
      aria-label={label}
    >
      <UploadIcon size={20} />
      <p className={classes.label}>{label}</p>
      <Button variant="default" onClick={() => input.current?.click()}>
        {t("drop.choose")}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        multiple={multiple}
        aria-label={label}
        onChange={(event) => take(event.currentTarget.files)}
      />
      {files.length > 0 && (
        <ul className={classes.files}>
          {files.map((file) => (
            <li key={`${file.name} ${file.size}`}>
              <FileIcon size={14} /> <bdi>{file.name}</bdi> <span className="num">{format.bytes(file.size)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
