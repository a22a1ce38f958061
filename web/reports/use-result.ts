import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { runReport } from "../../server/intelligence/reports/contract.ts";
import { call } from "../ui/api.ts";
import type { Definition, Result } from "./answers.ts";

/** The figures of a definition; while another one is asked for the last stay. */
export function useResult(definition: Definition) {
  return useQuery<Result, Error>({
    queryKey: [runReport.name, definition],
    queryFn: ({ signal }) => call(runReport, { body: { definition } } as never, signal),
    placeholderData: keepPreviousData,
  });
}
