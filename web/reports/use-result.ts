import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { runReport } from "../../server/intelligence/reports/contract.ts";
import { call } from "../ui/api.ts";
import type { Definition, Result } from "./answers.ts";

/** Figures, and the definition they are of: read under another one they would stand under wrong names. */
type Answered = Result & { readonly of: Definition };

/** The figures of a definition; while another one is asked for the last stay. */
export function useResult(definition: Definition) {
  return useQuery<Answered, Error>({
    queryKey: [runReport.name, definition],
    queryFn: async ({ signal }) => ({ ...((await call(runReport, { body: { definition } } as never, signal)) as Result), of: definition }),
    placeholderData: keepPreviousData,
  });
}
