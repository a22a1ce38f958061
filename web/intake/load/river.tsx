import { useDirection } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { KindCounts } from "../../../server/customers/intake/contract.ts";
import { recordKinds } from "../../../server/customers/intake/mapping/contract.ts";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import { useWords } from "../words.ts";
import classes from "./river.module.css";
import { layRiver, nodeWidth, outcomes, type RiverNode } from "./river-layout.ts";

interface RiverProps {
  kinds: Readonly<Record<string, KindCounts>>;
  /** Of a dry run: what would become of the records. */
  dryRun: boolean;
}

/** From the file to the customers: the picture for the eye, the table for the exact figures and for whoever does not see the picture. */
export function River({ kinds: counts, dryRun }: RiverProps) {
  const { t } = useTranslation("intake");
  const kinds = useMemo(() => inOrder(counts), [counts]);
  const { ref, width } = useElementSize();
  return (
    <Surface title={t(dryRun ? "river.titleDry" : "river.title")}>
      <div ref={ref} className={classes.picture}>
        {width > 0 && <Picture kinds={kinds} width={Math.max(280, Math.floor(width))} />}
      </div>
      <p className={classes.scale}>{t("river.scale")}</p>
      <KindTable kinds={kinds} label={t(dryRun ? "river.titleDry" : "river.title")} />
    </Surface>
  );
}

/** Customers before what they have, that before what moves; whole rows last. */
function inOrder(kinds: RiverProps["kinds"]): RiverProps["kinds"] {
  const place = (kind: string) => (recordKinds as readonly string[]).indexOf(kind) >>> 0;
  return Object.fromEntries(Object.entries(kinds).sort(([a], [b]) => place(a) - place(b)));
}

const wide = { start: 160, end: 150 };
const narrow = { start: 116, end: 88 };

function Picture({ kinds, width }: { kinds: RiverProps["kinds"]; width: number }) {
  const { t } = useTranslation("intake");
  const words = useWords();
  const format = useFormat();
  const { dir } = useDirection();
  const river = useMemo(() => layRiver(kinds, { width, margins: width < 560 ? narrow : wide, rtl: dir === "rtl" }), [kinds, width, dir]);
  const label = (node: RiverNode, name: string, place: LabelProps["place"]) => (
    <Label key={node.id} node={node} name={name} count={format.number(node.count)} place={place} width={width} rtl={dir === "rtl"} />
  );
  return (
    // The table below says the same; a picture of numbers is noise to a screen reader.
    <svg width={width} height={river.height} viewBox={`0 0 ${width} ${river.height}`} aria-hidden="true" className={classes.river}>
      {river.strands.map((strand) => (
        <path key={strand.id} d={strand.path} data-tone={strand.tone} className={classes.strand} />
      ))}
      {[...river.kinds, ...(river.accepted ? [river.accepted] : []), ...river.outcomes].map((node) => (
        <rect
          key={node.id}
          x={node.x}
          y={node.y}
          width={nodeWidth}
          height={node.height}
          rx={2}
          data-tone={node.id}
          className={classes.node}
        />
      ))}
      {river.kinds.map((node) => label(node, words.kind(node.id), "before"))}
      {river.accepted && width >= 560 && label(river.accepted, t("river.accepted"), "on")}
      {river.outcomes.map((node) => label(node, t(`river.${node.id}`), "behind"))}
    </svg>
  );
}

interface LabelProps {
  node: RiverNode;
  name: string;
  count: string;
  /** Before the river, behind its end, or on the water. */
  place: "before" | "behind" | "on";
  width: number;
  rtl: boolean;
}

function Label({ node, name, count, place, width, rtl }: LabelProps) {
  const behind = rtl ? node.x - 8 : node.x + nodeWidth + 8;
  const x = place === "before" ? (rtl ? width : 0) : behind;
  const middle = node.y + node.height / 2;
  return (
    <text y={middle - 4} direction={rtl ? "rtl" : "ltr"} className={classes.label}>
      <tspan x={x} className={classes.name}>
        {name}
      </tspan>
      <tspan x={x} dy="1.3em" className={`num ${classes.count}`}>
        {count}
      </tspan>
    </text>
  );
}

function KindTable({ kinds, label }: { kinds: RiverProps["kinds"]; label: string }) {
  const { t } = useTranslation("intake");
  const words = useWords();
  const format = useFormat();
  const rows = Object.entries(kinds);
  const sum = (of: (counts: KindCounts) => number) => rows.reduce((total, [, counts]) => total + of(counts), 0);
  const columns: { id: string; of: (counts: KindCounts) => number }[] = [
    { id: "read", of: (counts) => counts.read },
    { id: "accepted", of: (counts) => counts.read - counts.quarantined },
    ...outcomes.map((outcome) => ({ id: outcome, of: (counts: KindCounts) => counts[outcome] })),
  ];
  return (
    <WideTable label={label} className={`num ${classes.table}`}>
      <caption className="visually-hidden">{label}</caption>
      <thead>
        <tr>
          <th scope="col">{t("river.kind")}</th>
          {columns.map(({ id }) => (
            <th key={id} scope="col" data-tone={id}>
              {t(`river.${id}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([kind, counts]) => (
          <tr key={kind}>
            <th scope="row">{words.kind(kind)}</th>
            {columns.map(({ id, of }) => (
              <td key={id} data-tone={id} data-zero={of(counts) === 0 || undefined}>
                {format.number(of(counts))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {rows.length > 1 && (
        <tfoot>
          <tr>
            <th scope="row">{t("river.all")}</th>
            {columns.map(({ id, of }) => (
              <td key={id} data-tone={id}>
                {format.number(sum(of))}
              </td>
            ))}
          </tr>
        </tfoot>
      )}
    </WideTable>
  );
}
