import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { repositoryFiles } from "../source-files.ts";
import { keyExists, usedKeys } from "./message-keys.ts";
import type { Step } from "./step.ts";

const locales = ["en", "ar", "fa", "zh", "es"] as const;
const pluralForm = /_(?:ordinal_)?(zero|one|two|few|many|other)$/;

type Tree = { [key: string]: string | Tree };
const Tree: z.ZodType<Tree> = z.lazy(() => z.record(z.string(), z.union([z.string(), Tree])));

/** Messages of one file by their dotted keys. */
export type Messages = ReadonlyMap<string, string>;

function flatten(tree: Tree, prefix = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  );
}

function readMessages(root: string, file: string): Messages {
  return new Map(flatten(Tree.parse(JSON.parse(readFileSync(join(root, file), "utf8")))));
}

function placeholders(text: string): string {
  const names = [...text.matchAll(/\{\{\s*-?\s*([\w.]+)/g)].map(([, name]) => name);
  return [...new Set(names)].sort().join(", ");
}

/** The keys a language needs for what English says: the same, but with that language's own plural forms. */
export function keysNeeded(english: Messages, locale: string): Set<string> {
  const needed = new Set<string>();
  for (const key of english.keys()) {
    const base = key.replace(pluralForm, "");
    const counted = pluralForm.test(key) && english.has(key.replace(/(zero|one|two|few|many|other)$/, "other"));
    if (!counted) {
      needed.add(key);
      continue;
    }
    const ordinal = key.startsWith(`${base}_ordinal_`);
    const { pluralCategories } = new Intl.PluralRules(locale, { type: ordinal ? "ordinal" : "cardinal" }).resolvedOptions();
    for (const category of pluralCategories) needed.add(`${base}_${ordinal ? "ordinal_" : ""}${category}`);
  }
  return needed;
}

/** Where `messages` of one language are not the messages of `english`: missing, too many, empty, or with other placeholders. */
export function translationFaults(locale: string, english: Messages, messages: Messages): string[] {
  const needed = keysNeeded(english, locale);
  const faults = [...needed].filter((key) => !messages.has(key)).map((key) => `${key} is missing`);
  for (const [key, text] of messages) {
    if (!needed.has(key)) faults.push(`${key} is not wanted: English has no such message, or ${locale} no such plural form`);
    if (text.trim() === "") faults.push(`${key} is empty`);
    const other = english.get(key.replace(/_(zero|one|two|few|many|other)$/, "_other")) ?? english.get(key);
    if (other === undefined) continue;
    const wanted = placeholders(other);
    const has = placeholders(text);
    // "one customer" and "no customers" may say the number in words.
    const spoken = pluralForm.test(key) && !key.endsWith("_other") && has === placeholders(other.replace(/\{\{\s*count[^}]*\}\}/g, ""));
    if (has !== wanted && !spoken) faults.push(`${key} has the placeholders {${has}} where English has {${wanted}}`);
  }
  return faults;
}

export const everyMessageInEveryLanguage: Step = {
  name: "every message in five languages",
  run(root) {
    const files = repositoryFiles(root).filter((file) => file.startsWith("web/"));
    const areas = [
      ...new Set(files.map((file) => /^web\/(.+)\/locales\/[^/]+\.json$/.exec(file)?.[1]).filter((area) => area !== undefined)),
    ];
    if (areas.length === 0) throw new Error("there are no messages in web/*/locales");
    const faults: string[] = [];
    const english = new Map<string, Messages>();
    for (const area of areas) {
      const folder = `web/${area}/locales`;
      const absent = locales.filter((locale) => !files.includes(`${folder}/${locale}.json`));
      faults.push(...absent.map((locale) => `${folder}/${locale}.json: does not exist`));
      if (absent.includes("en")) continue;
      const source = readMessages(root, `${folder}/en.json`);
      english.set(area, source);
      for (const locale of locales) {
        if (absent.includes(locale)) continue;
        const found = translationFaults(locale, source, readMessages(root, `${folder}/${locale}.json`));
        faults.push(...found.map((fault) => `${folder}/${locale}.json: ${fault}`));
      }
    }
    return faults;
  },
};

export const everyMessageUsedExists: Step = {
  name: "every message the pages ask for exists",
  run(root) {
    const files = repositoryFiles(root).filter((file) => file.startsWith("web/"));
    const sources = files.filter((file) => /\.tsx?$/.test(file));
    if (sources.length === 0) throw new Error("there is no page under web/ to check");
    const english = new Map(
      files.flatMap((file) => {
        const area = /^web\/(.+)\/locales\/en\.json$/.exec(file)?.[1];
        return area === undefined ? [] : [[area, readMessages(root, file)] as const];
      }),
    );
    return sources.flatMap((file) =>
      usedKeys(file, readFileSync(join(root, file), "utf8"))
        .filter((used) => !keyExists(used, english))
        .map(({ line, shown, namespaces }) => `${file}:${line}: asks for ${shown}, which ${namespaces.join(" and ")} does not have`),
    );
  },
};
