import { useTranslation } from "react-i18next";
import { isProblem } from "./problem.ts";

export interface ErrorWords {
  readonly title: string;
  /** What was kept and what to do. */
  readonly text: string;
}

/** The words of any failure in the person's language; a failure without a code is a defect of ours and says so. */
export function useErrorWords(): (error: unknown) => ErrorWords {
  const { t } = useTranslation("ui");
  return (error) => {
    const code = isProblem(error) ? error.code : "internal";
    const seconds = isProblem(error) ? error.retryAfterSeconds : undefined;
    if (code === "too_many_requests" && seconds !== undefined) {
      return { title: t("errors.too_many_requests.title"), text: t("errors.too_many_requests.textAfter", { count: seconds }) };
    }
    return { title: t(`errors.${code}.title`), text: t(`errors.${code}.text`) };
  };
}
