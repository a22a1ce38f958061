import "@mantine/core/styles.css";
import "../ui/base.css";
import "../ui/fonts.ts";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startI18n } from "../ui/i18n.ts";
import { publishNonce } from "../ui/nonce.ts";
import { PreferencesProvider, rememberedPreferences } from "../ui/preferences.tsx";
import { makeQueryClient } from "../ui/query.ts";
import { ShortcutsProvider } from "../ui/shortcuts.tsx";
import { watchForNewVersion } from "./new-version.ts";
import { askEarly } from "./require-session.ts";
import { makeRouter } from "./router.tsx";

publishNonce();
watchForNewVersion();
const queryClient = makeQueryClient();
const router = makeRouter(queryClient);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

askEarly(queryClient, window.location.pathname);
await startI18n(rememberedPreferences().locale);
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <PreferencesProvider>
        <ShortcutsProvider>
          <RouterProvider router={router} />
        </ShortcutsProvider>
      </PreferencesProvider>
    </QueryClientProvider>
  </StrictMode>,
);
