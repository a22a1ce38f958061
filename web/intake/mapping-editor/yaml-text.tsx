import { type KeyboardEvent, useEffect, useImperativeHandle, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import classes from "./editor.module.css";

export interface YamlTextHandle {
  /** Puts the cursor there (from 1) and the line into sight. */
  readonly goTo: (line: number, column: number) => void;
}

interface YamlTextProps {
  text: string;
  onText: (text: string) => void;
  wrongLines: ReadonlySet<number>;
  readOnly?: boolean;
  handle: React.Ref<YamlTextHandle>;
  describedBy?: string;
}

const lineHeight = 20;

/** The mapping as text: line numbers, wrong lines marked. Tab leaves the field as everywhere; Ctrl+] and Ctrl+[ move lines in and out. */
export function YamlText({ text, onText, wrongLines, readOnly = false, handle, describedBy }: YamlTextProps) {
  const { t } = useTranslation("intake");
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const [here, setHere] = useState(0);
  const lines = text.split("\n").length;
  useImperativeHandle(handle, () => ({
    goTo: (line, column) => {
      const field = area.current;
      if (!field) return;
      const start = field.value
        .split("\n")
        .slice(0, line - 1)
        .reduce((sum, one) => sum + one.length + 1, 0);
      field.focus();
      field.setSelectionRange(start + column - 1, start + column - 1);
      field.scrollTop = Math.max(0, (line - 6) * lineHeight);
      setHere(line);
    },
  }));
  const follow = () => {
    if (gutter.current && area.current) gutter.current.scrollTop = area.current.scrollTop;
  };
  useEffect(follow);
  const note = () => setHere(text.slice(0, area.current?.selectionStart ?? 0).split("\n").length);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const shift = event.ctrlKey && (event.key === "]" || event.key === "[") ? event.key : null;
    if (shift === null || readOnly) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget;
    onText(shiftLines(text, selectionStart, selectionEnd, shift === "]"));
  };
  return (
    <div className={classes.text} dir="ltr">
      <Gutter lines={lines} wrongLines={wrongLines} here={here} gutter={gutter} />
      <textarea
        ref={area}
        className={classes.area}
        aria-label={t("editor.text")}
        aria-describedby={describedBy}
        aria-invalid={wrongLines.size > 0 || undefined}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        readOnly={readOnly}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        onScroll={follow}
        onSelect={note}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

interface GutterProps {
  lines: number;
  wrongLines: ReadonlySet<number>;
  here: number;
  gutter: React.Ref<HTMLDivElement>;
}

function Gutter({ lines, wrongLines, here, gutter }: GutterProps) {
  const format = useFormat();
  return (
    <div ref={gutter} className={`num ${classes.gutter}`} aria-hidden="true">
      {Array.from({ length: lines }, (_, index) => index + 1).map((line) => (
        <div key={line} data-wrong={wrongLines.has(line) || undefined} data-here={line === here || undefined}>
          {format.code(String(line))}
        </div>
      ))}
      {/* As much room below as the text's own scrollbar takes. */}
      <div />
    </div>
  );
}

/** Lines of the selection two spaces in or out. */
function shiftLines(text: string, from: number, to: number, inwards: boolean): string {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const end = text.indexOf("\n", to) === -1 ? text.length : text.indexOf("\n", to);
  const lines = text.slice(start, end).split("\n");
  const shifted = lines.map((line) => (inwards ? `  ${line}` : line.replace(/^ {1,2}/, "")));
  return text.slice(0, start) + shifted.join("\n") + text.slice(end);
}
