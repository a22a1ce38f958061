import { useTranslation } from "react-i18next";
import { useFormat } from "../../../ui/preferences.tsx";
import { useCodes } from "../../codes.ts";
import { probabilityOf } from "./identity.ts";

interface Link {
  readonly decision: string;
  readonly evidence: Record<string, unknown>;
}

/** Why a record was joined, as a sentence. Evidence holds the end of the number that agreed, never the whole. */
export function useLinkReason(): (link: Link) => string {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const codes = useCodes();
  return ({ decision, evidence }) => {
    const { scheme, last4, bits } = evidence;
    if (decision === "matched" && typeof bits === "number")
      return t("records.why.matchedSure", { percent: format.percent(probabilityOf(bits)) });
    if (typeof scheme === "string" && typeof last4 === "string")
      return t("records.why.number", { document: codes("scheme", scheme), ending: format.code(last4) });
    return t(`records.why.${decision}`);
  };
}
