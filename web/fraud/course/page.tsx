import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { readFraudCourse } from "../../../server/intelligence/fraud/watching/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { DateText } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import classes from "../fraud.module.css";

type Course = AnswerOf<typeof readFraudCourse>;
type Week = Course["weeks"][number];
type Sign = NonNullable<Course["watch"]>["signs"][number];

const tones = { stable: "good", watch: "warn", act: "bad" } as const;

/** Alerts week by week: how many, what became of them, whether chances came true, and what is wrong with it. */
export function CoursePage() {
  const { t } = useTranslation("fraud");
  const course = useEndpoint(readFraudCourse, {});
  return (
    <>
      <PageHeader title={t("course.title")} path={[{ label: t("queue.title"), to: "/fraud" }]} note={t("course.note")} />
      {course.error ? (
        <ErrorState error={course.error} retry={() => void course.refetch()} />
      ) : course.data === undefined ? (
        <Skeleton height={320} />
      ) : course.data.weeks.length === 0 ? (
        <EmptyState reason="data" title={t("course.none")} text={t("course.noneText")} />
      ) : (
        <Shown course={course.data} />
      )}
    </>
  );
}

function Shown({ course: { weeks, watch } }: { course: Course }) {
  const { t } = useTranslation("fraud");
  return (
    <Surface
      title={t("course.title")}
      aside={watch && <StateMark tone={tones[watch.level]}>{t(`course.levels.${watch.level}`)}</StateMark>}
      padding="none"
    >
      {watch !== null && watch.signs.length > 0 && (
        <ul className={classes.signs} role={watch.level === "act" ? "alert" : undefined}>
          {watch.signs.map((sign) => (
            <li key={sign.code}>
              <SignText sign={sign} />
            </li>
          ))}
        </ul>
      )}
      <WideTable label={t("course.title")} className={classes.course}>
        <thead>
          <tr>
            {(["week", "alerts", "decided", "precision", "frauds", "expected", "missed"] as const).map((name) => (
              <th key={name} scope="col">
                {t(`course.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.toReversed().map((week) => (
            <WeekRow key={week.week} week={week} most={Math.max(...weeks.map(({ alerts }) => alerts))} />
          ))}
        </tbody>
      </WideTable>
    </Surface>
  );
}

function SignText({ sign: { code, figure, usual } }: { sign: Sign }) {
  const { t } = useTranslation("fraud");
  const format = useFormat();
  const isShare = code === "precision" || code === "undecided";
  const say = (value: number) => (isShare ? format.percent(value, 0) : format.number(value, 0));
  return <>{t(`course.signs.${code}`, { figure: say(figure), usual: say(usual) })}</>;
}

function WeekRow({ week: { week, ...of }, most }: { week: Week; most: number }) {
  const { t } = useTranslation("fraud");
  const format = useFormat();
  return (
    <tr>
      <th scope="row">
        <DateText value={week} />
        {!of.isMature && <div className={classes.quiet}>{t("course.open")}</div>}
      </th>
      <td>
        <span className={classes.barred}>
          <span className="num">{format.number(of.alerts)}</span>
          <span aria-hidden="true" className={classes.bar} style={{ inlineSize: `${(of.alerts / Math.max(most, 1)) * 5}rem` }} />
        </span>
      </td>
      <td className="num">{format.number(of.decided + of.inconclusive)}</td>
      <td className="num">{of.decided === 0 ? "–" : format.percent(of.confirmed / of.decided, 0)}</td>
      <td className="num">{of.scored === 0 ? "–" : format.number(of.frauds)}</td>
      <td className="num">{of.scored === 0 ? "–" : format.number(of.expected, 1)}</td>
      <td className="num">{format.number(of.missed)}</td>
    </tr>
  );
}
