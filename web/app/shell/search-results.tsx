import { useTranslation } from "react-i18next";
import type { SearchHit } from "../../ui/area-contract.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import classes from "./search.module.css";
import { isEnoughToSearch, type SearchState } from "./use-search.ts";

interface SearchResultsProps {
  listId: string;
  state: SearchState;
  text: string;
  /** Position among all hits of all groups. */
  active: number;
  onOpen: (to: string) => void;
}

export function SearchResults({ listId, state, text, active, onOpen }: SearchResultsProps) {
  const { t } = useTranslation("app");
  const recentGroups = state.recent.length > 0 ? [{ id: "recent", label: t("search.recent"), hits: state.recent }] : [];
  const groups = state.asked === "" ? recentGroups : state.groups;
  const starts = groups.map((_, index) => groups.slice(0, index).reduce((sum, group) => sum + group.hits.length, 0));
  return (
    <>
      <div id={listId} role="listbox" aria-label={t("search.results")} className={classes.list}>
        {groups.map((group, groupIndex) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options has no element of its own
          <div key={group.id} role="group" aria-label={group.label}>
            <div className={classes.label} aria-hidden="true">
              {group.label}
            </div>
            {group.hits.map((hit, index) => {
              const position = (starts[groupIndex] ?? 0) + index;
              return <Hit key={hit.id} hit={hit} id={`${listId}-${position}`} active={position === active} onOpen={onOpen} />;
            })}
          </div>
        ))}
      </div>
      {groups.length === 0 && <Nothing state={state} text={text} />}
    </>
  );
}

function Hit({ hit, id, active, onOpen }: { hit: SearchHit; id: string; active: boolean; onOpen: (to: string) => void }) {
  const format = useFormat();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the field holds the focus and the keys
    <div id={id} role="option" aria-selected={active} className={classes.hit} onClick={() => onOpen(hit.to)}>
      <span className={classes.words}>
        <span className={classes.title}>
          <bdi>{hit.title}</bdi>
        </span>
        {hit.text && (
          <span className={classes.text}>
            <bdi>{format.code(hit.text)}</bdi>
          </span>
        )}
      </span>
      {(hit.reason || hit.mark) && (
        <span className={classes.aside}>
          {hit.reason && <bdi className={classes.reason}>{format.code(hit.reason)}</bdi>}
          {hit.mark && <bdi className={classes.mark}>{hit.mark}</bdi>}
        </span>
      )}
    </div>
  );
}

function Nothing({ state, text }: { state: SearchState; text: string }) {
  const { t } = useTranslation("app");
  if (state.error) return <ErrorState error={state.error} />;
  if (!state.possible) return <EmptyState compact reason="permission" title={t("search.none")} />;
  if (!isEnoughToSearch(text)) return <p className={classes.hint}>{t("search.hint")}</p>;
  if (state.busy || state.asked === "") return <p className={classes.hint}>{t("page.loading")}</p>;
  return <EmptyState compact reason="filter" title={t("search.nothing", { text: state.asked })} text={t("search.nothingText")} />;
}
