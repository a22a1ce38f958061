import { ActionIcon, Button, SegmentedControl, Select } from "@mantine/core";
import { PlusIcon, XIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import { useCan } from "../../ui/viewer.tsx";
import type { Choices, Definition } from "../answers.ts";
import classes from "../detail/detail.module.css";
import { useReportWords } from "../words.ts";
import { Conditions } from "./conditions.tsx";

const MEASURES_MAX = 4;

interface BuilderProps {
  definition: Definition;
  choices: Choices;
  onChange: (definition: Definition) => void;
}

/** What is counted, by what, of whom and against what; the figures beneath follow at once. */
export function Builder({ definition, choices, onChange }: BuilderProps) {
  const { t } = useTranslation("reports");
  const mayFilter = useCan("segment:read");
  const put = (part: Partial<Definition>) => onChange({ ...definition, ...part });
  return (
    <div className={classes.form}>
      <SegmentedControl
        aria-label={t("build.over")}
        w="fit-content"
        data={(["now", "months"] as const).map((value) => ({ value, label: t(`over.${value}`) }))}
        value={definition.over}
        onChange={(value) => put(value === "months" ? overMonths : overNow(definition))}
      />
      <Measures definition={definition} choices={choices} onChange={onChange} />
      <div className={classes.row}>
        <Axes definition={definition} choices={choices} onChange={onChange} />
        {definition.over === "months" && <Period definition={definition} onChange={onChange} />}
        <Select
          label={t("build.show")}
          w={150}
          allowDeselect={false}
          data={(["bars", "line", "table"] as const).map((value) => ({ value, label: t(`show.${value}`) }))}
          value={definition.show}
          onChange={(value) => put({ show: value === "line" || value === "table" ? value : "bars" })}
        />
      </div>
      {mayFilter && <Conditions filter={definition.filter} onFilter={(filter) => put({ filter })} />}
    </div>
  );
}

const customers = { of: "customers", take: "count" } as const;
const overMonths = { over: "months", measures: [customers], rows: "month", columns: null } as const satisfies Partial<Definition>;
const overNow = ({ rows, columns }: Definition): Partial<Definition> => ({
  ...{ over: "now", measures: [customers], compare: "none" },
  rows: rows === "month" ? "branch" : rows,
  columns: columns === "month" ? null : columns,
});

function Measures({ definition, choices, onChange }: BuilderProps) {
  const { t } = useTranslation(["reports", "segments"]);
  const words = useReportWords(choices);
  const offered = choices.measures.filter(({ over }) => over === definition.over);
  const groups = [...new Set(offered.map(({ group }) => group))].map((group) => ({
    group: t(`segments:groups.${group}`),
    items: offered.filter((one) => one.group === group).map((one) => ({ value: one.of, label: words.measure(one) })),
  }));
  const { measures } = definition;
  const put = (at: number, measure: Definition["measures"][number] | null) =>
    onChange({ ...definition, measures: measures.flatMap((one, place) => (place !== at ? [one] : measure === null ? [] : [measure])) });
  return (
    <div className={classes.measures}>
      {measures.map(({ of, take }, at) => {
        const choice = offered.find((one) => one.of === of);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a measure has no name but its place
          <div key={at} className={classes.measure}>
            <Select
              label={at === 0 ? t("build.measures") : undefined}
              aria-label={t("build.measure")}
              data={groups}
              searchable
              allowDeselect={false}
              value={of}
              onChange={(value) => {
                const chosen = offered.find((one) => one.of === value);
                const [first] = chosen?.takes ?? [];
                if (chosen !== undefined && first !== undefined)
                  put(at, { of: chosen.of, take: chosen.takes.includes(take) ? take : first });
              }}
            />
            <Select
              aria-label={t("build.take")}
              w={130}
              allowDeselect={false}
              data={(choice?.takes ?? []).map((value) => ({ value, label: t(`takes.${value}`) }))}
              value={take}
              onChange={(value) => {
                const chosen = choice?.takes.find((one) => one === value);
                if (chosen !== undefined) put(at, { of, take: chosen });
              }}
            />
            {measures.length > 1 && (
              <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("build.less")} onClick={() => put(at, null)}>
                <XIcon size={14} />
              </ActionIcon>
            )}
          </div>
        );
      })}
      {measures.length < MEASURES_MAX && (
        <Button
          variant="subtle"
          size="compact-sm"
          w="fit-content"
          leftSection={<PlusIcon size={14} />}
          onClick={() => onChange({ ...definition, measures: [...measures, customers] })}
        >
          {t("build.more")}
        </Button>
      )}
    </div>
  );
}

function Axes({ definition, choices, onChange }: BuilderProps) {
  const { t } = useTranslation("reports");
  const words = useReportWords(choices);
  const offered = choices.dimensions
    .filter(({ kind }) => kind !== "month" || definition.over === "months")
    .map(({ key }) => ({ value: key, label: words.dimension(key) }));
  return (
    <>
      <Select
        label={t("build.rows")}
        placeholder={t("build.none")}
        data={offered}
        searchable
        clearable
        value={definition.rows}
        onChange={(rows) =>
          onChange({ ...definition, rows, columns: rows === null || rows === definition.columns ? null : definition.columns })
        }
      />
      <Select
        label={t("build.columns")}
        placeholder={t("build.none")}
        data={offered.filter(({ value }) => value !== definition.rows)}
        searchable
        clearable
        disabled={definition.rows === null}
        value={definition.columns}
        onChange={(columns) => onChange({ ...definition, columns })}
      />
    </>
  );
}

function Period({ definition, onChange }: Omit<BuilderProps, "choices">) {
  const { t } = useTranslation("reports");
  return (
    <>
      <Select
        label={t("build.months")}
        w={150}
        allowDeselect={false}
        data={[1, 3, 6, 12, 24].map((count) => ({ value: String(count), label: t("months", { count }) }))}
        value={String(definition.months)}
        onChange={(value) => onChange({ ...definition, months: Number(value ?? 12) })}
      />
      <Select
        label={t("build.compare")}
        allowDeselect={false}
        data={(["none", "previous", "year_before"] as const).map((value) => ({ value, label: t(`compare.${value}`) }))}
        value={definition.compare}
        onChange={(value) => onChange({ ...definition, compare: value === "previous" || value === "year_before" ? value : "none" })}
      />
    </>
  );
}
