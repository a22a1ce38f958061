// Sets language, direction and colours before the first paint, from what this browser remembers; the session corrects it a moment later.
(() => {
  const root = document.documentElement;
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is switched off: the defaults hold
    }
  };
  let locale = null;
  try {
    locale = JSON.parse(read("vinculo-preferences") ?? "{}").locale ?? null;
  } catch {
    locale = null;
  }
  const known = ["en", "ar", "fa", "zh", "es"];
  const wanted = known.includes(locale)
    ? locale
    : (navigator.languages ?? []).map((tag) => tag.slice(0, 2)).find((tag) => known.includes(tag));
  root.lang = wanted ?? "en";
  root.dir = root.lang === "ar" || root.lang === "fa" ? "rtl" : "ltr";
  const scheme = read("mantine-color-scheme-value");
  const dark = scheme === "dark" || (scheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
