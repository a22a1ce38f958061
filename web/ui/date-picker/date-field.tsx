import { ActionIcon, Loader, Popover, TextInput } from "@mantine/core";
import { CalendarIcon } from "@primer/octicons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "../preferences.tsx";

const CalendarGrid = lazy(() => import("./calendar-grid.tsx").then((module) => ({ default: module.CalendarGrid })));

interface DateFieldProps {
  label: string;
  /** `YYYY-MM-DD`, Gregorian, or null. */
  value: string | null;
  onValue: (value: string | null) => void;
  min?: string;
  max?: string;
  description?: string;
}

/** A day typed in the person's calendar and digits, or picked from that calendar. */
export function DateField({ label, value, onValue, min, max, description }: DateFieldProps) {
  const { t } = useTranslation("ui");
  const { preferences, format } = usePreferences();
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const finish = async () => {
    if (typed === null) return;
    if (typed.trim() === "") return put(null);
    const { parseTypedDate } = await import("./calendar-date.ts");
    const iso = parseTypedDate(typed, preferences.calendar, preferences.locale);
    if (iso === null) return setWrong(t("date.wrong", { example: format.date("2025-03-21", "short") }));
    if ((min !== undefined && iso < min) || (max !== undefined && iso > max)) return setWrong(t("date.outside"));
    put(iso);
  };
  const put = (iso: string | null) => {
    setTyped(null);
    setWrong(null);
    onValue(iso);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" returnFocus withinPortal={false} withRoles={false}>
      <Popover.Target>
        <TextInput
          label={label}
          description={description}
          className="num"
          placeholder={format.date("2025-03-21", "short")}
          value={typed ?? (value === null ? "" : format.date(value, "short"))}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={() => void finish()}
          onKeyDown={(event) => {
            if (event.key === "Enter" && typed !== null) void finish();
            if (event.key === "ArrowDown" && event.altKey) setOpened(true);
          }}
          error={wrong}
          rightSection={
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("date.open", { label })}
              aria-haspopup="dialog"
              aria-expanded={opened}
              onClick={() => setOpened(!opened)}
            >
              <CalendarIcon size={16} />
            </ActionIcon>
          }
        />
      </Popover.Target>
      <Popover.Dropdown>
        <Suspense fallback={<Loader size="sm" m="xl" />}>
          <CalendarGrid
            label={label}
            value={value}
            min={min}
            max={max}
            onValue={(iso) => {
              setOpened(false);
              put(iso);
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
