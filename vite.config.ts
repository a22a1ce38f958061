import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const apiPort = process.env.PORT ?? "3000";

/**
 * In the browser a contract is names, methods and paths. Its shapes were checked by the compiler and are checked by the server, so Zod
 * (a tenth of the budget, and a maker of functions from text) stays out: schemas built by contract.ts files are hollow, only enums keep
 * their members (`Kind.options`). Asking a hollow schema to parse fails loudly.
 */
const hollowShapes = `
const asked = new Set(["parse", "safeParse", "parseAsync", "safeParseAsync", "decode", "encode", "options"]);
const hollow = new Proxy(function shape() {}, {
  get(_, name) {
    if (asked.has(name)) throw new Error("contract shapes are hollow in the browser: " + String(name));
    return typeof name === "symbol" ? undefined : hollow;
  },
  apply: () => hollow,
});
const enumOf = (members) => {
  const options = Array.isArray(members) ? [...members] : Object.values(members);
  const known = { options, enum: Object.fromEntries(options.map((member) => [member, member])) };
  return new Proxy(known, { get: (it, name) => (name in it ? it[name] : hollow[name]) });
};
export const z = new Proxy(hollow, { get: (it, name) => (name === "enum" ? enumOf : it[name]) });
export default z;
`;

function leanContracts(): Plugin {
  const name = "virtual:hollow-shapes";
  return {
    name: "vinculo:lean-contracts",
    enforce: "pre",
    resolveId: (source, importer) => (source === "zod" && /\/server\/.*contract\.ts$/.test(importer ?? "") ? `\0${name}` : null),
    load: (id) => (id === `\0${name}` ? hollowShapes : null),
  };
}

export default defineConfig({
  root: "web",
  plugins: [leanContracts(), react()],
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    sourcemap: false,
    target: "es2023",
    // A font as data: URL would need font-src data: in the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules\/(react|react-dom|scheduler)\// },
            {
              name: "tanstack",
              test: /node_modules\/@tanstack\/(react-router|router-core|history|react-query|query-core|store|react-store)\//,
            },
            { name: "i18n", test: /node_modules\/(i18next|react-i18next)\// },
            // Whatever the first page needs comes in one file: over HTTP/1.1 fifty small ones wait for one another, six at a time.
            { name: "first", tags: ["$initial"] },
            // What most pages need comes in one more, instead of a dozen small ones with each.
            { name: "shared", minShareCount: 16 },
            // And so does each of the pages one begins with.
            { name: "sign-in", test: /web\/app\/(sign-in|invitation)\// },
            { name: "shell", test: /web\/app\/shell\// },
            { name: "home", test: /web\/app\/home\// },
          ],
        },
      },
    },
  },
  server: {
    host: "127.0.0.1",
    port: 5173,
    proxy: { "/api": { target: `http://127.0.0.1:${apiPort}`, changeOrigin: false } },
  },
});
