import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Locale } from "../governance/access/contract.ts";

type Messages = { readonly [key: string]: string | Messages };
const read = new Map<string, Messages>();

/**
 * The words of the screens for what leaves by another way (files, mail), so that they are written once. `key`: namespace:path.to.message; `values` fill
 * {{name}}; with `count` the form of the language's plural is taken. null: there is no such message.
 */
export function readWords(locale: string, key: string, values: Readonly<Record<string, string | number>> = {}): string | null {
  const [namespace = "", path = ""] = key.split(":");
  const messages = messagesOf(namespace, locale);
  const plural = typeof values.count === "number" ? new Intl.PluralRules(locale).select(values.count) : null;
  const found = (plural === null ? null : lookUp(messages, `${path}_${plural}`)) ?? lookUp(messages, path);
  return found?.replaceAll(/\{\{(\w+)(?:, number)?\}\}/g, (_, name: string) => String(values[name] ?? "")) ?? null;
}

function lookUp(messages: Messages, path: string): string | null {
  let at: string | Messages | undefined = messages;
  for (const part of path.split(".")) at = typeof at === "object" && Object.hasOwn(at, part) ? at[part] : undefined;
  return typeof at === "string" ? at : null;
}

function messagesOf(namespace: string, locale: string): Messages {
  const language = Locale.options.find((one) => one === locale) ?? "en";
  if (!/^[a-z]+$/.test(namespace)) throw new Error(`not a namespace: ${namespace}`);
  const name = `${namespace}/locales/${language}.json`;
  const known = read.get(name);
  if (known !== undefined) return known;
  const messages = JSON.parse(readFileSync(fileURLToPath(new URL(`../../web/${name}`, import.meta.url)), "utf8")) as Messages;
  read.set(name, messages);
  return messages;
}
