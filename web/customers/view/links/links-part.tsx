import { Button, Skeleton } from "@mantine/core";
import { GitMergeIcon, UnlinkIcon } from "@primer/octicons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readIdentity } from "../../../../server/customers/identity/contract.ts";
import { ErrorState } from "../../../ui/error-state.tsx";
import { useEndpoint } from "../../../ui/query.ts";
import { useCan } from "../../../ui/viewer.tsx";
import type { View } from "../customer.ts";
import { JoinDialog } from "./join-dialog.tsx";
import { LinkHistory } from "./link-history.tsx";
import classes from "./links.module.css";
import { LookAlikes } from "./look-alikes.tsx";
import { SeparateDialog } from "./separate-dialog.tsx";

/** Who else may be this customer, and how its records came together. */
export function LinksPart({ view }: { view: View }) {
  const answer = useEndpoint(readIdentity, { params: { customerId: view.customer.customerId } });
  if (answer.error) return <ErrorState error={answer.error} retry={() => void answer.refetch()} />;
  if (answer.data === undefined) return <Skeleton height={220} />;
  return (
    <>
      <LookAlikes identity={answer.data} />
      <LinkHistory history={answer.data.history} />
    </>
  );
}

/** Joining and taking out by hand, for those who decide identity. */
export function LinkActions({ view }: { view: View }) {
  const { t } = useTranslation("customers");
  const [open, setOpen] = useState<"join" | "separate" | null>(null);
  if (!useCan("identity:decide")) return null;
  const close = () => setOpen(null);
  return (
    <span className={classes.actions}>
      <Button variant="default" size="xs" leftSection={<GitMergeIcon size={14} />} onClick={() => setOpen("join")}>
        {t("links.join")}
      </Button>
      {view.records.length > 1 && (
        <Button variant="default" size="xs" leftSection={<UnlinkIcon size={14} />} onClick={() => setOpen("separate")}>
          {t("links.separate")}
        </Button>
      )}
      <JoinDialog view={view} opened={open === "join"} onClose={close} />
      <SeparateDialog view={view} opened={open === "separate"} onClose={close} />
    </span>
  );
}
