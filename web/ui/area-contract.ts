import type { ComponentType } from "react";

export interface AreaPage {
  /** As the router writes it: `/customers/$customerId`. */
  readonly path: string;
  /** Without it the page says which right is missing, instead of failing on its first call. */
  readonly permission?: string;
  readonly load: () => Promise<ComponentType>;
}

export interface SearchHit {
  readonly id: string;
  readonly title: string;
  /** The second line: a transliteration, a number, a branch. */
  readonly text?: string;
  /** Why it was found, where that is not plain: "phone ending 4821". */
  readonly reason?: string;
  /** What sets it apart from its neighbours, whatever the order: "In your portfolio". */
  readonly mark?: string;
  readonly to: string;
}

export interface SearchGroup {
  readonly id: string;
  /** A message key with its namespace: `customers:search.people`. */
  readonly label: string;
  readonly hits: readonly SearchHit[];
}

export interface SearchSource {
  readonly id: string;
  readonly permission: string;
  /** At most some ten hits in all; a new call aborts the one before. */
  readonly find: (text: string, signal: AbortSignal) => Promise<readonly SearchGroup[]>;
  /** What this person opened last, for the empty search field; the server knows it, so that no name is kept in the browser. */
  readonly recent?: (signal: AbortSignal) => Promise<readonly SearchHit[]>;
}

export interface HomePart {
  readonly id: string;
  readonly permission: string;
  /** Lowest first. */
  readonly order: number;
  readonly load: () => Promise<ComponentType>;
}

/** A tab that an area adds to a page of another: both know the page only by its path. */
export interface AreaTab {
  readonly page: string;
  readonly id: string;
  /** A message key of the page's area with its namespace: those words are there when the page is. */
  readonly label: string;
  readonly permission: string;
  /** Lowest first, behind the page's own. */
  readonly order: number;
  /** Shown with the id that the page is about. */
  readonly load: () => Promise<ComponentType<{ id: string }>>;
}

/** A part that an area adds to a page of another, at a spot which that page keeps for it. */
export interface AreaPart {
  readonly page: string;
  /** On a customer's page: `marks` beside the warnings, `next` at the top of the overview, `beside` next to the contact points. */
  readonly spot: "marks" | "next" | "beside";
  readonly id: string;
  readonly permission: string;
  /** Lowest first. */
  readonly order: number;
  /** Shown with the id that the page is about. */
  readonly load: () => Promise<ComponentType<{ id: string }>>;
}

/** What an area of the product gives the shell; `web/<area>/area.ts` exports it as `area`. */
export interface Area {
  /** The message namespace, which is the folder's name. */
  readonly namespace: string;
  readonly pages: readonly AreaPage[];
  readonly search?: SearchSource;
  readonly home?: readonly HomePart[];
  readonly tabs?: readonly AreaTab[];
  readonly parts?: readonly AreaPart[];
}
