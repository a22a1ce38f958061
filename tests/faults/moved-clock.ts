// Preloaded (node --import) into a server whose clock jumps by FAULT_CLOCK_SECONDS when it is sent SIGUSR2. Timers go on as they are.
let movedMs = 0;
process.on("SIGUSR2", () => {
  movedMs = Number(process.env.FAULT_CLOCK_SECONDS ?? 0) * 1_000;
});
const RealDate = Date;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, values, made) => (values.length === 0 ? new target(target.now() + movedMs) : Reflect.construct(target, values, made)),
  get: (target, name) => (name === "now" ? () => target.now() + movedMs : Reflect.get(target, name)),
});
