import { listKeys } from "./list-keys.ts";
import { scoreBlocks } from "./score-blocks.ts";
import { findTooLarge, sortBlocks } from "./sort-blocks.ts";
import { countTerm } from "./terms.ts";
import { trainKind } from "./train.ts";

/** The steps of matching that threads do. */
export const work = { countTerm, listKeys, findTooLarge, sortBlocks, trainKind, scoreBlocks };

export type Work = typeof work;
