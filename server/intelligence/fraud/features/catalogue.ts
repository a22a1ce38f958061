/** Length of the windows, in seconds, shortest first. */
export const windows = [
  ["1h", 3_600],
  ["24h", 86_400],
  ["7d", 604_800],
  ["30d", 2_592_000],
] as const;

/** Whether a payment was fraud is known so long after it: what was known of a payee at any moment ends here. Seconds. */
export const LABEL_DELAY = 604_800;

/** Windows of known frauds, each ending LABEL_DELAY before the transaction. */
export const riskWindows = [
  ["24h", 86_400],
  ["7d", 604_800],
  ["30d", 2_592_000],
] as const;

export interface FeatureEntry {
  readonly name: string;
  readonly meaning: string;
  /** 1 or 0: rules read it as true or false. */
  readonly isFlag?: true;
}

const blocks = (["account", "payee"] as const).map((key) =>
  windows.flatMap(([window]) => [
    { name: `${key}.count_${window}`, meaning: `payments of the ${key} within ${window}, this one included` },
    { name: `${key}.sum_${window}`, meaning: `what they come to` },
    { name: `${key}.mean_${window}`, meaning: `their average` },
    { name: `${key}.max_${window}`, meaning: `the largest of them` },
  ]),
);

const risks = riskWindows.flatMap(([window]) => [
  { name: `payee.known_${window}`, meaning: `payments at the payee within ${window} that ended when frauds became known, 7 days ago` },
  { name: `payee.risk_${window}`, meaning: `share of them that was fraud; missing without payments` },
]);

/** Every feature of a transaction, in the order of its vector. A closed list: rules and models know nothing else. NaN is missing. */
export const featureCatalogue: readonly FeatureEntry[] = [
  { name: "amount", meaning: "of this payment" },
  { name: "hour", meaning: "time of day, 0 to below 24, with fractions" },
  { name: "weekday", meaning: "1 Monday to 7 Sunday" },
  { name: "is_night", meaning: "from midnight to 6", isFlag: true },
  { name: "is_weekend", meaning: "on Saturday and Sunday", isFlag: true },
  ...blocks.flat(),
  ...risks,
  { name: "payee.days_since_first_fraud", meaning: "since the first fraud known at the payee, of the last 37 days; missing without one" },
  { name: "payee.days_since_last_fraud", meaning: "since the last one known" },
  { name: "account.known_frauds_30d", meaning: "frauds known on the account, within 30 days that ended 7 days ago" },
  { name: "account.seconds_since_last", meaning: "since the account's payment before; missing for the first" },
  { name: "account.night_share_30d", meaning: "share of the account's payments of 30 days made at night, this one included" },
  { name: "account.weekend_share_30d", meaning: "share made on week-ends" },
  { name: "account.amount_z", meaning: "standard deviations above the account's own earlier amounts; missing before the third" },
  { name: "account.amount_to_mean", meaning: "amount over the average of the account's earlier amounts" },
  { name: "account.amount_to_max_30d", meaning: "amount over the account's largest one of 30 days before" },
  { name: "account.large_7d", meaning: "payments of the account within 7 days above three times its earlier average, this one included" },
  { name: "payee.amount_to_mean_30d", meaning: "amount over the average at the payee in 30 days before" },
  { name: "account.new_payee", meaning: "the payee is not among the last 32 payees of the account", isFlag: true },
  { name: "account.payee_age_days", meaning: "since the account first paid this payee, as far as remembered; 0 when new" },
  { name: "account.payees_24h", meaning: "different payees of the account in 24 hours, this one included, up to 32" },
  { name: "payee.accounts_24h", meaning: "different accounts at the payee in 24 hours, this one included, up to 32" },
];

const places = new Map(featureCatalogue.map(({ name }, place) => [name, place]));

/** Place of a feature in the vector; undefined when there is none of that name. */
export function featurePlace(name: string): number | undefined {
  return places.get(name);
}

/** For code that names features itself. Throws when the catalogue has none of that name. */
export function requireFeature(name: string): number {
  const place = places.get(name);
  if (place === undefined) throw new Error(`the catalogue has no feature ${name}`);
  return place;
}
