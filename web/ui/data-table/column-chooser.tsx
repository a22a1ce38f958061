import { ActionIcon, Button, Checkbox, Group, Popover, SegmentedControl, Stack, Text, Tooltip } from "@mantine/core";
import { ArrowDownIcon, ArrowUpIcon, ColumnsIcon, DashIcon, PlusIcon } from "@primer/octicons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Column, TableLayout } from "./column.ts";

interface ColumnChooserProps<Row> {
  columns: readonly Column<Row>[];
  layout: TableLayout;
  onLayout: (part: Partial<TableLayout>) => void;
  onReset: () => void;
}

const widthStep = 40;

/** Which columns, in which order, how wide and how dense. The first column stays: it says what a row is. */
export function ColumnChooser<Row>({ columns, layout, onLayout, onReset }: ColumnChooserProps<Row>) {
  const { t } = useTranslation("ui");
  const byId = new Map(columns.map((column) => [column.id, column]));
  const movable = layout.order.slice(1);
  const toggle = (id: string, shown: boolean) =>
    onLayout({ hidden: shown ? layout.hidden.filter((other) => other !== id) : [...layout.hidden, id] });
  const move = (id: string, by: -1 | 1) => {
    const order = [...layout.order];
    const at = order.indexOf(id);
    order.splice(at, 1);
    order.splice(at + by, 0, id);
    onLayout({ order });
  };
  const widen = (id: string, by: number) => {
    const width = layout.widths[id] ?? byId.get(id)?.width ?? 160;
    onLayout({ widths: { ...layout.widths, [id]: Math.max(64, Math.min(720, width + by)) } });
  };
  return (
    <Popover position="bottom-end" width={340} trapFocus>
      <Popover.Target>
        <Tooltip label={t("table.columns")}>
          <ActionIcon variant="default" size={34} aria-label={t("table.columns")}>
            <ColumnsIcon size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label={t("table.density")}
            value={layout.density}
            onChange={(density) => onLayout({ density: density as TableLayout["density"] })}
            data={[
              { value: "compact", label: t("table.compact") },
              { value: "normal", label: t("table.normal") },
            ]}
          />
          <Stack gap={2} mah={320} style={{ overflowY: "auto" }}>
            {movable.map((id, index) => {
              const name = byId.get(id)?.header ?? id;
              return (
                <Group key={id} gap={2} wrap="nowrap">
                  <Checkbox
                    flex={1}
                    size="sm"
                    label={name}
                    checked={!layout.hidden.includes(id)}
                    onChange={(event) => toggle(id, event.currentTarget.checked)}
                  />
                  <Step label={t("table.narrower", { column: name })} onClick={() => widen(id, -widthStep)} icon={<DashIcon size={12} />} />
                  <Step label={t("table.wider", { column: name })} onClick={() => widen(id, widthStep)} icon={<PlusIcon size={12} />} />
                  <Step
                    label={t("table.earlier", { column: name })}
                    disabled={index === 0}
                    onClick={() => move(id, -1)}
                    icon={<ArrowUpIcon size={12} />}
                  />
                  <Step
                    label={t("table.later", { column: name })}
                    disabled={index === movable.length - 1}
                    onClick={() => move(id, 1)}
                    icon={<ArrowDownIcon size={12} />}
                  />
                </Group>
              );
            })}
          </Stack>
          <Group justify="space-between">
            <Text size="xs" c="dimmed">
              {t("table.keptHere")}
            </Text>
            <Button size="compact-xs" variant="subtle" onClick={onReset}>
              {t("table.reset")}
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Step({ label, icon, onClick, disabled = false }: { label: string; icon: ReactNode; onClick: () => void; disabled?: boolean }) {
  return (
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} title={label} onClick={onClick} disabled={disabled}>
      {icon}
    </ActionIcon>
  );
}
