const EVERY_MS = 50;
const BYTES_PER_MIB = 2 ** 20;

/** Watches the memory the process holds; stop() gives the most seen, in MiB. Work on this very thread is seen at its end only. */
export function watchMemory(): { stop(): number } {
  let most = process.memoryUsage.rss();
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  // Work that fails must not keep the process waiting for a watch nobody ends.
  const timer = setInterval(look, EVERY_MS).unref();
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return Math.round(most / BYTES_PER_MIB);
    },
  };
}
