import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { inject } from "vitest";
import { startMockServer } from "../../scripts/mock-server.ts";

/** What the app says of one mode. */
export interface Told {
  readonly mode?: string;
  readonly text?: string;
  readonly code?: string;
  readonly reason?: string;
  readonly fix?: string;
}

/** The packages as installed, without the app. */
export const installed: string = inject("installed");

/** The real command of a provider, as it would lie outside of any bundle. */
export const accGroq: string = join(installed, "node_modules/@acc/groq/dist/acc-groq.js");

/** Writes the app of one provider, and gives its path; a bundler may write into its `out`. */
export function writeApp(name: string): { entry: string; out: string } {
  const source = readFileSync(fixture("app.mjs"), "utf8");
  const create = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  const folder = mkdtempSync(join(installed, `${name}-`));
  const entry = join(folder, "app.mjs");
  writeFileSync(entry, source.replaceAll("PROVIDER", create).replaceAll("PACKAGE", name));
  return { entry, out: join(folder, "out") };
}

/** A file or folder of `fixtures`. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
}

/** An environment in which keys are known and nothing of this machine's user is. */
export async function withServer<T>(
  use: (env: Readonly<Record<string, string>> & { readonly HOME: string }) => Promise<T>,
): Promise<T> {
  const server = await startMockServer();
  const home = mkdtempSync(join(tmpdir(), "acc-bundles-"));
  const key = "made-up-key-0123456789";
  const keys = { GROQ_API_KEY: key, ANTHROPIC_API_KEY: key, GEMINI_API_KEY: key };
  try {
    return await use({ PATH: "/usr/bin:/bin", HOME: home, BASE_URL: server.url, ...keys });
  } finally {
    await server.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/**
 * Runs a built app far from any `node_modules`, as it runs where a bundle alone is deployed, and gives
 * what it says of each mode.
 */
export function run(
  built: string,
  file: string,
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly sdk: Told; readonly cli: Told }> {
  return withServer(async (env) => {
    const place = join(env.HOME, "deployed");
    mkdirSync(place);
    cpSync(built, place, { recursive: true });
    const child = spawn(process.execPath, [file], { cwd: place, env: { ...env, ...more } });
    const [told, said] = await Promise.all([text(child.stdout), text(child.stderr)]);
    try {
      return JSON.parse(told);
    } catch {
      throw new Error(`The app said no JSON: ${told}${said}`);
    }
  });
}
