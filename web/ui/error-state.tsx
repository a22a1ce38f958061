import { Button } from "@mantine/core";
import { AlertIcon, SyncIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "./copy-button.tsx";
import { useErrorWords } from "./error-words.ts";
import { ApiProblem } from "./problem.ts";
import classes from "./states.module.css";

interface ErrorStateProps {
  error: unknown;
  /** Tries the same again. */
  retry?: (() => void) | undefined;
}

/** In place of what could not be shown: what happened, what was kept, what to do, and the id under which the log knows it. */
export function ErrorState({ error, retry }: ErrorStateProps) {
  const { t } = useTranslation("ui");
  const words = useErrorWords()(error);
  return (
    <div className={classes.state} role="alert">
      <span className={classes.icon} data-tone="bad">
        <AlertIcon size={20} />
      </span>
      <p className={classes.title}>{words.title}</p>
      <p className={classes.text}>{words.text}</p>
      <ProblemFields error={error} />
      {retry && (
        <div className={classes.action}>
          <Button variant="default" leftSection={<SyncIcon size={14} />} onClick={retry}>
            {t("error.retry")}
          </Button>
        </div>
      )}
      <RequestId error={error} />
    </div>
  );
}

/** The same words above a form or inside a dialog. */
export function ErrorNote({ error }: { error: unknown }) {
  const words = useErrorWords()(error);
  if (error === null || error === undefined) return null;
  return (
    <div className={classes.note} role="alert">
      <AlertIcon size={16} />
      <div>
        <p className={classes.title}>{words.title}</p>
        <p>{words.text}</p>
        <ProblemFields error={error} />
        <RequestId error={error} />
      </div>
    </div>
  );
}

function ProblemFields({ error }: { error: unknown }) {
  if (!(error instanceof ApiProblem) || error.fields.length === 0) return null;
  return (
    <ul className={classes.fields}>
      {error.fields.slice(0, 8).map((field) => (
        <li key={`${field.path} ${field.reason}`}>
          <bdi>{field.path}</bdi>: <bdi>{field.reason}</bdi>
        </li>
      ))}
    </ul>
  );
}

function RequestId({ error }: { error: unknown }) {
  const { t } = useTranslation("ui");
  if (!(error instanceof ApiProblem) || error.requestId === undefined) return null;
  return (
    <p className={classes.id}>
      <span>
        {t("error.requestId")} <bdi className="num">{error.requestId}</bdi>
      </span>
      <CopyButton value={error.requestId} what={t("error.requestId")} />
    </p>
  );
}
