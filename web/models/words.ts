import { useTranslation } from "react-i18next";
import { useFormat } from "../ui/preferences.tsx";
import type { StateTone } from "../ui/state-mark.tsx";
import type { VersionSummary, Watch } from "./models.ts";

export const stateTones: Readonly<Record<VersionSummary["state"], StateTone>> = {
  trained: "accent",
  approved: "quiet",
  refused: "warn",
  live: "good",
  shadow: "accent",
  retired: "quiet",
};

export const levelTones: Readonly<Record<Watch["level"], StateTone>> = { stable: "good", watch: "warn", act: "bad" };

/** What models, their parts and figures are called. A fact of another area is called as it calls it. */
export function useModelWords() {
  const { t } = useTranslation(["models", "segments", "customers", "risk", "fraud"]);
  const format = useFormat();
  const withCode = (key: string, code: string): string => t(key, { defaultValue: code });
  const measured = (key: string): string => {
    const [, base = key, window] = /^(.*?)(?:_(1h|24h|7d|30d))?$/.exec(key) ?? [];
    return t(`fraud:features.${base.replace(".", "_")}`, {
      window: window === undefined ? "" : t(`fraud:windows.${window}`, { n: Number.parseInt(window, 10) }),
      defaultValue: key,
    });
  };
  return {
    model: (modelId: string): string => withCode(`models:names.${modelId}`, modelId),
    purpose: (modelId: string): string => withCode(`models:purposes.${modelId}`, ""),
    fact: (key: string): string =>
      key === "item" ? t("models:item") : withCode(`segments:facts.${key}`, withCode(`risk:characteristics.${key}`, measured(key))),
    product: (kind: string): string => withCode(`customers:codes.kind.${kind}`, kind),
    group: (by: string, group: string): string => {
      if (by === "language") return format.languageName(group);
      if (by === "item") return withCode(`customers:codes.kind.${group}`, group);
      // "other" would be read as the plural form of a message.
      return by === "branch" ? group : withCode(`models:groups.${by}.${group === "other" ? "unsaid" : group}`, group);
    },
    by: (name: string): string => withCode(`models:by.${name}`, name),
    figure: (value: number | null, places = 3): string => (value === null ? "–" : format.number(value, places)),
    chance: (value: number): string => format.percent(value, value < 0.1 ? 1 : 0),
  };
}
