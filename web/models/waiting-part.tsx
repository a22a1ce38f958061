import { useTranslation } from "react-i18next";
import { listModels } from "../../server/intelligence/scores/contract.ts";
import { AppLink } from "../ui/app-link.tsx";
import { useFormat } from "../ui/preferences.tsx";
import { useEndpoint } from "../ui/query.ts";
import { Surface } from "../ui/surface.tsx";
import classes from "./models.module.css";
import { useModelWords } from "./words.ts";

/** Models of which a version waits for somebody to decide. Nothing where none does. */
export function WaitingPart() {
  const { t } = useTranslation("models");
  const format = useFormat();
  const words = useModelWords();
  const waiting = (useEndpoint(listModels, {}).data?.models ?? []).filter((model) => model.waiting > 0);
  if (waiting.length === 0) return null;
  return (
    <Surface title={t("waiting.title")} padding="none">
      <ul className={classes.people}>
        {waiting.map((model) => (
          <li key={model.modelId}>
            <AppLink to="/models/$modelId" params={{ modelId: model.modelId } as never}>
              {words.model(model.modelId)}
            </AppLink>
            <span className={classes.quiet}>{t("list.waiting", { n: format.number(model.waiting) })}</span>
          </li>
        ))}
      </ul>
    </Surface>
  );
}
