import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { checkMapping, type DeliveryRequest, previewMapping } from "../../../server/customers/intake/contract.ts";
import { type AnswerOf, call } from "../../ui/api.ts";

export type Problem = AnswerOf<typeof checkMapping>["problems"][number];
export type PreviewFile = AnswerOf<typeof previewMapping>["files"][number];

const typingPauseMs = 400;
const previewRows = 8;

/** What is wrong with the text, asked as one types. `settled`: the answer is about this very text. */
export function useCheck(text: string) {
  const [asked] = useDebouncedValue(text, typingPauseMs);
  const check = useQuery({
    queryKey: [checkMapping.name, asked],
    queryFn: ({ signal }) => call(checkMapping, { body: { text: asked } }, signal),
    enabled: asked.trim() !== "",
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const settled = asked === text && !check.isPlaceholderData && check.isSuccess;
  return { problems: check.data?.problems ?? [], settled, error: check.error };
}

/** The first rows of the files through the mapping; asked only for a text without faults. */
export function usePreview(text: string, files: DeliveryRequest["files"], ready: boolean) {
  const preview = useQuery({
    queryKey: [previewMapping.name, text, files],
    queryFn: ({ signal }) => call(previewMapping, { body: { mappingText: text, files, rows: previewRows } }, signal),
    enabled: ready && files.length > 0,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  return { files: preview.data?.files ?? [], error: preview.error, loading: preview.isFetching };
}
