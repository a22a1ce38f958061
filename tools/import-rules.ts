import type { IFlattenedRuleSet, IForbiddenRuleType } from "dependency-cruiser";
import manifest from "../package.json" with { type: "json" };

// From the ground up. An area may import what stands before it, never what stands beside or after.
const layers = [
  ["platform"],
  ["governance"],
  ["customers"],
  ["interactions"],
  ["intelligence"],
  ["sales", "service"],
  ["management"],
  ["main"],
];

const tests = "\\.test\\.tsx?$";
const outsideCode = ["npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg", "npm-unknown"] as const;

function looksDownOnly(): IForbiddenRuleType[] {
  return layers.flatMap((layer, level) =>
    layer.flatMap((area) => {
      const banned = [...layers.slice(level + 1).flat(), ...layer.filter((other) => other !== area)];
      if (banned.length === 0) return [];
      return [{ name: `${area}-looks-down-only`, from: { path: `^server/${area}/` }, to: { path: `^server/(${banned.join("|")})/` } }];
    }),
  );
}

const moduleRules: IForbiddenRuleType[] = [
  { name: "no-cycles", comment: "Imports of types count too.", from: {}, to: { circular: true } },
  { name: "imports-exist", from: {}, to: { couldNotResolve: true } },
  {
    name: "use-the-front-door",
    comment: "Another module is reached through its index.ts (code) or contract.ts (shapes).",
    from: { path: "^server/([^/]+/[^/]+)/" },
    to: { path: "^server/[^/]+/[^/]+/", pathNot: ["^server/$1/", "/(index|contract)\\.ts$"] },
  },
  {
    name: "main-uses-front-doors-too",
    from: { path: "^server/main/" },
    to: { path: "^server/(?!main/)", pathNot: "/(index|contract|routes|jobs|personal-data)\\.ts$" },
  },
  {
    name: "rules-are-pure",
    comment: "Decisions take facts and time as arguments.",
    from: { path: "/rules\\.ts$" },
    to: { path: "/(store|routes|jobs)\\.ts$|^server/platform/(db|http|jobs)/|^server/governance/audit/" },
  },
  { name: "rules-touch-no-runtime", from: { path: "/rules\\.ts$" }, to: { dependencyTypes: ["core", ...outsideCode] } },
  {
    name: "sql-lives-in-stores",
    from: { path: "^server/", pathNot: ["/store\\.ts$", "^server/platform/db/", tests] },
    to: { path: "node_modules/(kysely|pg|pg-copy-streams)/" },
  },
  {
    name: "contracts-are-leaves",
    from: { path: "^server/.*/contract\\.ts$" },
    to: { pathNot: ["/contract\\.ts$", "node_modules/zod/"] },
  },
];

const outerRules: IForbiddenRuleType[] = [
  { name: "web-sees-contracts-only", from: { path: "^web/" }, to: { path: "^server/", pathNot: "/contract\\.ts$" } },
  {
    name: "web-areas-stay-apart",
    comment: "What two areas share lives in web/ui.",
    from: { path: "^web/([^/]+)/", pathNot: "^web/app/" },
    to: { path: "^web/[^/]+/", pathNot: ["^web/$1/", "^web/ui/"] },
  },
  { name: "server-does-not-see-web", from: { path: "^server/" }, to: { path: "^web/" } },
  {
    name: "product-does-not-see-tests-and-tools",
    from: { path: "^(server|web|db)/", pathNot: tests },
    to: { path: ["^(tests|bench|tools)/", tests] },
  },
  {
    name: "product-runs-without-development-packages",
    from: { path: "^(server|web|db)/", pathNot: tests },
    to: { path: `node_modules/(${Object.keys(manifest.devDependencies).join("|")})/`, dependencyTypesNot: ["type-only"] },
  },
];

/** Rules 1 to 8 of the house, in the words of dependency-cruiser. tests/import-rules/violations holds at least one breach of each. */
export const importRules: IFlattenedRuleSet = {
  forbidden: [...looksDownOnly(), ...moduleRules, ...outerRules].map((rule) => ({ severity: "error", ...rule })),
};
