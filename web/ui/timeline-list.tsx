import type { ReactNode } from "react";
import { DateText } from "./date-text.tsx";
import { useFormat } from "./preferences.tsx";
import classes from "./timeline-list.module.css";

export interface TimelineItem {
  readonly id: string;
  /** ISO instant or `YYYY-MM-DD`. */
  readonly at: string;
  readonly title: ReactNode;
  readonly text?: ReactNode;
  /** At the end of the line: an amount, a mark. */
  readonly aside?: ReactNode;
  readonly icon?: ReactNode;
  readonly tone?: "plain" | "good" | "warn" | "bad";
}

/** What happened, newest first, under a heading for each day. */
export function TimelineList({ items, label }: { items: readonly TimelineItem[]; label: string }) {
  const format = useFormat();
  const days: { day: string; items: TimelineItem[] }[] = [];
  for (const item of items) {
    const day = format.date(item.at, "long");
    const last = days.at(-1);
    if (last?.day === day) last.items.push(item);
    else days.push({ day, items: [item] });
  }
  return (
    <section aria-label={label} className={classes.timeline}>
      {days.map((day) => (
        <div key={day.day}>
          <h3 className={`num ${classes.day}`}>
            <bdi>{day.day}</bdi>
          </h3>
          <ol className={classes.items}>
            {day.items.map((item) => (
              <Entry key={item.id} item={item} />
            ))}
          </ol>
        </div>
      ))}
    </section>
  );
}

function Entry({ item }: { item: TimelineItem }) {
  const format = useFormat();
  return (
    <li className={classes.item}>
      <span className={classes.dot} data-tone={item.tone ?? "plain"} aria-hidden="true">
        {item.icon}
      </span>
      <div className={classes.body}>
        <div className={classes.title}>{item.title}</div>
        {item.text !== undefined && <div className={classes.text}>{item.text}</div>}
      </div>
      <div className={classes.aside}>
        {item.aside}
        {item.at.length > 10 ? (
          <time dateTime={item.at} className={`num ${classes.time}`}>
            {format.time(item.at)}
          </time>
        ) : (
          <span className="visually-hidden">
            <DateText value={item.at} />
          </span>
        )}
      </div>
    </li>
  );
}
