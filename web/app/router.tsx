import type { QueryClient } from "@tanstack/react-query";
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from "@tanstack/react-router";
import { type ComponentType, lazy } from "react";
import type { AddedPart } from "../ui/added-parts.tsx";
import type { AddedTab } from "../ui/added-tabs.tsx";
import type { Area, AreaPage } from "../ui/area-contract.ts";
import { loadMessages } from "../ui/i18n.ts";
import { openHistory } from "./address.ts";
import { areas } from "./areas.ts";
import { PageError, PageMissing, PagePending } from "./page-states.tsx";
import { requireSession } from "./require-session.ts";

/** The whole map of addresses: sign-in, and behind it the shell with Home and the pages of the areas, each fetched when first opened. */
export function makeRouter(queryClient: QueryClient) {
  const root = createRootRoute({ component: Outlet, errorComponent: PageError, notFoundComponent: PageMissing });
  const signIn = createRoute({
    getParentRoute: () => root,
    path: "/sign-in",
    component: lazyRouteComponent(() => import("./sign-in/page.tsx"), "SignInPage"),
  });
  const back = createRoute({
    getParentRoute: () => root,
    path: "/sign-in/return",
    component: lazyRouteComponent(() => import("./sign-in/return.tsx"), "ReturnPage"),
  });
  const invitation = createRoute({
    getParentRoute: () => root,
    path: "/invitation",
    component: lazyRouteComponent(() => import("./invitation/page.tsx"), "InvitationPage"),
  });
  const shell = createRoute({
    getParentRoute: () => root,
    id: "shell",
    beforeLoad: ({ location }) => requireSession(queryClient, location.href),
    component: lazyRouteComponent(() => import("./shell/shell.tsx"), "Shell"),
    errorComponent: PageError,
  });
  const home = createRoute({
    getParentRoute: () => shell,
    path: "/",
    component: lazyRouteComponent(() => import("./home/page.tsx"), "HomePage"),
  });
  const pages = areas.flatMap((area) =>
    area.pages.map((page) =>
      createRoute({
        getParentRoute: () => shell,
        path: page.path,
        component: lazyRouteComponent(() => loadPage(area, page), "Page"),
        staticData: { permission: page.permission, addedTabs: tabsOf(page.path), addedParts: partsOf(page.path) } as never,
        pendingComponent: PagePending,
        errorComponent: PageError,
      }),
    ),
  );
  const routeTree = root.addChildren([signIn, back, invitation, shell.addChildren([home, ...pages])]);
  return createRouter({
    routeTree,
    history: openHistory(),
    defaultPreload: "intent",
    defaultPreloadDelay: 80,
    scrollRestoration: true,
    defaultPendingMs: 200,
  });
}

/** What other areas add to a page; each is fetched with its words when it is first opened. */
function tabsOf(path: string): readonly AddedTab[] {
  return areas
    .flatMap(({ namespace, tabs = [] }) => tabs.map((tab) => ({ ...tab, namespace })))
    .filter((tab) => tab.page === path)
    .sort((a, b) => a.order - b.order)
    .map(({ id, label, permission, load, namespace }) => ({ id, label, permission, Content: withMessages(load, namespace) }));
}

function partsOf(path: string): readonly AddedPart[] {
  return areas
    .flatMap(({ namespace, parts = [] }) => parts.map((part) => ({ ...part, namespace })))
    .filter((part) => part.page === path)
    .sort((a, b) => a.order - b.order)
    .map(({ id, spot, permission, load, namespace }) => ({ id, spot, permission, Content: withMessages(load, namespace) }));
}

function withMessages(load: () => Promise<ComponentType<{ id: string }>>, namespace: string): ComponentType<{ id: string }> {
  return lazy(async () => {
    const [content] = await Promise.all([load(), loadMessages(namespace)]);
    return { default: content };
  });
}

/** A page together with its words. */
async function loadPage(area: Area, page: AreaPage): Promise<{ Page: ComponentType }> {
  const [Page] = await Promise.all([page.load(), loadMessages(area.namespace)]);
  return { Page };
}
