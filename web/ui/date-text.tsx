import { Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";
import { type DateStyle, isBusinessDate } from "./format.ts";
import { useFormat } from "./preferences.tsx";

/** A date, or with `time` an instant, in the person's calendar and digits. */
export function DateText({ value, style = "medium", time = false }: { value: string; style?: DateStyle; time?: boolean }) {
  const format = useFormat();
  return (
    <time dateTime={value} className="num">
      <bdi>{time && !isBusinessDate(value) ? format.dateTime(value, style) : format.date(value, style)}</bdi>
    </time>
  );
}

const refreshMs = 30_000;

/** "3 hours ago"; the exact time on hover, on focus and for whoever cannot hover. */
export function RelativeTime({ value }: { value: string }) {
  const format = useFormat();
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), refreshMs);
    return () => clearInterval(timer);
  }, []);
  const exact = isBusinessDate(value) ? format.date(value, "long") : format.dateTime(value, "long");
  return (
    <Tooltip label={exact}>
      <time dateTime={value} className="num">
        <bdi>{format.relativeTime(value, nowMs)}</bdi>
      </time>
    </Tooltip>
  );
}
