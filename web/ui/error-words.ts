import { useTranslation } from "react-i18next";
import { type ApiProblem, isProblem } from "./problem.ts";

export interface ErrorWords {
  readonly title: string;
  /** What was kept and what to do. */
  readonly text: string;
}

/** The words of any failure in the person's language; a failure without a code is a defect of ours and says so. */
export function useErrorWords(): (error: unknown) => ErrorWords {
  const { t, i18n } = useTranslation("ui");
  return (error) => {
    const gone = isProblem(error, "invalid_input") ? goneGroups(error) : [];
    if (gone.length > 0) {
      const named = gone.flatMap(({ name }) => (typeof name === "string" ? [`\u2068${name}\u2069`] : []));
      const names = new Intl.ListFormat(i18n.language).format(named);
      const text = named.length === 0 ? "unnamed" : named.length < gone.length ? "both" : "named";
      return { title: t("errors.group_gone.title"), text: t(`errors.group_gone.${text}`, { names }) };
    }
    const code = isProblem(error) ? error.code : "internal";
    const seconds = isProblem(error) ? error.retryAfterSeconds : undefined;
    if (code === "too_many_requests" && seconds !== undefined) {
      return { title: t("errors.too_many_requests.title"), text: t("errors.too_many_requests.textAfter", { count: seconds }) };
    }
    return { title: t(`errors.${code}.title`), text: t(`errors.${code}.text`) };
  };
}

/** The segments a question asked about in vain; those that could be seen before have a name. */
function goneGroups({ detail }: ApiProblem): readonly { readonly name?: unknown }[] {
  return detail.reason === "group_gone" && Array.isArray(detail.groups) ? (detail.groups as { name?: unknown }[]) : [];
}
