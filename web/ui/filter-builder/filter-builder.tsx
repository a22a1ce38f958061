// biome-ignore-all lint/a11y/useSemanticElements: a fieldset cannot flow within a line of chips
import { ActionIcon, Button, Popover, UnstyledButton } from "@mantine/core";
import { FilterIcon, PlusIcon, XIcon } from "@primer/octicons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConditionEditor } from "./condition-editor.tsx";
import { type Condition, countConditions, emptyFilter, type FilterField, type FilterGroup, isGroup, replaceAt } from "./filter.ts";
import classes from "./filter-builder.module.css";
import { useFilterWords } from "./filter-words.ts";

interface FilterBuilderProps {
  fields: readonly FilterField[];
  filter: FilterGroup;
  onFilter: (filter: FilterGroup) => void;
  /** Brackets can be turned into their opposite. Only where what is asked can be asked that way. */
  canNegate?: boolean;
}

/** Conditions as chips in words. The outer group and each inner one say whether all or any of theirs must hold. */
export function FilterBuilder({ fields, filter, onFilter, canNegate = false }: FilterBuilderProps) {
  const { t } = useTranslation("ui");
  return (
    <div className={classes.builder} role="group" aria-label={t("filter.label")}>
      <Group
        group={filter}
        path={[]}
        fields={fields}
        canNegate={canNegate}
        onPut={(path, node) => onFilter(replaceAt(filter, path, node))}
      />
      {countConditions(filter) > 1 && (
        <Button size="compact-xs" variant="subtle" color="gray" fw={450} c="dimmed" flex="none" onClick={() => onFilter(emptyFilter)}>
          {t("filter.clear")}
        </Button>
      )}
    </div>
  );
}

interface GroupProps {
  group: FilterGroup;
  path: readonly number[];
  fields: readonly FilterField[];
  canNegate: boolean;
  onPut: (path: readonly number[], node: Condition | FilterGroup | null) => void;
}

function Group({ group, path, fields, canNegate, onPut }: GroupProps) {
  const { t } = useTranslation("ui");
  const other = group.match === "all" ? "any" : "all";
  const flip = () => onPut(path, { ...group, match: other });
  return (
    <>
      {group.of.map((node, index) => {
        const here = [...path, index];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no name but its place
          <span key={index} className={classes.member}>
            {index > 0 && (
              <UnstyledButton className={classes.joiner} onClick={flip} title={t(`filter.make.${other}`)}>
                {t(`filter.join.${group.match}`)}
              </UnstyledButton>
            )}
            {isGroup(node) ? (
              <span className={classes.group} role="group" aria-label={t(`filter.group.${node.match}`)}>
                {canNegate && (
                  <UnstyledButton
                    className={classes.not}
                    aria-pressed={node.not === true}
                    onClick={() => onPut(here, { match: node.match, of: node.of, ...(node.not === true ? {} : { not: true }) })}
                  >
                    {t("filter.not")}
                  </UnstyledButton>
                )}
                <Group group={node} path={here} fields={fields} canNegate={canNegate} onPut={onPut} />
              </span>
            ) : (
              <Chip
                condition={node}
                fields={fields}
                onChange={(next) => onPut(here, next)}
                onGroup={path.length === 0 && group.of.length > 1 ? () => onPut(here, { match: other, of: [node] }) : undefined}
              />
            )}
          </span>
        );
      })}
      <Adder
        fields={fields}
        first={path.length === 0 && group.of.length === 0}
        onAdd={(condition) => onPut([...path, group.of.length], condition)}
      />
    </>
  );
}

interface ChipProps {
  condition: Condition;
  fields: readonly FilterField[];
  onChange: (condition: Condition | null) => void;
  /** Opens a bracket around this condition, to which others can be added. */
  onGroup?: (() => void) | undefined;
}

function Chip({ condition, fields, onChange, onGroup }: ChipProps) {
  const { t } = useTranslation("ui");
  const [opened, setOpened] = useState(false);
  const words = useFilterWords(fields)(condition);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={300} trapFocus withRoles={false}>
      <Popover.Target>
        <span className={classes.chip}>
          <UnstyledButton className={classes.words} onClick={() => setOpened(!opened)} aria-haspopup="dialog" aria-expanded={opened}>
            {words}
          </UnstyledButton>
          <ActionIcon
            variant="transparent"
            color="gray"
            size={24}
            aria-label={t("filter.remove", { condition: words })}
            onClick={() => onChange(null)}
          >
            <XIcon size={12} />
          </ActionIcon>
        </span>
      </Popover.Target>
      <Popover.Dropdown>
        <ConditionEditor
          fields={fields}
          condition={condition}
          onDone={(next) => {
            setOpened(false);
            onChange(next);
          }}
          onGroup={onGroup}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function Adder({ fields, first, onAdd }: { fields: readonly FilterField[]; first: boolean; onAdd: (condition: Condition) => void }) {
  const { t } = useTranslation("ui");
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={300} trapFocus>
      <Popover.Target>
        {first ? (
          <Button size="xs" variant="default" leftSection={<FilterIcon size={14} />} onClick={() => setOpened(!opened)}>
            {t("filter.add")}
          </Button>
        ) : (
          <ActionIcon variant="subtle" size="sm" aria-label={t("filter.add")} onClick={() => setOpened(!opened)}>
            <PlusIcon size={14} />
          </ActionIcon>
        )}
      </Popover.Target>
      <Popover.Dropdown>
        <ConditionEditor
          fields={fields}
          condition={null}
          onDone={(condition) => {
            setOpened(false);
            onAdd(condition);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
