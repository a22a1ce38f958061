import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/vazirmatn/wght.css";

/**
 * The Chinese faces: a hundred small subsets of which the browser fetches only those it needs, but even their list weighs more than a page.
 * Called at once when the language is Chinese, else when the browser is idle, for names written in Chinese. A second call does nothing.
 */
export async function loadChineseFaces(): Promise<void> {
  await import("@fontsource-variable/noto-sans-sc/wght.css");
}
