import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { SearchGroup, SearchHit } from "../../ui/area-contract.ts";
import { toLatinDigits } from "../../ui/digits.ts";
import { i18n, loadMessages } from "../../ui/i18n.ts";
import { useViewer } from "../../ui/viewer.tsx";
import { areas } from "../areas.ts";

const pauseMs = 120;
const lettersMin = 2;

/** One Chinese character is a family name; of an alphabet it takes two letters to say anything. */
export function isEnoughToSearch(text: string): boolean {
  return [...text.trim()].length >= lettersMin || /\p{Script=Han}/u.test(text);
}

export interface SearchState {
  readonly possible: boolean;
  readonly groups: readonly { readonly id: string; readonly label: string; readonly hits: readonly SearchHit[] }[];
  readonly hits: readonly SearchHit[];
  readonly recent: readonly SearchHit[];
  readonly busy: boolean;
  readonly error: unknown;
  /** The text these results are for. */
  readonly asked: string;
  /** All that is to be found for the text as it stands now is here, or will not come. */
  readonly settled: boolean;
}

/** Asks every area that can be searched, while one types; digits of any script find the same number. */
export function useSearch(text: string, opened: boolean): SearchState {
  const { permissions } = useViewer();
  const sources = useMemo(() => areas.filter((area) => area.search && permissions.has(area.search.permission)), [permissions]);
  const [settled] = useDebouncedValue(text, pauseMs);
  const asked = toLatinDigits(settled).trim();
  const enough = isEnoughToSearch(asked);
  const found = useQuery({
    queryKey: ["search", asked],
    enabled: opened && enough && sources.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<SearchGroup[]> => {
      const answers = await Promise.all(
        sources.map(async (area) => [await area.search?.find(asked, signal), await loadMessages(area.namespace)] as const),
      );
      return answers.flatMap(([groups]) => groups ?? []).filter((group) => group.hits.length > 0);
    },
  });
  const recent = useQuery({
    queryKey: ["search-recent"],
    enabled: opened && sources.length > 0,
    staleTime: 0,
    queryFn: async ({ signal }): Promise<SearchHit[]> =>
      (await Promise.all(sources.map(async (area) => (await area.search?.recent?.(signal)) ?? []))).flat(),
  });
  const groups = useMemo(
    () => (enough ? (found.data ?? []).map((group) => ({ ...group, label: i18n.t(group.label) })) : []),
    [enough, found.data],
  );
  const hits = useMemo(() => groups.flatMap((group) => group.hits), [groups]);
  return {
    possible: sources.length > 0,
    groups,
    hits,
    recent: recent.data ?? [],
    busy: found.isFetching,
    error: enough ? found.error : null,
    asked: enough ? asked : "",
    settled: settled === text && !found.isFetching && !found.isPlaceholderData,
  };
}
