import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { beginProviderProof } from "../../../server/governance/identity-provider/contract.ts";
import { call } from "../../ui/api.ts";
import { beginTrip, PROOF_CHANNEL } from "../../ui/provider-trip.ts";

interface ProviderProofProps {
  actionHash: string;
  onProven: () => void;
  onFailed: (error: unknown) => void;
}

/** Proves the person at the bank's identity provider, in a window of its own, so that what was being done stays on the screen. */
export function ProviderProof({ actionHash, onProven, onFailed }: ProviderProofProps) {
  const { t } = useTranslation("app");
  const [waits, setWaits] = useState(false);
  const told = useRef({ onProven, onFailed });
  told.current = { onProven, onFailed };
  useEffect(() => {
    if (!waits) return;
    const channel = new BroadcastChannel(PROOF_CHANNEL);
    channel.onmessage = ({ data }) => {
      setWaits(false);
      if (data === true) told.current.onProven();
      else told.current.onFailed(new Error("not proven at the provider"));
    };
    return () => channel.close();
  }, [waits]);
  const leave = async () => {
    // Opened before the answer is there: browsers open windows for a click and for nothing else.
    const popup = window.open("", "_blank", "popup,width=520,height=720");
    try {
      const departure = await call(beginProviderProof, { body: { actionHash } });
      beginTrip(departure, "proof", "/");
      setWaits(true);
      if (popup === null) throw new Error("the browser opened no window");
      popup.location.replace(departure.url);
    } catch (error) {
      popup?.close();
      setWaits(false);
      onFailed(error);
    }
  };
  return (
    <Button variant="default" loading={waits} onClick={() => void leave()}>
      {t("proof.provider")}
    </Button>
  );
}
