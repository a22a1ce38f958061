import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type ConsentAct,
  type ContactPurpose,
  type contactChannels,
  type lawfulBases,
  listConsentTexts,
  type waysObtained,
} from "../../server/customers/consents/contract.ts";
import { locales } from "../ui/languages.ts";
import { useEndpoint } from "../ui/query.ts";
import { useCan } from "../ui/viewer.tsx";
import { actsFor, channelsFor, momentOf } from "./sayings.ts";

export interface Typed {
  readonly purpose: ContactPurpose | null;
  readonly act: ConsentAct | null;
  readonly channel: (typeof contactChannels)[number] | null;
  readonly partyId: string | null;
  readonly basis: (typeof lawfulBases)[number] | null;
  readonly locale: (typeof locales)[number];
  readonly obtainedBy: (typeof waysObtained)[number] | null;
  readonly day: string | null;
  readonly reference: string;
  readonly note: string;
}

/** What is typed, what can be chosen because of it, and the call it makes; `body` is null while something is missing. */
export function useSaying(first: Pick<Typed, "purpose" | "partyId">) {
  const { i18n } = useTranslation();
  const mayManage = useCan("privacy:manage");
  const texts = useEndpoint(listConsentTexts, {});
  const [typed, setTyped] = useState<Typed>({
    ...{ ...first, act: null, channel: "any", basis: null, obtainedBy: "branch", day: null, reference: "", note: "" },
    locale: locales.find((one) => one === i18n.language) ?? "en",
  });
  const { purpose, partyId, obtainedBy, day } = typed;
  const acts = actsFor(purpose, mayManage);
  const act = acts.find((one) => one === typed.act) ?? null;
  const channels = channelsFor(purpose, act);
  const channel = channels.find((one) => one === typed.channel) ?? "any";
  const agreed = act === "given" ? (texts.data?.texts.find((one) => one.purpose === purpose && one.locale === typed.locale) ?? null) : null;
  const basis = act === "basis" ? typed.basis : null;
  const complete = (act !== "basis" || basis !== null) && (act !== "given" || agreed !== null);
  const moment = momentOf(day, new Date());
  const [reference, note] = [typed.reference.trim(), typed.note.trim()];
  const body =
    purpose === null || act === null || partyId === null || obtainedBy === null || !complete
      ? null
      : {
          ...{ partyId, purpose, channel, act, obtainedBy },
          ...(basis === null ? {} : { lawfulBasis: basis }),
          ...(agreed === null ? {} : { text: { version: agreed.version, locale: agreed.locale } }),
          ...(moment === null ? {} : { happenedAt: moment }),
          ...(reference === "" ? {} : { reference }),
          ...(note === "" ? {} : { note }),
        };
  const onTyped = (change: Partial<Typed>) => setTyped((before) => ({ ...before, ...change }));
  return { typed: { ...typed, act, channel }, onTyped, acts, channels, agreed, body };
}

export type Saying = ReturnType<typeof useSaying>;
