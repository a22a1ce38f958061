import { LABEL_DELAY } from "../features/catalogue.ts";
import type { TransactionFile } from "./read-transactions.ts";

const DAY = 86_400;

/** Days since 1970 of the first day of the test week; training is the week that ended when the delay of labels began. */
export interface Week {
  readonly firstTestDay: number;
}

export const WEEK_DAYS = 7;
const DELAY_DAYS = LABEL_DELAY / DAY;

/** Places of the rows to learn from and to judge on. */
export interface Split {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/** The last week of the transactions, whole days; null when they do not reach over training, delay and test. */
export function lastWeek({ at, count }: TransactionFile): Week | null {
  const last = Math.floor((at[count - 1] ?? 0) / DAY);
  const first = Math.floor((at[0] ?? 0) / DAY);
  const firstTestDay = last - WEEK_DAYS + 1;
  return firstTestDay - DELAY_DAYS - WEEK_DAYS < first ? null : { firstTestDay };
}

export const dayOf = (seconds: number) => Math.floor(seconds / DAY);

/**
 * Training: seven days; then seven days in which labels are waited for; test: seven days. On each test day the payments of accounts whose fraud was known
 * by then are left out: frauds of the training days, and of each day that a label has come in for since. Source: Le Borgne, Siblini, Lebichot, Bontempi,
 * "Reproducible machine learning for credit card fraud detection" (2022), chapter 5, get_train_test_set.
 */
export function splitByWeek(file: TransactionFile, { firstTestDay }: Week): Split {
  const firstTrainDay = firstTestDay - DELAY_DAYS - WEEK_DAYS;
  const train: number[] = [];
  const fraudDays = new Map<string, number>();
  const candidates: number[] = [];
  for (let place = 0; place < file.count; place += 1) {
    const day = dayOf(file.at[place] as number);
    if (day < firstTrainDay) continue;
    if (day >= firstTestDay + WEEK_DAYS) break;
    if (day < firstTrainDay + WEEK_DAYS) train.push(place);
    if (day >= firstTestDay) candidates.push(place);
    const account = file.accounts[place] as string;
    if (file.isFraud(place) && !fraudDays.has(account)) fraudDays.set(account, day);
  }
  const test = candidates.filter((place) => {
    const known = fraudDays.get(file.accounts[place] as string);
    // Known on the day after the delay: the book counts the day before the test day, less the delay.
    return known === undefined || known > dayOf(file.at[place] as number) - DELAY_DAYS - 1;
  });
  return { train, test };
}
