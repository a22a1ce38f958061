import { Select, Switch } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ActionSettings, changeAction, readOfferResults, readOffers } from "../../../server/intelligence/offers/contract.ts";
import { listSegments } from "../../../server/intelligence/segments/contract.ts";
import { DecimalField, MoneyField } from "../../ui/number-field.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import type { Offers } from "../answers.ts";
import { percentOf, shareOf } from "./percent.ts";
import { ReasonedForm } from "./reasoned-form.tsx";

type Draft = Record<Exclude<keyof ActionSettings, "segmentId">, number | boolean | null> & Pick<ActionSettings, "segmentId">;

interface ActionFormProps {
  action: Offers["actions"][number];
  currency: string;
  /** What segments are called, for who sees them. */
  segments: Offers["segments"];
  onDone: () => void;
}

const moneyFields = [
  ["gainMinor", "gain"],
  ["costMinor", "cost"],
  ["lossMinor", "loss"],
] as const;

/** Percent are typed where shares are kept. */
const shareFields = [
  ["gainShare", "gainShare"],
  ["baseRate", "base"],
] as const;

/** The settings of one action. A field that cannot be read keeps the form from being saved. */
export function ActionForm({ action, currency, segments, onDone }: ActionFormProps) {
  const { t } = useTranslation("offers");
  const { active, lever, baseRate, gainMinor, gainShare, costMinor, lossMinor, defaultMax, ageMin, ageMax, segmentId } = action;
  const [draft, setDraft] = useState<Draft>({
    ...{ active, lever, baseRate, gainMinor, gainShare, costMinor, lossMinor, defaultMax, ageMin, ageMax, segmentId },
  });
  const change = useAction(changeAction, { refreshes: [readOffers, readOfferResults], onDone });
  const set = (key: keyof Draft, value: number | null) => setDraft((before) => ({ ...before, [key]: value }));
  const needed = ["lever", "baseRate", "gainMinor", "gainShare", "costMinor", "lossMinor"] as const;
  const ready = needed.every((key) => draft[key] !== null) && Number(draft.lever) >= 0.5 && Number(draft.lever) <= 2;
  return (
    <ReasonedForm
      ready={ready}
      busy={change.isPending}
      error={change.error}
      onCancel={onDone}
      onSave={(reason) =>
        change.mutate({
          params: { actionId: action.actionId },
          body: { version: action.version, settings: draft as unknown as ActionSettings, reason },
        })
      }
    >
      <Switch
        label={t("page.active")}
        checked={draft.active === true}
        onChange={(event) => {
          const { checked } = event.currentTarget;
          setDraft((before) => ({ ...before, active: checked }));
        }}
      />
      {action.kind !== "duty" && (
        <SegmentField
          segmentId={draft.segmentId}
          known={segments}
          onSegment={(id) => setDraft((before) => ({ ...before, segmentId: id }))}
        />
      )}
      <DecimalField
        label={`${t("page.lever")} · ${t("page.leverNote")}`}
        value={textOf(draft.lever)}
        places={2}
        onValue={(value) => set("lever", numberOf(value))}
      />
      {moneyFields.map(([key, word]) => (
        <MoneyField
          key={key}
          label={t(`page.${word}`)}
          minor={textOf(draft[key])}
          currency={currency}
          onMinor={(minor) => set(key, numberOf(minor))}
        />
      ))}
      {shareFields.map(([key, word]) => (
        <DecimalField
          key={key}
          label={t(`page.${word}`)}
          value={percentOf(draft[key])}
          places={3}
          suffix="%"
          onValue={(value) => set(key, shareOf(value))}
        />
      ))}
      <DecimalField
        label={t("page.defaultMax")}
        value={percentOf(draft.defaultMax)}
        places={3}
        suffix="%"
        onValue={(value) => set("defaultMax", shareOf(value))}
      />
      {(["ageMin", "ageMax"] as const).map((key) => (
        <DecimalField key={key} label={t(`page.${key}`)} value={textOf(draft[key])} whole onValue={(value) => set(key, numberOf(value))} />
      ))}
    </ReasonedForm>
  );
}

interface SegmentFieldProps {
  segmentId: string | null;
  known: Offers["segments"];
  onSegment: (segmentId: string | null) => void;
}

/** For whom alone the action is: the segments that are shared, and the one it is for now, whoever may see it. */
function SegmentField({ segmentId, known, onSegment }: SegmentFieldProps) {
  const { t } = useTranslation("offers");
  const answer = useEndpoint(listSegments, {});
  const shared = (answer.data?.segments ?? [])
    .filter((segment) => segment.shared)
    .map((segment) => ({ value: segment.segmentId, label: segment.name }));
  const isListed = segmentId === null || shared.some(({ value }) => value === segmentId);
  const name = known.find((segment) => segment.segmentId === segmentId)?.name ?? t("page.segmentUnseen");
  return (
    <Select
      label={t("page.segmentId")}
      description={t("page.segmentNote")}
      placeholder={t("page.segmentAll")}
      data={isListed ? shared : [{ value: segmentId, label: name }, ...shared]}
      value={segmentId}
      onChange={onSegment}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t("page.segmentAll") }}
      nothingFoundMessage={t("page.segmentNone")}
    />
  );
}

const textOf = (value: number | boolean | null): string => (value === null ? "" : String(value));
const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));
