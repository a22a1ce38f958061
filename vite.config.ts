import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const apiPort = process.env["PORT"] ?? "3000";

export default defineConfig({
  root: "web",
  plugins: [react()],
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    sourcemap: false,
    target: "es2023",
    // A font as data: URL would need font-src data: in the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: "mantine", test: /node_modules\/(@mantine\/(core|hooks|store|notifications)|@floating-ui|clsx)\// },
            { name: "tanstack", test: /node_modules\/@tanstack\/(react-router|router-core|history|react-query|query-core|store|react-store)\// },
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
