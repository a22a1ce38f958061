import { useTranslation } from "react-i18next";
import { isProblem } from "./problem.ts";

/** Why a new password was not taken, to stand at its field; null when it was not the password. */
export function usePasswordTrouble(error: unknown): string | null {
  const { t } = useTranslation("ui");
  if (!isProblem(error, "invalid_input")) return null;
  return t(error.fields.some(({ reason }) => reason === "holds_login") ? "password.holdsLogin" : "password.easilyGuessed");
}
