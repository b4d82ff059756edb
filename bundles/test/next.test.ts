import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultAnswer } from "../../scripts/mock-server.ts";
import { accGroq, fixture, installed, withServer } from "./app.ts";

const next = fileURLToPath(new URL("../node_modules/next/dist/bin/next", import.meta.url));
const still = { NEXT_TELEMETRY_DISABLED: "1", CI: "1" };

/** Beside the bundlers, for Next.js and React are found from where the app is. */
const app = mkdtempSync(fileURLToPath(new URL("../next-", import.meta.url)));

afterAll(() => rmSync(app, { recursive: true, force: true }));

beforeAll(async () => {
  cpSync(fixture("next"), app, { recursive: true });
  cpSync(join(installed, "node_modules"), join(app, "node_modules"), { recursive: true });
  const env = { ...process.env, ...still, NODE_ENV: "production" };
  const build = spawn(process.execPath, [next, "build"], { cwd: app, env, timeout: 380_000 });
  const said = Promise.all([text(build.stdout), text(build.stderr)]);
  const [code] = await once(build, "exit");
  expect(code, (await said).join("")).toBe(0);
  expect(existsSync(join(app, ".next"))).toBe(true);
}, 400_000);

/** What a server of the built app answers, and what it says. */
async function asked(mode: string, more: Readonly<Record<string, string>>) {
  return withServer(async (env) => {
    const server = spawn(process.execPath, [next, "start", "-p", "0", "-H", "127.0.0.1"], {
      cwd: app,
      env: { ...env, ...still, ...more, NODE_ENV: "production" },
    });
    try {
      const { url, said } = await listening(server);
      const response = await fetch(`${url}/ask?mode=${mode}`);
      return { status: response.status, body: await response.text(), said };
    } finally {
      server.kill("SIGKILL");
      await once(server, "close");
    }
  });
}

/** The address that the server tells, and all that it says. */
async function listening(server: ChildProcess): Promise<{ url: string; said: () => string }> {
  let said = "";
  for (const stream of [server.stdout, server.stderr]) {
    stream?.setEncoding("utf8").on("data", (piece: string) => {
      said += piece;
    });
  }
  for (;;) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
    if (url && said.includes("Ready")) return { url, said: () => said };
    if (server.exitCode !== null) throw new Error(`The server ended: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test.each(["sdk", "cli"])("Next.js: a route answers through the %s", async (mode) => {
  expect(await asked(mode, { CLI: accGroq })).toMatchObject({ status: 200, body: defaultAnswer });
});

test("Next.js: without the command, the server says what to install", async () => {
  const { status, said } = await asked("cli", {});
  expect(status).toBeGreaterThanOrEqual(500);
  expect(said()).toMatch(/CLI_NOT_FOUND.*npm install -g @acc\/groq/);
});
