import { Select, Skeleton } from "@mantine/core";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { draftMapping, listMappings, readMapping } from "../../../server/customers/intake/contract.ts";
import { call } from "../../ui/api.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { keyOf, useEndpoint } from "../../ui/query.ts";
import { isolate } from "../isolate.ts";
import { MappingEditor } from "../mapping-editor/mapping-editor.tsx";
import classes from "./new-load.module.css";
import { type RankedMapping, rankMappings } from "./rank-mappings.ts";
import type { Sniffed } from "./sniff-file.ts";
import type { Delivery } from "./use-delivery.ts";

/** The mapping in hand. `base`: the stored one it came from, or null for a suggested one. */
export interface Draft {
  readonly base: string | null;
  readonly baseText: string;
  readonly text: string;
}

interface MappingStepProps {
  delivery: Delivery;
  draft: Draft | null;
  onDraft: (draft: Draft) => void;
}

/** Reading more than the newest mappings to compare them would keep a person waiting; the others are in the list. */
const comparedMax = 30;

export function MappingStep({ delivery, draft, onDraft }: MappingStepProps) {
  const sniffed = useMemo(() => delivery.files.flatMap((file) => file.sniffed ?? []), [delivery.files]);
  const { stored, ranked, loading } = useStored(sniffed);
  const files = useMemo(
    () => delivery.files.flatMap(({ uploadId, file }) => (uploadId === null ? [] : [{ uploadId, name: file.name }])),
    [delivery.files],
  );
  const drafted = useSuggestion(files);
  const suggested = drafted.data?.text ?? null;
  useEffect(() => {
    const best = ranked[0];
    if (draft !== null || loading) return;
    if (best) onDraft({ base: best.mappingId, baseText: best.text, text: best.text });
    else if (suggested !== null) onDraft({ base: null, baseText: suggested, text: suggested });
  }, [draft, loading, ranked, suggested, onDraft]);
  const columns = useMemo(() => new Map(sniffed.map((file) => [file.name, file.columns])), [sniffed]);
  if (draft === null && drafted.error) return <ErrorNote error={drafted.error} />;
  if (draft === null) return <Skeleton height={420} radius="md" />;
  return (
    <div className={classes.stack}>
      <Choices ranked={ranked} stored={stored} draft={draft} suggested={suggested} onDraft={onDraft} />
      <MappingEditor text={draft.text} onText={(text) => onDraft({ ...draft, text })} files={files} columns={columns} />
    </div>
  );
}

/** What the server makes of the files; the same files have the same draft. */
function useSuggestion(files: readonly { readonly uploadId: string; readonly name: string }[]) {
  return useQuery({
    queryKey: [...keyOf(draftMapping), files],
    queryFn: ({ signal }) => call(draftMapping, { body: { files: [...files] } }, signal),
    enabled: files.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

function useStored(sniffed: readonly Sniffed[]) {
  const list = useEndpoint(listMappings, {});
  const stored = list.data?.mappings ?? [];
  const texts = useQueries({
    queries: stored.slice(0, comparedMax).map(({ mappingId }) => ({
      queryKey: keyOf(readMapping, { params: { mappingId } }),
      queryFn: () => call(readMapping, { params: { mappingId } }),
      staleTime: Number.POSITIVE_INFINITY,
    })),
    combine: (results) => ({ read: results.flatMap((result) => result.data ?? []), pending: results.some((result) => result.isPending) }),
  });
  const ranked = useMemo(() => rankMappings(sniffed, texts.read), [sniffed, texts.read]);
  return { stored, ranked, loading: list.isPending || texts.pending };
}

interface ChoicesProps extends Pick<MappingStepProps, "onDraft"> {
  ranked: readonly RankedMapping[];
  stored: readonly { mappingId: string; name: string; version: number }[];
  draft: Draft;
  /** null: the server has not made one, or cannot. */
  suggested: string | null;
}

function Choices({ ranked, stored, draft, suggested, onDraft }: ChoicesProps) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  const take = (base: string | null, text: string) => onDraft({ base, baseText: text, text });
  const others = stored.filter((mapping) => !ranked.some((one) => one.mappingId === mapping.mappingId));
  const versionOf = (mapping: { name: string; version: number }) =>
    t("load.mapping", { name: isolate(mapping.name), version: format.number(mapping.version) });
  return (
    <fieldset className={classes.choices}>
      <legend>{t("wizard.whichMapping")}</legend>
      {ranked.slice(0, 3).map((mapping) => (
        <label key={mapping.mappingId} className={classes.choice}>
          <input
            type="radio"
            name="mapping"
            checked={draft.base === mapping.mappingId}
            onChange={() => take(mapping.mappingId, mapping.text)}
          />
          <span>
            <strong>{versionOf(mapping)}</strong>
            <span className="num">
              {t("wizard.fits", { files: format.number(mapping.fits) })}
              {mapping.missing.length > 0 && (
                <>
                  {" · "}
                  {t("wizard.missing")} <bdi>{mapping.missing.join(", ")}</bdi>
                </>
              )}
            </span>
          </span>
        </label>
      ))}
      <label className={classes.choice}>
        <input
          type="radio"
          name="mapping"
          checked={draft.base === null}
          disabled={suggested === null}
          onChange={() => suggested !== null && take(null, suggested)}
        />
        <span>
          <strong>{t("wizard.suggested")}</strong>
          <span>{t("wizard.suggestedText")}</span>
        </span>
      </label>
      {others.length > 0 && <OtherMapping others={others.map((one) => ({ value: one.mappingId, label: versionOf(one) }))} onTake={take} />}
    </fieldset>
  );
}

interface OtherProps {
  others: readonly { value: string; label: string }[];
  onTake: (base: string, text: string) => void;
}

function OtherMapping({ others, onTake }: OtherProps) {
  const { t } = useTranslation("intake");
  const choose = async (mappingId: string | null) => {
    if (mappingId === null) return;
    const mapping = await call(readMapping, { params: { mappingId } });
    onTake(mapping.mappingId, mapping.text);
  };
  return (
    <Select
      label={t("wizard.other")}
      placeholder={t("wizard.otherHint")}
      data={others}
      searchable
      value={null}
      onChange={(value) => void choose(value)}
    />
  );
}
