import { Button, SegmentedControl, Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type Answer,
  answerAction,
  listAttention,
  readNextAction,
  type SpokenChannel,
} from "../../../server/intelligence/offers/contract.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { isProblem } from "../../ui/problem.ts";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { kindTones, type Next } from "../answers.ts";
import classes from "../offers.module.css";
import { useOfferWords } from "../words.ts";
import { Others } from "./others.tsx";
import { WordsToSay } from "./words-to-say.tsx";

const answers: readonly Answer[] = ["agreed", "later", "declined"];

/** What to do next with the customer and why, the words for it, and the answer; everything else one click behind. */
export function NextPart({ id }: { id: string }) {
  const { t } = useTranslation("offers");
  const { data, error } = useEndpoint(readNextAction, { params: { customerId: id } });
  if (error) return <ErrorNote error={error} />;
  if (data === undefined) return <Skeleton height={210} radius="md" />;
  return (
    <Surface
      title={t("next.title")}
      aside={data.proposed && <StateMark tone={kindTones[data.proposed.kind]}>{t(`kinds.${data.proposed.kind}`)}</StateMark>}
    >
      <Proposed next={data} customerId={id} />
      <Others next={data} customerId={id} />
    </Surface>
  );
}

function Proposed({ next, customerId }: { next: Next; customerId: string }) {
  const { t } = useTranslation("offers");
  const format = useFormat();
  const words = useOfferWords(next.currency);
  const { proposed, decision } = next;
  if (proposed === null)
    return (
      <div>
        <p className={classes.what}>{t(decision === null ? "next.undecided" : "next.none")}</p>
        <p className={classes.quiet}>{t(decision !== null ? "next.noneText" : next.isProfiled ? "next.undecidedText" : "next.objects")}</p>
      </div>
    );
  const isDrawn = decision?.explored === true && proposed.kind !== "duty";
  return (
    <div className={classes.next}>
      <div>
        <p className={classes.what}>{words.action(proposed.actionId)}</p>
        {proposed.reason !== null && <p className={classes.why}>{words.reason(proposed.reason)}</p>}
        <p className={classes.quiet}>
          {t("next.by", { channels: format.list(next.channels.map((channel) => t(`next.channel.${channel}`))) })}
          {isDrawn && <> · {t("next.drawn")}</>}
          {!next.isProfiled && <> · {t("next.objects")}</>}
        </p>
      </div>
      <WordsToSay key={proposed.actionId} proposed={proposed} language={next.language} currency={next.currency} />
      {next.canAnswer && decision !== null && (
        <AnswerButtons
          key={proposed.actionId}
          of={{ customerId, decisionId: decision.decisionId, actionId: proposed.actionId }}
          channels={next.channels}
        />
      )}
    </div>
  );
}

interface AnswerButtonsProps {
  of: { customerId: string; decisionId: string; actionId: string };
  /** By which the customer may be spoken to of it. */
  channels: readonly SpokenChannel[];
}

function AnswerButtons({ of: { customerId, decisionId, actionId }, channels }: AnswerButtonsProps) {
  const { t } = useTranslation("offers");
  const answer = useAction(answerAction, { refreshes: [readNextAction, listAttention] });
  const [chosen, setChosen] = useState<SpokenChannel | null>(null);
  const channel = chosen ?? channels[0] ?? "in_person";
  const reason = isProblem(answer.error, "invalid_state") ? String(answer.error.detail.reason ?? "") : "";
  return (
    <>
      {channels.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label={t("next.channelOf")}
          data={channels.map((value) => ({ value, label: t(`next.channel.${value}`) }))}
          value={channel}
          onChange={(value) => setChosen(value as SpokenChannel)}
        />
      )}
      <div className={classes.answers}>
        {answers.map((given) => (
          <Button
            key={given}
            variant={given === "agreed" ? "filled" : "default"}
            loading={answer.isPending && answer.variables?.body.answer === given}
            disabled={answer.isPending}
            onClick={() => answer.mutate({ params: { customerId }, body: { decisionId, actionId, answer: given, channel } })}
          >
            {t(`next.${given}`)}
          </Button>
        ))}
      </div>
      {reason === "" ? <ErrorNote error={answer.error} /> : <p className={classes.bad}>{t(`next.problems.${reason}`)}</p>}
    </>
  );
}
