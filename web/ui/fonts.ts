import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/vazirmatn/wght.css";

let chinese: Promise<unknown> | undefined;

/**
 * The Chinese faces: a hundred small subsets of which the browser fetches only those it needs, but even their list weighs more than a page.
 * Called at once when the language is Chinese, else when the browser is idle, for names written in Chinese.
 */
export function loadChineseFaces(): void {
  chinese ??= import("@fontsource-variable/noto-sans-sc/wght.css");
}
