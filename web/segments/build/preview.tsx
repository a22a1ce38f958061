import { Skeleton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { previewSegment } from "../../../server/intelligence/segments/contract.ts";
import { type AnswerOf, call } from "../../ui/api.ts";
import type { FactInfo, FactWords } from "../../ui/customer-facts/fact-words.ts";
import { toSegmentFilter } from "../../ui/customer-facts/segment-filter.ts";
import { CustomerName } from "../../ui/customer-name.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import type { FilterGroup } from "../../ui/filter-builder/filter.ts";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import classes from "./build.module.css";
import { Makeup } from "./makeup.tsx";

const settleMs = 250;

interface PreviewProps {
  filter: FilterGroup;
  facts: readonly FactInfo[];
  words: FactWords;
}

/** How many fit, some of them and what they are like, a moment after each change. */
export function Preview({ filter, facts, words }: PreviewProps) {
  const { t } = useTranslation("segments");
  const [asked] = useDebouncedValue(filter, settleMs);
  const answer = useQuery<AnswerOf<typeof previewSegment>, Error>({
    queryKey: [previewSegment.name, asked],
    queryFn: ({ signal }) => call(previewSegment, { body: { filter: toSegmentFilter(asked) } } as never, signal),
    placeholderData: keepPreviousData,
  });
  if (answer.error && !answer.data) return <ErrorState error={answer.error} retry={() => void answer.refetch()} />;
  if (answer.data === undefined) return <Skeleton height={320} />;
  return (
    <div className={classes.preview} aria-busy={answer.isFetching}>
      <Count preview={answer.data} />
      <div className={classes.columns}>
        <Surface title={t("preview.who")}>
          <Makeup preview={answer.data} facts={facts} words={words} />
        </Surface>
        <Surface title={t("preview.sample")}>
          <Sample preview={answer.data} />
        </Surface>
      </div>
    </div>
  );
}

type PreviewAnswer = AnswerOf<typeof previewSegment>;

function Count({ preview }: { preview: PreviewAnswer }) {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const share = preview.all === 0 ? 0 : preview.count / preview.all;
  return (
    <div aria-live="polite">
      <p className={classes.count}>{t("preview.fit", { text: format.number(preview.count) })}</p>
      <p className={classes.quiet}>
        {t("preview.of", { all: format.number(preview.all), share: format.percent(share, 1) })} · {t("preview.objectors")}
      </p>
    </div>
  );
}

function Sample({ preview }: { preview: PreviewAnswer }) {
  return (
    <ul className={classes.sample}>
      {preview.sample.map((customer) => (
        <li key={customer.customerId}>
          <CustomerName customer={customer} note={customer.branchName} />
        </li>
      ))}
    </ul>
  );
}
