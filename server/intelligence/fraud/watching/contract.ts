import { z } from "zod";
import { endpoint } from "../../../platform/http/contract.ts";
import { WatchLevel } from "../../scores/contract.ts";

export const COURSE_WEEKS = 26;

/** What is wrong: more or fewer alerts than usual, fewer of them right, chances that do not come true, frauds found by others, nobody deciding. */
export const signCodes = ["volume_up", "volume_down", "precision", "calibration", "missed", "undecided"] as const;
export const CourseSign = z.object({ code: z.enum(signCodes), figure: z.number(), usual: z.number() });
export type CourseSign = z.infer<typeof CourseSign>;

/** Of alerts whose latest payment lies in the week. */
export const CourseWeek = z.object({
  /** Its Monday. */
  week: z.iso.date(),
  alerts: z.int(),
  /** Of them closed as fraud or as no fraud; what could not be told says nothing. */
  decided: z.int(),
  confirmed: z.int(),
  inconclusive: z.int(),
  /** Frauds of the week that others found and no alert named. */
  missed: z.int(),
  /** Payments in decided alerts that a score spoke of: how many, how many frauds it led to expect, and how many there were. */
  scored: z.int(),
  expected: z.number(),
  variance: z.number(),
  frauds: z.int(),
  /** Long enough ago that what was going to be said of it has been said. */
  isMature: z.boolean(),
});
export type CourseWeek = z.infer<typeof CourseWeek>;

export const readFraudCourse = endpoint({
  name: "readFraudCourse",
  tag: "fraud",
  method: "GET",
  path: "/api/fraud/course",
  summary: "Alerts week by week and what became of them, of the customers the caller sees; and what is wrong with it in the whole bank",
  access: "fraud:read",
  answer: z.object({
    /** The newest last. */
    weeks: z.array(CourseWeek).max(COURSE_WEEKS + 1),
    /** As it was judged last; null before, and for who does not reach the whole bank. */
    watch: z.object({ watchedOn: z.iso.date(), level: WatchLevel, signs: z.array(CourseSign).max(signCodes.length) }).nullable(),
  }),
});
