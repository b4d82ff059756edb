import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, vi } from "vitest";
import {
  type Answer,
  type LoopbackServer,
  startLoopbackServer,
} from "../../scripts/loopback-server.ts";
import { filesIn } from "./files-in.ts";

/** A HOME and a TMPDIR of its own for each test, which must be after it as they were before. */
export class Scene {
  home = "";
  temp = "";
  /** A folder for the test's own files. */
  own = "";
  #folder = "";
  #homeIsKept = false;
  #servers: LoopbackServer[] = [];

  constructor() {
    beforeEach(() => this.#open());
    afterEach(() => this.#close());
  }

  /** The test puts something there itself, and looks after it itself. */
  keepsHome(): void {
    this.#homeIsKept = true;
  }

  async serve(answer: Answer): Promise<LoopbackServer> {
    const server = await startLoopbackServer(answer);
    this.#servers.push(server);
    return server;
  }

  #open(): void {
    this.#folder = mkdtempSync(join(tmpdir(), "acc-e2e-"));
    this.home = join(this.#folder, "home");
    this.temp = join(this.#folder, "temp");
    this.own = join(this.#folder, "own");
    for (const folder of [this.home, this.temp, this.own]) mkdirSync(folder);
    vi.stubEnv("HOME", this.home);
    vi.stubEnv("TMPDIR", this.temp);
    vi.stubEnv("ACC_E2E_CANARY", canary);
    vi.stubEnv("OPENAI_API_KEY", canary);
    for (const name of keyVariables) vi.stubEnv(name, undefined);
  }

  async #close(): Promise<void> {
    await Promise.all(this.#servers.splice(0).map((server) => server.close()));
    const left = [...(this.#homeIsKept ? [] : filesIn(this.home)), ...filesIn(this.temp)];
    this.#homeIsKept = false;
    vi.unstubAllEnvs();
    rmSync(this.#folder, { recursive: true, force: true });
    expect(left, "left behind in HOME or TMPDIR").toEqual([]);
  }
}

/** Stands in the environment and must never be sent. */
export const canary = "canary-of-the-environment";

const keyVariables = [
  "ANTHROPIC_API_KEY",
  "ANTHROPIC_AUTH_TOKEN",
  "ANTHROPIC_BASE_URL",
  "CLAUDE_CONFIG_DIR",
  "GEMINI_API_KEY",
  "GOOGLE_API_KEY",
  "GOOGLE_GEMINI_BASE_URL",
  "GROQ_API_KEY",
  "GROQ_BASE_URL",
];
