import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach } from "vitest";
import {
  type Answer,
  type LoopbackServer,
  startLoopbackServer,
} from "../../../scripts/loopback-server.ts";

export const command = fileURLToPath(new URL("../dist/acc-groq.js", import.meta.url));
export const key = "dummy-key-0123456789";

export function commandScene() {
  let home = "";
  let server: LoopbackServer | undefined;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "acc-groq-"));
  });

  afterEach(async () => {
    await server?.close();
    server = undefined;
    rmSync(home, { recursive: true, force: true });
  });

  function start(args: readonly string[], env: Record<string, string> = { GROQ_API_KEY: key }) {
    return spawn(process.execPath, [command, ...args], {
      env: { PATH: process.env.PATH, HOME: home, GROQ_BASE_URL: server?.url ?? "", ...env },
    });
  }

  async function acc(args: readonly string[], stdin: string, env?: Record<string, string>) {
    const child = start(args, env);
    child.stdin.end(stdin);
    const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { stdout, stderr, exit: await exit };
  }

  async function serve(answer: Answer): Promise<LoopbackServer> {
    server = await startLoopbackServer(answer);
    return server;
  }

  return {
    get home() {
      return home;
    },
    start,
    acc,
    serve,
  };
}
