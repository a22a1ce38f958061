import {
  AlertIcon,
  BeakerIcon,
  ChecklistIcon,
  DatabaseIcon,
  EyeClosedIcon,
  FilterIcon,
  GraphIcon,
  HomeIcon,
  type Icon,
  IdBadgeIcon,
  LightBulbIcon,
  LockIcon,
  LogIcon,
  MeterIcon,
  OrganizationIcon,
  PeopleIcon,
  ShieldIcon,
  TableIcon,
  TasklistIcon,
} from "@primer/octicons-react";
import type { Area } from "../ui/area-contract.ts";

// A folder of web/ with an area.ts is an area; the shell shows what there is and nothing else.
const modules = import.meta.glob<{ area: Area }>("../*/area.ts", { eager: true });

export const areas: readonly Area[] = Object.values(modules).map((module) => module.area);

export interface Place {
  /** Named by `areas.<id>` in the app's messages. */
  readonly id: string;
  readonly path: string;
  readonly icon: Icon;
  readonly within: readonly { readonly id: string; readonly path: string }[];
}

/** The places of the rail, in the order of a working day. Which of them a person sees is decided by pages and rights. */
const places: readonly Place[] = [
  { id: "customers", path: "/customers", icon: PeopleIcon, within: [{ id: "knownCustomer", path: "/identity/known" }] },
  {
    id: "identity",
    path: "/identity",
    icon: IdBadgeIcon,
    within: [{ id: "matchingQuality", path: "/identity/quality" }],
  },
  {
    id: "loads",
    path: "/loads",
    icon: DatabaseIcon,
    within: [
      { id: "quarantine", path: "/quarantine" },
      { id: "mappings", path: "/mappings" },
    ],
  },
  { id: "dataQuality", path: "/quality", icon: ChecklistIcon, within: [] },
  { id: "segments", path: "/segments", icon: FilterIcon, within: [{ id: "segmentClusters", path: "/segments/clusters" }] },
  {
    id: "profit",
    path: "/profit",
    icon: GraphIcon,
    within: [
      { id: "profitTiers", path: "/profit/tiers" },
      { id: "profitParameters", path: "/profit/parameters" },
    ],
  },
  {
    id: "risk",
    path: "/risk",
    icon: MeterIcon,
    within: [
      { id: "watchList", path: "/risk/watch-list" },
      { id: "marketRisk", path: "/risk/market" },
    ],
  },
  {
    id: "fraud",
    path: "/fraud",
    icon: ShieldIcon,
    within: [
      { id: "fraudRules", path: "/fraud/rules" },
      { id: "fraudCourse", path: "/fraud/course" },
    ],
  },
  { id: "models", path: "/models", icon: BeakerIcon, within: [] },
  { id: "offers", path: "/offers", icon: LightBulbIcon, within: [] },
  { id: "reports", path: "/reports", icon: TableIcon, within: [] },
  {
    id: "approvals",
    path: "/approvals",
    icon: TasklistIcon,
    within: [{ id: "approvalPolicies", path: "/approvals/policies" }],
  },
  {
    id: "privacy",
    path: "/privacy",
    icon: EyeClosedIcon,
    within: [
      { id: "purposes", path: "/privacy/purposes" },
      { id: "legalHolds", path: "/privacy/holds" },
      { id: "retention", path: "/privacy/retention" },
    ],
  },
  {
    id: "confidential",
    path: "/confidential",
    icon: LockIcon,
    within: [{ id: "emergencyReviews", path: "/confidential/reviews" }],
  },
  { id: "emergency", path: "/emergency", icon: AlertIcon, within: [] },
  {
    id: "organisation",
    path: "/organisation",
    icon: OrganizationIcon,
    within: [
      { id: "roles", path: "/people/roles" },
      { id: "deputies", path: "/people/deputies" },
      { id: "portfolios", path: "/people/portfolios" },
      { id: "access", path: "/people/access" },
      { id: "sessions", path: "/people/settings" },
      { id: "apiKeys", path: "/people/keys" },
      { id: "encryptionKeys", path: "/people/encryption" },
      { id: "identityProvider", path: "/people/sign-in" },
    ],
  },
  { id: "audit", path: "/audit", icon: LogIcon, within: [{ id: "auditSeals", path: "/audit/seals" }] },
];

const home: Place = { id: "home", path: "/", icon: HomeIcon, within: [] };

/** The places for which there is a page that this person may open. */
export function placesFor(permissions: ReadonlySet<string>): readonly Place[] {
  const pages = areas.flatMap((area) => area.pages);
  const open = (path: string): boolean =>
    pages.some((page) => page.path === path && (page.permission === undefined || permissions.has(page.permission)));
  return [
    home,
    ...places.filter((place) => open(place.path)).map((place) => ({ ...place, within: place.within.filter((inner) => open(inner.path)) })),
  ];
}

/** The place a path belongs to, for marking it in the rail. */
export function placeOf(list: readonly Place[], pathname: string): Place | undefined {
  const owns = (path: string): boolean => (path === "/" ? pathname === "/" : pathname === path || pathname.startsWith(`${path}/`));
  // A colleague's page lies beside the pages within the place.
  return list.find(
    (place) => owns(place.path) || place.within.some((inner) => owns(inner.path)) || (place.id === "organisation" && owns("/people")),
  );
}
