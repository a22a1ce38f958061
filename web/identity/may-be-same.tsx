import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { findDuplicates } from "../../server/customers/identity/contract.ts";
import { type AnswerOf, type CallInput, call } from "../ui/api.ts";
import { AppLink } from "../ui/app-link.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { useFormat } from "../ui/preferences.tsx";
import { keyOf } from "../ui/query.ts";
import classes from "./may-be-same.module.css";
import { SideLine } from "./side-line.tsx";
import { SurenessBar } from "./sureness.tsx";
import { useIdentityWords } from "./words.ts";

export type TypedRecord = CallInput<typeof findDuplicates>["body"];
type Candidate = AnswerOf<typeof findDuplicates>["candidates"][number];

const settleMs = 250;
const NAME_LETTERS_MIN = 3;

/** Whether enough is typed to ask: a name worth the name, or anything that belongs to one person. */
function isEnough({ fullName = "", phones = [], emails = [], identifiers = [] }: TypedRecord): boolean {
  return fullName.trim().length >= NAME_LETTERS_MIN || phones.length + emails.length + identifiers.length > 0;
}

/** Customers who may be the one being typed, in any script, the surest first, with reasons. Asks again as the record grows. */
export function MayBeSame({ record }: { record: TypedRecord }) {
  const { t } = useTranslation("identity");
  const [settled] = useDebouncedValue(JSON.stringify(record), settleMs);
  const typed = JSON.parse(settled) as TypedRecord;
  const enough = isEnough(typed);
  const answer = useQuery({
    queryKey: [...keyOf(findDuplicates), settled],
    queryFn: ({ signal }) => call(findDuplicates, { body: typed }, signal),
    enabled: enough,
    placeholderData: keepPreviousData,
  });
  const candidates = enough ? (answer.data?.candidates ?? null) : [];
  return (
    <section className={classes.found} aria-label={t("known.found")} aria-live="polite" aria-busy={answer.isFetching || undefined}>
      <ErrorNote error={answer.error} />
      {!enough ? (
        <p className={classes.note}>{t("known.typeMore")}</p>
      ) : candidates === null ? null : candidates.length === 0 ? (
        <p className={classes.note}>{t("known.nobody")}</p>
      ) : (
        <>
          <p className={classes.heading}>{t("known.some", { n: candidates.length })}</p>
          <ul className={classes.list}>
            {candidates.map((candidate) => (
              <CandidateRow key={candidate.side.partyId} candidate={candidate} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function CandidateRow({ candidate: { side, probability, reasons } }: { candidate: Candidate }) {
  const { t } = useTranslation("identity");
  const format = useFormat();
  const words = useIdentityWords();
  const said = reasons.map(({ column, level }) => t("known.reason", { column: words.column(column), level: words.level(column, level) }));
  return (
    <li className={classes.candidate}>
      <AppLink to="/customers/$customerId" params={{ customerId: side.customerId } as never} className={classes.link}>
        <SideLine side={side} />
      </AppLink>
      <SurenessBar probability={probability} />
      <p className={classes.note}>
        <bdi dir="ltr" className="num">
          {format.code(side.customerNo)}
        </bdi>
        {said.length > 0 && ` · ${said.join(" · ")}`}
      </p>
    </li>
  );
}
