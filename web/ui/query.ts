import {
  type InfiniteData,
  keepPreviousData,
  QueryClient,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { type AnswerOf, type AnyEndpoint, type CallInput, call } from "./api.ts";
import { ApiProblem } from "./problem.ts";
import { withProof } from "./step-up.ts";

/** Failures that a second try may mend; all others would only be repeated. */
const worthRetrying = new Set(["offline", "unavailable"]);

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && error instanceof ApiProblem && worthRetrying.has(error.code),
        refetchOnWindowFocus: false,
      },
      mutations: { retry: false },
    },
  });
}

export function keyOf(endpoint: AnyEndpoint, input?: { params?: unknown; query?: unknown }): readonly unknown[] {
  return input === undefined ? [endpoint.name] : [endpoint.name, input.params ?? null, input.query ?? null];
}

interface ReadOptions {
  readonly enabled?: boolean;
  /** Keep showing the last answer while a changed question is on its way, so that nothing jumps. */
  readonly keepPrevious?: boolean;
  readonly refetchEveryMs?: number;
  readonly staleMs?: number;
}

/** Reads an endpoint: cached by its name, parameters and query. */
export function useEndpoint<E extends AnyEndpoint>(
  endpoint: E,
  input: CallInput<E>,
  options: ReadOptions = {},
): UseQueryResult<AnswerOf<E>, Error> {
  return useQuery<AnswerOf<E>, Error>({
    queryKey: keyOf(endpoint, input),
    queryFn: ({ signal }) => call(endpoint, input, signal),
    enabled: options.enabled ?? true,
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...(options.refetchEveryMs === undefined ? {} : { refetchInterval: options.refetchEveryMs }),
    ...(options.staleMs === undefined ? {} : { staleTime: options.staleMs }),
  });
}

/**
 * Reads a list page by page. `nextOf` answers what the query must add for the next page (a keyset cursor), or null at the end.
 * The rows of all pages so far are `data.pages`.
 */
export function usePages<E extends AnyEndpoint>(
  endpoint: E,
  input: CallInput<E>,
  nextOf: (page: AnswerOf<E>) => Record<string, unknown> | null,
  options: ReadOptions = {},
): UseInfiniteQueryResult<InfiniteData<AnswerOf<E>>, Error> {
  return useInfiniteQuery({
    queryKey: [...keyOf(endpoint, input), "pages"],
    initialPageParam: {} as Record<string, unknown>,
    queryFn: ({ pageParam, signal }) => {
      const query = { ...((input as { query?: object }).query ?? {}), ...pageParam };
      return call(endpoint, { ...input, query } as CallInput<E>, signal);
    },
    getNextPageParam: (page) => nextOf(page) ?? undefined,
    enabled: options.enabled ?? true,
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}

interface ActionOptions<E> {
  /** Endpoints whose answers the act makes stale. */
  readonly refreshes?: readonly AnyEndpoint[];
  readonly onDone?: (answer: AnswerOf<E>) => void;
}

/** Does something through an endpoint; asks for a proof first where the server wants one. */
export function useAction<E extends AnyEndpoint>(
  endpoint: E,
  options: ActionOptions<E> = {},
): UseMutationResult<AnswerOf<E>, Error, CallInput<E>> {
  const client = useQueryClient();
  return useMutation<AnswerOf<E>, Error, CallInput<E>>({
    mutationKey: [endpoint.name],
    mutationFn: (input) => withProof(() => call(endpoint, input)),
    onSuccess: async (answer) => {
      options.onDone?.(answer);
      await Promise.all((options.refreshes ?? []).map((stale) => client.invalidateQueries({ queryKey: keyOf(stale) })));
    },
  });
}
