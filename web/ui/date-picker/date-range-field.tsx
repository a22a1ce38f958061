import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DateField } from "./date-field.tsx";

export interface DateRange {
  /** `YYYY-MM-DD`, first day included; null: from the beginning. */
  readonly from: string | null;
  /** Last day included; null: until now. */
  readonly to: string | null;
}

interface DateRangeFieldProps {
  range: DateRange;
  onRange: (range: DateRange) => void;
  /** Offer the last 30, 90 and 365 days up to this day. */
  today?: string;
}

const spansDays = [30, 90, 365] as const;

/** Two days, each typed or picked; the second cannot lie before the first. */
export function DateRangeField({ range, onRange, today }: DateRangeFieldProps) {
  const { t } = useTranslation("ui");
  const last = (days: number) => {
    if (today === undefined) return;
    const from = new Date(Date.parse(`${today}T00:00:00Z`) - (days - 1) * 86_400_000).toISOString().slice(0, 10);
    onRange({ from, to: today });
  };
  return (
    <Group gap="xs" align="flex-end">
      <DateField
        label={t("date.from")}
        value={range.from}
        onValue={(from) => onRange({ ...range, from })}
        {...(range.to === null ? {} : { max: range.to })}
      />
      <DateField
        label={t("date.to")}
        value={range.to}
        onValue={(to) => onRange({ ...range, to })}
        {...(range.from === null ? {} : { min: range.from })}
      />
      {today !== undefined && (
        <Group gap={4}>
          {spansDays.map((days) => (
            <Button key={days} size="compact-sm" variant="subtle" onClick={() => last(days)}>
              {t("date.lastDays", { count: days })}
            </Button>
          ))}
        </Group>
      )}
    </Group>
  );
}
