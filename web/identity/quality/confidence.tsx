import { RangeSlider } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useCan } from "../../ui/viewer.tsx";
import { usePoints } from "../words.ts";
import classes from "./confidence.module.css";
import { type Column, layHistogram } from "./histogram-layout.ts";
import { MoveThresholds } from "./move-thresholds.tsx";
import { Preview } from "./preview.tsx";
import type { Quality } from "./quality.ts";

const bounds = { min: -10, max: 20, step: 0.5 } as const;

/** Pairs by how much speaks for them, with both thresholds, and what other thresholds would do. */
export function Confidence({ quality, onStarted }: { quality: Quality; onStarted: () => void }) {
  const { t } = useTranslation("identity");
  const [tried, setTried] = useState<readonly [number, number]>([quality.doubtBits, quality.joinBits]);
  const columns = layHistogram(quality.distribution);
  const mayMove = useCan("identity:learn");
  const [doubtBits, joinBits] = tried;
  const isNow = joinBits === quality.joinBits && doubtBits === quality.doubtBits;
  return (
    <Surface title={t("confidence.title")}>
      {columns.length === 0 ? (
        <p className={classes.note}>{t("confidence.nothing")}</p>
      ) : (
        <Histogram columns={columns} thresholds={tried} />
      )}
      <Thresholds tried={tried} onTry={setTried} />
      <Preview joinBits={joinBits} doubtBits={doubtBits} isNow={isNow} />
      {mayMove && !isNow && <MoveThresholds joinBits={joinBits} doubtBits={doubtBits} onStarted={onStarted} />}
    </Surface>
  );
}

function Histogram({ columns, thresholds: [doubtBits, joinBits] }: { columns: readonly Column[]; thresholds: readonly [number, number] }) {
  const { t } = useTranslation("identity");
  const zone = (bits: number): "join" | "doubt" | "below" => (bits >= joinBits ? "join" : bits >= doubtBits ? "doubt" : "below");
  const sum = (wanted: string) => columns.filter(({ bits }) => zone(bits) === wanted).reduce((total, { pairs }) => total + pairs, 0);
  return (
    <figure className={classes.figure}>
      <div className={classes.columns} role="img" aria-label={t("confidence.summary", { joined: sum("join"), doubtful: sum("doubt") })}>
        {columns.map((column) => (
          <Bar key={column.bits} column={column} zone={zone(column.bits)} />
        ))}
      </div>
      <figcaption className={classes.legend}>
        <span data-zone="join">{t("confidence.joined")}</span>
        <span data-zone="doubt">{t("confidence.doubtful")}</span>
        <span data-zone="below">{t("confidence.apart")}</span>
        <span className={classes.note}>{t("confidence.scale")}</span>
      </figcaption>
    </figure>
  );
}

const labelEvery = 5;

function Bar({ column, zone }: { column: Column; zone: string }) {
  const { t } = useTranslation("identity");
  const format = useFormat();
  const points = usePoints();
  const label = column.isRest ? t("confidence.from", { points: points(column.bits) }) : points(column.bits);
  return (
    <span className={classes.column} title={t("confidence.column", { points: label, n: format.number(column.pairs) })}>
      <span className={classes.bar} data-zone={zone} style={{ blockSize: `${column.height * 100}%` }} />
      <span className={`num ${classes.tick}`}>
        {column.bits % labelEvery === 0 ? `\u2066${column.bits < 0 ? "\u2212" : ""}${format.number(Math.abs(column.bits))}\u2069` : ""}
      </span>
    </span>
  );
}

interface ThresholdsProps {
  tried: readonly [number, number];
  onTry: (tried: readonly [number, number]) => void;
}

function Thresholds({ tried, onTry }: ThresholdsProps) {
  const { t } = useTranslation("identity");
  const points = usePoints();
  return (
    <div className={classes.thresholds}>
      <p className={classes.question} id="thresholds">
        {t("confidence.slider")}
      </p>
      <RangeSlider
        {...bounds}
        minRange={0}
        value={[...tried]}
        onChange={onTry}
        label={points}
        thumbFromLabel={t("confidence.doubtFrom")}
        thumbToLabel={t("confidence.joinFrom")}
        marks={[-10, 0, 10, 20].map((value) => ({ value, label: points(value) }))}
        mb={28}
      />
      <p className={`num ${classes.note}`}>{t("confidence.tried", { doubt: points(tried[0]), join: points(tried[1]) })}</p>
    </div>
  );
}
