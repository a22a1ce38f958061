import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { SearchIcon } from "@primer/octicons-react";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { listColleagues, listUnits } from "../../../server/governance/organisation/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { Bidi } from "../../ui/bidi.tsx";
import { useChineseNames } from "../../ui/chinese-faces.ts";
import type { Column } from "../../ui/data-table/column.ts";
import { DataTable } from "../../ui/data-table/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FillPage } from "../../ui/fill-page.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useEndpoint, usePages } from "../../ui/query.ts";
import { SidePanel } from "../../ui/side-panel.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { useCan } from "../../ui/viewer.tsx";
import classes from "./organisation.module.css";
import { PersonForm } from "./person-form.tsx";
import { UnitTree } from "./tree.tsx";
import { UnitForm } from "./unit-panel.tsx";
import { type Unit, unitName } from "./unit-tree.ts";

type Colleague = AnswerOf<typeof listColleagues>["people"][number];

const asText = (raw: unknown): string => (typeof raw === "string" ? raw : "");

/** The bank as a tree, and the people of the unit chosen in it. */
export function OrganisationPage() {
  useChineseNames(); // colleagues are named in their own scripts
  const { t } = useTranslation("governance");
  const navigate = useNavigate();
  const mayOpen = useCan("user:manage");
  const [unitId, setUnitId] = useUrlState("unit", asText);
  const [text, setText] = useUrlState("text", asText);
  const [wanted] = useDebouncedValue(text.trim(), 250);
  const units = useEndpoint(listUnits, {});
  const query = { ...(unitId === "" ? {} : { unitId }), ...(wanted === "" ? {} : { text: wanted }) };
  const people = usePages(listColleagues, { query }, ({ next }) => (next === null ? null : { after: next }), { keepPrevious: true });
  const rows = useMemo(() => people.data?.pages.flatMap((page) => page.people) ?? [], [people.data]);
  return (
    <FillPage>
      <PageHeader
        title={t("organisation.title")}
        note={t("organisation.note")}
        actions={<Changes units={units.data?.units ?? []} chosen={unitId} />}
      />
      <div className={classes.columns}>
        <UnitTree
          units={units.data?.units ?? []}
          error={units.error}
          chosen={unitId}
          onChoose={(id) => setUnitId(id === "" ? undefined : id)}
        />
        <DataTable<Colleague>
          name="colleagues"
          label={t("organisation.people")}
          columns={useColumns()}
          rows={rows}
          rowKey={(row) => row.userId}
          {...(mayOpen
            ? { onOpen: (row: Colleague) => void navigate({ to: "/people/$userId", params: { userId: row.userId } } as never) }
            : {})}
          loading={people.isPending}
          error={people.error}
          onRetry={() => void people.refetch()}
          hasMore={people.hasNextPage}
          onMore={() => void people.fetchNextPage()}
          loadingMore={people.isFetchingNextPage}
          tools={
            <TextInput
              aria-label={t("organisation.find")}
              placeholder={t("organisation.find")}
              leftSection={<SearchIcon size={14} />}
              value={text}
              onChange={(event) => setText(event.currentTarget.value === "" ? undefined : event.currentTarget.value, { replace: true })}
            />
          }
          empty={
            <EmptyState reason={wanted === "" ? "data" : "filter"} title={t("organisation.nobody")} text={t("organisation.nobodyText")} />
          }
        />
      </div>
    </FillPage>
  );
}

/** What an administrator may do here: units and colleagues. */
function Changes({ units, chosen }: { units: readonly Unit[]; chosen: string }) {
  const { t, i18n } = useTranslation("governance");
  const mayChange = useCan("organisation:manage");
  const mayAdd = useCan("user:manage");
  const [open, setOpen] = useState<"new" | "change" | "person" | null>(null);
  const close = () => setOpen(null);
  const unit = units.find(({ unitId }) => unitId === chosen) ?? units.find(({ kind }) => kind === "bank");
  if (unit === undefined) return null;
  const name = unitName(unit, i18n.language);
  const titles = { new: t("unit.addBelow", { name }), change: t("unit.change", { name }), person: t("newPerson.add") };
  return (
    <>
      {mayChange && (
        <Button variant="default" onClick={() => setOpen("change")}>
          {t("unit.edit")}
        </Button>
      )}
      {mayChange && (
        <Button variant="default" onClick={() => setOpen("new")}>
          {t("unit.add")}
        </Button>
      )}
      {mayAdd && <Button onClick={() => setOpen("person")}>{t("newPerson.add")}</Button>}
      <SidePanel opened={open !== null} onClose={close} title={open === null ? "" : titles[open]}>
        {(open === "new" || open === "change") && (
          <UnitForm units={units} unit={open === "change" ? unit : null} parentId={unit.unitId} onClose={close} />
        )}
        {open === "person" && <PersonForm units={units} unitId={unit.unitId} onClose={close} />}
      </SidePanel>
    </>
  );
}

function useColumns(): Column<Colleague>[] {
  const { t } = useTranslation("governance");
  return useMemo(
    () => [
      { id: "name", header: t("organisation.name"), width: 240, card: "title", cell: (row) => <Bidi>{row.displayName}</Bidi> },
      {
        id: "roles",
        header: t("organisation.roles"),
        width: 280,
        cell: (row) =>
          row.roles
            .map((role) =>
              t("organisation.roleAt", {
                role: t(`app:roles.${role.roleId}`, { defaultValue: role.roleName ?? role.roleId }),
                unit: role.unitName,
              }),
            )
            .join("; "),
      },
      { id: "unit", header: t("organisation.unit"), width: 200, cell: (row) => <Bidi>{row.homeUnitName}</Bidi> },
      {
        id: "portfolios",
        header: t("organisation.portfolios"),
        width: 200,
        cell: (row) => (row.portfolios.length > 0 ? <Bidi>{row.portfolios.map((portfolio) => portfolio.name).join(", ")}</Bidi> : null),
      },
      { id: "login", header: t("organisation.login"), width: 180, cell: (row) => <Bidi>{row.login}</Bidi> },
      {
        id: "state",
        header: t("organisation.state"),
        width: 110,
        cell: (row) => t(row.active ? "organisation.active" : "organisation.closed"),
      },
    ],
    [t],
  );
}
