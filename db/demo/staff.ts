import { type Branch, branchesFor, type PortfolioKind, portfolioCode } from "./bank.ts";
import { ascii, everydayName, makeName } from "./people.ts";
import { type Language, markets } from "./places.ts";
import { Random } from "./random.ts";

/** Somebody who works at the demo bank, in the shape in which governance creates people, and the portfolios the person looks after. */
interface DemoStaffMember {
  readonly login: string;
  readonly displayName: string;
  readonly email: string;
  readonly unitCode: string; // BANK is the head office
  readonly roleIds: readonly (
    | "relationship_manager"
    | "branch_manager"
    | "analyst"
    | "data_steward"
    | "administrator"
    | "auditor"
    | "compliance_officer"
    | "privacy_officer"
    | "marketing_manager"
    | "finance_manager"
    | "risk_officer"
    | "fraud_analyst"
    | "data_scientist"
  )[];
  readonly preferences: {
    readonly locale: Language;
    readonly calendar: "gregory" | "persian" | "islamic-umalqura";
    readonly digits: "local" | "latin";
  };
  readonly password: string;
  readonly portfolioCodes: readonly string[];
  readonly introduced: boolean; // one of the few to sign in as, one of each role
}

const PASSWORD = "vinculo-demo";
const STAFFED_BRANCHES_MAX = 16;

const calendars = { AE: "gregory", SA: "islamic-umalqura", IR: "persian", CN: "gregory", ES: "gregory", GB: "gregory" } as const;
const shares: readonly (readonly PortfolioKind[])[] = [
  ["V", "1"],
  ["B", "2"],
];

const wellKnown: Readonly<Record<string, string>> = {
  "rm.dubai": "ليلى المنصوري",
  "rm.riyadh": "عبدالعزيز الدوسري",
  "rm.tehran": "نیلوفر کریمی",
  "rm.shanghai": "陈晓雯",
  "rm.madrid": "Álvaro Serrano Gil",
  "rm.london": "Charlotte Bennett",
  "manager.dubai": "خالد الشامسي",
  "manager.riyadh": "فهد القحطاني",
  "manager.tehran": "آرش رضایی",
  "manager.shanghai": "王志强",
  "manager.madrid": "Carmen Ortega Ruiz",
  "manager.london": "James Whitaker",
};
const introduced = new Set(["rm.dubai", "rm.tehran", "rm.shanghai", "rm.madrid", "rm.london", "manager.riyadh", "manager.madrid"]);

/** The people of the demo bank: head office first, then branch by branch. All sign in with one password, which is no secret. */
export function demoStaff(bank: { customers: number; seed?: number }): readonly DemoStaffMember[] {
  const seed = bank.seed ?? 1;
  const branches = branchesFor(bank.customers, seed).slice(0, STAFFED_BRANCHES_MAX);
  return [...headOffice(), ...branches.flatMap((branch, place) => branchStaff(branch, place, seed))];
}

function headOffice(): readonly DemoStaffMember[] {
  const member = (login: string, displayName: string, roleId: DemoStaffMember["roleIds"][number], locale: Language): DemoStaffMember => ({
    login,
    displayName,
    email: `${login}@vinculo.example`,
    unitCode: "BANK",
    roleIds: [roleId],
    preferences: { locale, calendar: "gregory", digits: "local" },
    password: PASSWORD,
    portfolioCodes: [],
    introduced: true,
  });
  return [
    member("analyst", "Sofía Navarro Vidal", "analyst", "es"),
    member("steward", "Priya Patel", "data_steward", "en"),
    member("admin", "Daniel Okafor", "administrator", "en"),
    member("auditor", "刘建华", "auditor", "zh"),
    member("compliance", "Miriam Goldberg", "compliance_officer", "en"),
    member("privacy", "Lucía Herrera Molina", "privacy_officer", "en"),
    member("marketer", "Inés Cabrera Soto", "marketing_manager", "en"),
    member("finance", "Oliver Hartmann", "finance_manager", "en"),
    member("risk", "سارا رستمی", "risk_officer", "fa"),
    member("fraud", "Amira Haddad", "fraud_analyst", "en"),
    member("scientist", "周雨桐", "data_scientist", "zh"),
    member("security", "Ingrid Halvorsen", "administrator", "en"),
  ];
}

function branchStaff(branch: Branch, place: number, seed: number): readonly DemoStaffMember[] {
  const { city } = branch;
  const market = markets[city.country];
  const town = ascii(city.latin)
    .toLowerCase()
    .replace(/[^a-z]/g, "");
  const round = Number(branch.code.slice(-2));
  const make = (
    job: string,
    turn: number,
    roleId: "relationship_manager" | "branch_manager",
    portfolioCodes: readonly string[],
  ): DemoStaffMember => {
    const random = new Random(seed, place * 4 + turn, 91);
    const name = makeName(random, market.language, random.chance(0.5), random.int(1968, 1996));
    const login = `${job}${turn > 1 ? turn : ""}.${town}${round > 1 ? round : ""}`;
    return {
      login,
      displayName: wellKnown[login] ?? everydayName(name),
      email: `${login}@vinculo.example`,
      unitCode: branch.code,
      roleIds: [roleId],
      preferences: { locale: market.language, calendar: calendars[city.country], digits: city.country === "AE" ? "latin" : "local" },
      password: PASSWORD,
      portfolioCodes,
      introduced: introduced.has(login),
    };
  };
  const managers = shares.map((kinds, share) =>
    make(
      "rm",
      share + 1,
      "relationship_manager",
      kinds.map((kind) => portfolioCode(branch, kind)),
    ),
  );
  return [...managers, ...(place < 6 ? [make("manager", 0, "branch_manager", [])] : [])];
}
