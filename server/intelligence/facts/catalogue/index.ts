import type { Fact } from "../fact.ts";
import { activity } from "./activity.ts";
import { balances } from "./balances.ts";
import { channelUse } from "./channels.ts";
import { elsewhere } from "./elsewhere.ts";
import { holdings } from "./holdings.ts";
import { pay } from "./pay.ts";
import { person } from "./person.ts";
import { relations } from "./relations.ts";
import { spending } from "./spending.ts";
import { results } from "./supplied.ts";

/** Every fact there is. A new one: its file and its line here, its words in web/segments/locales, and `npm run generate`. */
export const catalogue: readonly Fact[] = [
  ...person,
  ...activity,
  ...channelUse,
  ...spending,
  ...elsewhere,
  ...pay,
  ...balances,
  ...holdings,
  ...relations,
  ...results,
];
