import { Button, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { keepCluster, listSegments } from "../../../server/intelligence/segments/contract.ts";
import { useSegmentFields } from "../../ui/customer-facts/fields.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import { useCan } from "../../ui/viewer.tsx";
import classes from "./clusters.module.css";

interface ClusterCardProps {
  runId: string;
  place: number;
  cluster: { share: number; customers: number; traits: { key: string; z: number }[] };
}

/** One cluster, named by what sets it apart until a person names it better. */
export function ClusterCard({ runId, place, cluster }: ClusterCardProps) {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const navigate = useNavigate();
  const { facts, words } = useSegmentFields();
  const traits = cluster.traits.flatMap(({ key, z }) => {
    const fact = facts.find((one) => one.key === key);
    return fact === undefined ? [] : [t(z > 0 ? "clusters.high" : "clusters.low", { name: words.name(fact) })];
  });
  const [name, setName] = useState<string | null>(null);
  const shown = name ?? traits.slice(0, 2).join(" · ").slice(0, 100);
  const keep = useAction(keepCluster, {
    refreshes: [listSegments],
    onDone: ({ segmentId }) => void navigate({ to: "/segments/$segmentId", params: { segmentId } as never }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (shown.trim() !== "") keep.mutate({ params: { runId }, body: { place, name: shown.trim(), shared: false } } as never);
  };
  return (
    <Surface title={`${format.percent(cluster.share, 0)} · ${t("clusters.customers", { text: format.number(cluster.customers) })}`}>
      <ul className={classes.traits}>
        {traits.map((trait) => (
          <li key={trait}>{trait}</li>
        ))}
      </ul>
      {useCan("segment:write") && (
        <form onSubmit={submit} className={classes.keep}>
          <TextInput
            label={t("build.name")}
            maxLength={100}
            dir="auto"
            value={shown}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={keep.isPending}>
            {t("clusters.save")}
          </Button>
        </form>
      )}
      <ErrorNote error={keep.error} />
    </Surface>
  );
}
