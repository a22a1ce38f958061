import { Button, Group, SegmentedControl, Switch } from "@mantine/core";
import { PencilIcon, PlusIcon } from "@primer/octicons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { relationKinds } from "../../server/customers/relations/kinds/contract.ts";
import { CustomerName } from "../ui/customer-name.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { useFormat } from "../ui/preferences.tsx";
import { Surface } from "../ui/surface.tsx";
import { useCan } from "../ui/viewer.tsx";
import { AddRelation } from "./add-relation.tsx";
import type { Line, Node, Relations, Role } from "./answers.ts";
import { ChangeRelation } from "./change-relation.tsx";
import { RelationGraph } from "./relation-graph.tsx";
import classes from "./relations.module.css";

const views = ["list", "graph"] as const;

/** Relations as a list by kind, or as a graph; ended ones on demand. */
export function RelationsPart({ own, answer }: { own: Node; answer: Relations }) {
  const { t } = useTranslation("relations");
  const canWrite = useCan("relation:write");
  const [view, setView] = useState<(typeof views)[number]>("list");
  const [past, setPast] = useState(false);
  const [adding, setAdding] = useState(false);
  const [changing, setChanging] = useState<Line | null>(null);
  const ended = answer.relations.some(({ inForce }) => !inForce);
  const lines = answer.relations.filter(({ inForce }) => past || inForce);
  const nothing = lines.length === 0 && answer.roles.length === 0;
  return (
    <Surface
      title={t("title")}
      aside={
        <Group gap="xs">
          {answer.edges.length > 0 && (
            <SegmentedControl
              size="xs"
              aria-label={t("view.label")}
              data={views.map((value) => ({ value, label: t(`view.${value}`) }))}
              value={view}
              onChange={setView}
            />
          )}
          {canWrite && (
            <Button size="xs" variant="default" leftSection={<PlusIcon size={14} />} onClick={() => setAdding(true)}>
              {t("add.open")}
            </Button>
          )}
        </Group>
      }
    >
      {nothing ? (
        <EmptyState compact reason="data" title={t("none")} text={t("noneText")} />
      ) : view === "graph" && answer.edges.length > 0 ? (
        <RelationGraph own={own} answer={answer} />
      ) : (
        <Groups lines={lines} roles={answer.roles} onChange={canWrite ? setChanging : null} />
      )}
      {ended && view === "list" && (
        <Switch mt="md" size="sm" label={t("showEnded")} checked={past} onChange={(event) => setPast(event.currentTarget.checked)} />
      )}
      <AddRelation own={own} opened={adding} onClose={() => setAdding(false)} />
      <ChangeRelation own={own} line={changing} onClose={() => setChanging(null)} />
    </Surface>
  );
}

interface GroupsProps {
  lines: readonly Line[];
  roles: readonly Role[];
  onChange: ((line: Line) => void) | null;
}

function Groups({ lines, roles, onChange }: GroupsProps) {
  const { t } = useTranslation("relations");
  const place = ({ kind }: Line) => relationKinds.indexOf(kind);
  const sorted = [...lines].sort((a, b) => place(a) - place(b) || (b.share ?? 0) - (a.share ?? 0));
  const byKind = Map.groupBy(sorted, ({ kind }) => kind);
  const byRole = Map.groupBy(roles, ({ role, side }) => `${side === "other" ? "theirs" : "own"}.${role}` as const);
  return (
    <div className={classes.groups}>
      {[...byKind].map(([kind, group]) => (
        <section key={kind}>
          <h3 className={classes.kind}>{t(`kinds.${kind}`)}</h3>
          <ul className={classes.lines}>
            {group.map((line) => (
              <OneLine key={line.relationId} line={line} onChange={onChange} />
            ))}
          </ul>
        </section>
      ))}
      {[...byRole].map(([role, group]) => (
        <section key={role}>
          <h3 className={classes.kind}>{t(`roles.${role}`)}</h3>
          <ul className={classes.lines}>
            {group.map((line) => (
              <RoleEntry key={`${line.holdingId} ${line.other.customerId}`} line={line} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function OneLine({ line, onChange }: { line: Line; onChange: GroupsProps["onChange"] }) {
  const { t } = useTranslation("relations");
  const format = useFormat();
  const dates =
    line.toOn !== null && line.fromOn !== null
      ? t("dates.both", { from: format.date(line.fromOn), to: format.date(line.toOn) })
      : line.toOn !== null
        ? t("dates.until", { to: format.date(line.toOn) })
        : line.fromOn !== null
          ? t("dates.since", { from: format.date(line.fromOn) })
          : null;
  const origin = line.sources.length > 0 ? format.list(line.sources) : t("enteredBy", { name: line.enteredByName ?? "" });
  return (
    <li data-ended={line.inForce ? undefined : true}>
      <CustomerName customer={line.other} tab="relations" />
      <span className={classes.facts}>
        {line.share !== null && <strong className="num">{format.percent(line.share, 2)}</strong>}
        {dates !== null && <span className="num">{dates}</span>}
        <bdi className={classes.note}>{origin}</bdi>
      </span>
      {line.sources.length === 0 && onChange !== null && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<PencilIcon size={14} />}
          onClick={() => onChange(line)}
          aria-label={t("change.of", { name: line.other.fullName })}
        >
          {t("change.open")}
        </Button>
      )}
    </li>
  );
}

function RoleEntry({ line }: { line: Role }) {
  const { t } = useTranslation("relations");
  const format = useFormat();
  return (
    <li>
      <CustomerName customer={line.other} tab="relations" />
      <span className={classes.facts}>
        <span>{t(`holdingKinds.${line.holdingKind}`)}</span>
        {line.holdingNumber !== null && (
          <bdi dir="ltr" className={`num ${classes.note}`}>
            {format.code(line.holdingNumber)}
          </bdi>
        )}
      </span>
    </li>
  );
}
