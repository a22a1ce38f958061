import pg from "pg";

const OID = { int8: 20, date: 1082, int8Array: 1016, dateArray: 1182 } as const;
const parseTextArray = pg.types.getTypeParser(1009 as never) as (text: string) => (string | null)[];

/**
 * How PostgreSQL values arrive in JavaScript: bigint stays exact (counts are cast to int in SQL), a date stays its text
 * because a business date has no time zone, numeric stays text, timestamptz becomes a Date.
 */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    if (format !== "binary") {
      if (oid === OID.int8) return BigInt;
      if (oid === OID.date) return (text: string) => text;
      if (oid === OID.int8Array) return (text: string) => parseTextArray(text).map((item) => (item === null ? null : BigInt(item)));
      if (oid === OID.dateArray) return parseTextArray;
    }
    return pg.types.getTypeParser(oid as never, format as never);
  },
} as pg.CustomTypesConfig;
