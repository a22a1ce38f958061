const reloadedKey = "vinculo-reloaded-at";
const reloadAgainAfterMs = 60_000;

/**
 * After an update of the server the page's old file names are gone. Then the page is loaded anew, once:
 * should that not help, the error page tells it instead of turning in a circle.
 */
export function watchForNewVersion(): void {
  window.addEventListener("vite:preloadError", (event) => {
    const last = Number(sessionStorage.getItem(reloadedKey) ?? 0);
    if (Date.now() - last < reloadAgainAfterMs) return;
    event.preventDefault();
    sessionStorage.setItem(reloadedKey, String(Date.now()));
    window.location.reload();
  });
}
