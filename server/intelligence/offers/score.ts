import type { Bank, Factors, OfferAction, Standing } from "./action.ts";
import type { Called } from "./signals.ts";

/** So many answers' worth of the base rate count beside the answers there are: an action that few were asked about says little by itself. */
const PRIOR_ANSWERS = 50;
const QUARTERS = 4;

const within = (value: number, from: number, to: number): number => Math.min(to, Math.max(from, value));

/**
 * score = propensity x context x (gain - cost - loss) x lever, in minor units of the reporting currency for twelve months. The gain of a product is what
 * those who have it earn the bank, of the customer's segment where that is known, else the action's own figure. Its loss is what this customer's chance of
 * default costs above the average one, which the gain carries already. Pure.
 */
export function scoreOf(action: OfferAction, of: Standing, called: Called, bank: Bank): Factors {
  const { propensity, source } = chanceOf(action, of, bank);
  const known = gainOf(action, of, bank)?.gainMinor ?? 0;
  // Nothing earned is nothing reckoned: a product without a margin of its own has the action's figure.
  const product = known === 0 ? action.gainMinor : known;
  const gainMinor = Math.round(product + action.gainShare * called.stakeMinor);
  const lossMinor = Math.round(action.lossMinor * Math.max(0, (of.defaultShare ?? bank.averageDefault) - bank.averageDefault));
  const context = within(called.context, 0.5, 2);
  const lever = within(action.lever, 0.5, 2);
  return {
    ...{
      propensity: Number(propensity.toPrecision(4)),
      source,
      context: Number(context.toPrecision(4)),
      contextBy: called.contextBy,
      gainMinor,
      costMinor: action.costMinor,
      lossMinor,
      lever,
    },
    score: Math.round(propensity * context * (gainMinor - action.costMinor - lossMinor) * lever),
  };
}

const gainOf = ({ product }: OfferAction, { segment, kind }: Standing, { gains }: Bank) =>
  product === null ? undefined : (gains.get(`${segment ?? kind} ${product}`) ?? gains.get(product));

/** Within three months, as the model means it. */
function chanceOf(action: OfferAction, of: Standing, bank: Bank): { propensity: number; source: Factors["source"] } {
  const chance = action.product === null ? undefined : of.chances.get(action.product);
  if (chance !== undefined) return { propensity: within(chance, 0, 1), source: "model" };
  // A model that named its likeliest products holds this one for no likelier than the last of them.
  const least = action.product === null || of.chances.size === 0 ? 1 : Math.min(...of.chances.values());
  const taken = gainOf(action, of, bank)?.taken;
  if (taken !== undefined) return { propensity: Math.min(taken / QUARTERS, least), source: "taken" };
  const so = bank.answered.get(action.actionId);
  const rate = ((so?.agreed ?? 0) + PRIOR_ANSWERS * action.baseRate) / ((so?.all ?? 0) + PRIOR_ANSWERS);
  return { propensity: Math.min(rate, least), source: so === undefined ? "base" : "answers" };
}
