import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
import { asciiDigits } from "../../../platform/text/index.ts";

/** A phone number as E.164, blank when it cannot be understood. `country` says where a number without prefix belongs. */
export function normalPhone(text: string, country: string): string {
  const written = asciiDigits(text).trim();
  if (written === "" || written.length > 60) {
    return "";
  }
  // 00 is how most of the world dials abroad; the library only knows it with a country.
  const bare = written.replace(/[ ()-]/g, "").replace(/^00/, "+");
  // Most exports hold clean international numbers; taking them as they are costs a hundredth of parsing them.
  if (/^\+[1-9]\d{9,14}$/.test(bare) && !written.includes("(0)")) {
    return bare;
  }
  const belongs = isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const number = parsePhoneNumberFromString(written.replace(/^00/, "+"), {
    ...(belongs === undefined ? {} : { defaultCountry: belongs }),
    extract: false,
  });
  return number?.isPossible() ? number.number : "";
}
