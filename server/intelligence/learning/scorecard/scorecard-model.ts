/** One bin of a characteristic: numbers up to a bound, a list of categories, or the missing. */
export interface ScoreBin {
  /** Numbers at most this, above the bin before; null for the last bin of numbers. */
  readonly upTo?: number | null;
  readonly categories?: readonly string[];
  /** Categories too rare in training, or never seen, lie here too. */
  readonly isRest?: true;
  readonly isMissing?: true;
  readonly events: number;
  readonly others: number;
  /** ln(share of others / share of events): above 0 where events are rarer than usual. */
  readonly weightOfEvidence: number;
  readonly points: number;
}

export interface Characteristic {
  readonly name: string;
  readonly kind: "number" | "category";
  readonly bins: readonly ScoreBin[];
  /** Sum over bins of (share of others - share of events) x weight of evidence. */
  readonly informationValue: number;
  /** Of the weight of evidence in the ln-odds of the event; below 0. */
  readonly coefficient: number;
}

export interface ScorecardOptions {
  /** Points by which the odds against the event double. */
  readonly pointsToDouble: number;
  readonly basePoints: number;
  /** Odds against the event (others to one event) at basePoints. */
  readonly baseOdds: number;
  /** Equal-sized bins a number starts from, and the bins it ends with at most. */
  readonly fineBins: number;
  readonly binsMax: number;
  /** Least share of the rows in a bin; missing values keep their own bin from half of it on. */
  readonly binShareMin: number;
  /** Neighbouring bins are joined until their rates differ by this chi-square (1 degree of freedom: 2.71 is 10 %, 3.84 is 5 %). */
  readonly chiSquareMin: number;
  /** Numbers whose rate must rise or fall all along; true for all. */
  readonly monotone: boolean | readonly string[];
  /** Characteristics below this information value are left out, and beyond so many with the highest. */
  readonly informationValueMin: number;
  readonly characteristicsMax: number;
  /** On the coefficients of the weights of evidence. */
  readonly ridge: number;
}

/** A points scorecard: plain JSON. The sum of points says the odds: basePoints + pointsToDouble x log2(odds / baseOdds). */
export interface ScorecardModel {
  readonly kind: "scorecard";
  readonly version: 1;
  readonly options: ScorecardOptions;
  readonly trainedRows: number;
  readonly characteristics: readonly Characteristic[];
  readonly intercept: number;
}
