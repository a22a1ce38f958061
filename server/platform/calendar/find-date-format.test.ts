import { expect, test } from "vitest";
import { findDateFormat, momentMs } from "./index.ts";

test("the format is the one that every text fits", () => {
  expect(findDateFormat(["19970101", "19980630"])).toBe("YYYYMMDD");
  expect(findDateFormat(["2018-06-11 00:00:24"])).toBe("YYYY-MM-DD HH:mm:ss");
  expect(findDateFormat(["2018-06-11T00:00:24"])).toBe("YYYY-MM-DDTHH:mm:ss");
  expect(findDateFormat(["1/2/2020", "13/2/2020"])).toBe("DD/MM/YYYY");
  expect(findDateFormat(["1/2/2020", "2/13/2020"])).toBe("MM/DD/YYYY");
  expect(findDateFormat(["1/2/2020 7:05"])).toBe("DD/MM/YYYY HH:mm");
  expect(findDateFormat(["13/2/2020", "2/13/2020"])).toBeNull();
  expect(findDateFormat(["00012345"])).toBeNull();
  expect(findDateFormat([])).toBeNull();
});

test("a moment is wall time counted as UTC", () => {
  expect(momentMs("2018-06-11 00:00:24", "YYYY-MM-DD HH:mm:ss")).toBe(Date.UTC(2018, 5, 11, 0, 0, 24));
  expect(momentMs("2018-06-30T23:59:59", "YYYY-MM-DDTHH:mm:ss")).toBe(Date.UTC(2018, 5, 30, 23, 59, 59));
  for (const text of ["2018-06-31 00:00:00", "2018-06-11T00:00:24", "2018-13-01 00:00:00", "2018-06-11 24:00:00", ""])
    expect(momentMs(text, "YYYY-MM-DD HH:mm:ss")).toBeNaN();
});
