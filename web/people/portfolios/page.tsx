import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { SearchIcon } from "@primer/octicons-react";
import { type FormEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { changePortfolio, createPortfolio, listPortfolios } from "../../../server/governance/organisation/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { Bidi } from "../../ui/bidi.tsx";
import { useChineseNames } from "../../ui/chinese-faces.ts";
import type { Column } from "../../ui/data-table/column.ts";
import { DataTable } from "../../ui/data-table/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FillPage } from "../../ui/fill-page.tsx";
import { notify } from "../../ui/notify.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useAction, usePages } from "../../ui/query.ts";
import { SidePanel } from "../../ui/side-panel.tsx";
import { ColleagueSelect } from "../colleague-select.tsx";
import { Refusal } from "../refusal.tsx";
import { UnitSelect } from "../unit-select.tsx";

type Portfolio = AnswerOf<typeof listPortfolios>["portfolios"][number];

/** Who looks after which portfolio; a row opens it to be given to somebody else. */
export function PortfoliosPage() {
  useChineseNames(); // colleagues are named in their own scripts
  const { t } = useTranslation("people");
  const [text, setText] = useState("");
  const [wanted] = useDebouncedValue(text.trim(), 250);
  const [edited, setEdited] = useState<Portfolio | "new" | null>(null);
  const query = wanted === "" ? {} : { text: wanted };
  const pages = usePages(listPortfolios, { query }, ({ next }) => (next === null ? null : { after: next }), { keepPrevious: true });
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.portfolios) ?? [], [pages.data]);
  const close = () => setEdited(null);
  return (
    <FillPage>
      <PageHeader
        title={t("portfolios.title")}
        note={t("portfolios.note")}
        actions={<Button onClick={() => setEdited("new")}>{t("portfolios.add")}</Button>}
      />
      <DataTable<Portfolio>
        name="portfolios"
        label={t("portfolios.title")}
        columns={useColumns()}
        rows={rows}
        rowKey={(row) => row.portfolioId}
        onOpen={setEdited}
        loading={pages.isPending}
        error={pages.error}
        onRetry={() => void pages.refetch()}
        hasMore={pages.hasNextPage}
        onMore={() => void pages.fetchNextPage()}
        loadingMore={pages.isFetchingNextPage}
        tools={
          <TextInput
            aria-label={t("portfolios.find")}
            placeholder={t("portfolios.find")}
            leftSection={<SearchIcon size={14} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        }
        empty={<EmptyState reason={wanted === "" ? "data" : "filter"} title={t("portfolios.none")} />}
      />
      <SidePanel opened={edited !== null} onClose={close} title={edited === "new" ? t("portfolios.add") : (edited?.name ?? "")}>
        {edited !== null && <PortfolioForm portfolio={edited === "new" ? null : edited} onClose={close} />}
      </SidePanel>
    </FillPage>
  );
}

function useColumns(): Column<Portfolio>[] {
  const { t } = useTranslation("people");
  return useMemo(
    () => [
      { id: "name", header: t("portfolios.name"), width: 260, card: "title", cell: (row) => <Bidi>{row.name}</Bidi> },
      { id: "code", header: t("portfolios.code"), width: 180, cell: (row) => <Bidi>{row.code}</Bidi> },
      { id: "unit", header: t("portfolios.unit"), width: 220, cell: (row) => <Bidi>{row.unitName}</Bidi> },
      {
        id: "owner",
        header: t("portfolios.owner"),
        width: 240,
        cell: (row) => (row.ownerName === null ? null : <Bidi>{row.ownerName}</Bidi>),
      },
    ],
    [t],
  );
}

function PortfolioForm({ portfolio, onClose }: { portfolio: Portfolio | null; onClose: () => void }) {
  const { t } = useTranslation("people");
  const { t: ui } = useTranslation("ui");
  const [code, setCode] = useState("");
  const [name, setName] = useState(portfolio?.name ?? "");
  const [unitId, setUnitId] = useState<string | null>(portfolio?.unitId ?? null);
  const [ownerUserId, setOwner] = useState<string | null>(portfolio?.ownerUserId ?? null);
  const options = {
    refreshes: [listPortfolios],
    onDone: () => {
      onClose();
      void notify({ tone: "good", message: t("saved") });
    },
  };
  const make = useAction(createPortfolio, options);
  const change = useAction(changePortfolio, options);
  const known =
    portfolio?.ownerUserId && portfolio.ownerName ? { userId: portfolio.ownerUserId, displayName: portfolio.ownerName } : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (unitId === null) return;
    if (portfolio === null) make.mutate({ body: { code, name, unitId, ownerUserId } });
    else change.mutate({ params: { portfolioId: portfolio.portfolioId }, body: { version: portfolio.version, name, unitId, ownerUserId } });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {portfolio === null && (
          <TextInput label={t("portfolios.code")} value={code} dir="ltr" onChange={(event) => setCode(event.currentTarget.value)} />
        )}
        <TextInput label={t("portfolios.name")} value={name} dir="auto" onChange={(event) => setName(event.currentTarget.value)} />
        <UnitSelect label={t("portfolios.unit")} value={unitId} onValue={setUnitId} />
        <ColleagueSelect label={t("portfolios.owner")} value={ownerUserId} onValue={setOwner} known={known} clearable />
        <Refusal error={make.error ?? change.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {ui("dialog.cancel")}
          </Button>
          <Button
            type="submit"
            loading={make.isPending || change.isPending}
            disabled={name.trim() === "" || unitId === null || (portfolio === null && code.trim() === "")}
          >
            {t("save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
