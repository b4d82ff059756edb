import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryStore, openCache, type ResponseCache } from "@acc/cache";
import { createClaude } from "@acc/claude";
import type { Client, ClientOptions } from "@acc/dual-mode";
import { createGroq } from "@acc/groq";
import { createOpenAI } from "@acc/openai";
import { type CallRecord, clientVariables, createAccess, createServer } from "@acc/server";
import { afterEach, beforeEach, expect } from "vitest";
import { processesWith } from "../../packages/dual-mode/test/cli/process-table.ts";
import { type Listening, listen } from "../../packages/server/test/support/listen.ts";
import {
  type Answer,
  type LoopbackServer,
  startLoopbackServer,
} from "../../scripts/loopback-server.ts";
import { answerEvents, openStream, type Vendor } from "../../scripts/vendor-answers.ts";
import { type Files, writeFiles } from "./used-home.ts";

/** How a program has ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs. */
export interface RunningProgram {
  readonly end: Promise<Ended>;
  /** What it has written to stdout so far. */
  said(): string;
  kill(signal: NodeJS.Signals): void;
}

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

const ownerToken = "owner-token-of-these-programs-0123456789";

/** What the names mean that programs ask for by themselves. */
const models = {
  "claude-*": "groq/openai/gpt-oss-120b",
  "gpt-*": "claude/claude-sonnet-5-5",
  fast: "claude/claude-haiku-5-5",
};

/**
 * A server in front of real clients of ours, whose vendors are played by one server of loopback, and
 * programs that know its address alone, each with a HOME of its own. After a test no process is left,
 * and no call is unaccounted for.
 */
export class ServedScene {
  /** The folder in which programs run. */
  folder = "";
  /** Who is asked in the end. */
  vendor: LoopbackServer = undefined as never;
  readonly calls: CallRecord[] = [];
  #root = "";
  #mark = "";
  #server: Listening | undefined;
  #clients: readonly Client[] = [];
  #cache: ResponseCache | undefined;

  constructor() {
    beforeEach(() => this.#open());
    afterEach(() => this.#close());
  }

  get url(): string {
    return this.#server?.url ?? "";
  }

  /** How the vendor answers: the first request by the first, all after the last by the last. */
  plays(...answers: readonly Answer[]): void {
    let count = 0;
    this.vendor.answer = (response, request) => {
      const answer = answers[Math.min(count, answers.length - 1)];
      count += 1;
      return answer?.(response, request);
    };
  }

  /** Has the vendor begin an answer and say no more; tells whether its reader has left. */
  stalls(vendor: Vendor): () => boolean {
    let isLeft = false;
    this.vendor.answer = (response) => {
      response.once("close", () => {
        isLeft = true;
      });
      openStream(response);
      for (const event of beginningOf(vendor)) response.write(event);
    };
    return () => isLeft;
  }

  /** The client is gone: so is the vendor's answer, and the call is told of as left. */
  async expectLeft(isLeft: () => boolean): Promise<void> {
    await expect.poll(isLeft, patience).toBe(true);
    const left = { status: 499, code: "ABORTED" };
    await expect.poll(() => this.calls, patience).toMatchObject([left]);
  }

  write(files: Files): void {
    writeFiles(this.folder, files);
  }

  /** Files of the program's HOME. */
  atHome(files: Files): void {
    writeFiles(join(this.#root, "home"), files);
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  /** Starts a program that finds the server by its environment. */
  start(
    command: string,
    args: readonly string[],
    { env = {}, input = "" }: ProgramOptions = {},
  ): RunningProgram {
    const child = spawn(command, args, {
      cwd: this.folder,
      env: {
        PATH: process.env.PATH,
        HOME: join(this.#root, "home"),
        TMPDIR: join(this.#root, "temp"),
        ACC_E2E_RUN: this.#mark,
        ...clientVariables(this.url, ownerToken),
        ...env,
      },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (text) => {
      stdout += text;
    });
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
    const end = once(child, "close").then(([code, signal]) => ({ code, signal, stdout, stderr }));
    return { end, said: () => stdout, kill: (signal) => void child.kill(signal) };
  }

  /** Bodies that the vendor was sent, oldest first. */
  bodies(): readonly string[] {
    return this.vendor.requests.map(({ body }) => body);
  }

  async #open(): Promise<void> {
    this.#root = mkdtempSync(join(tmpdir(), "acc-e2e-served-"));
    this.#mark = this.#root;
    this.folder = join(this.#root, "scratch");
    for (const name of ["scratch", "home", "temp"]) mkdirSync(join(this.#root, name));
    this.calls.length = 0;
    this.vendor = await startLoopbackServer((response) => void response.writeHead(500).end());
    this.#cache = openCache({ store: memoryStore() });
    const options: ClientOptions = {
      ...{ only: "sdk", secrets: false, retry: 0, apiKey: "dummy-key" },
      cache: this.#cache,
      baseUrl: this.vendor.url,
    };
    const clients = {
      claude: createClaude(options),
      groq: createGroq(options),
      openai: createOpenAI({ ...options, api: "responses" }),
    };
    this.#clients = Object.values(clients);
    const access = createAccess({ ownerToken });
    const onCall = (call: CallRecord) => this.calls.push(call);
    this.#server = await listen(createServer({ clients, models, access, onCall }));
  }

  async #close(): Promise<void> {
    try {
      await expect.poll(() => processesWith(`ACC_E2E_RUN=${this.#mark}`), patience).toEqual([]);
    } finally {
      for (const pid of processesWith(`ACC_E2E_RUN=${this.#mark}`)) process.kill(pid, "SIGKILL");
      await this.#server?.close();
      await Promise.all(this.#clients.map((client) => client.close()));
      await this.#cache?.close();
      await this.vendor.close();
      rmSync(this.#root, { recursive: true, force: true });
    }
  }
}

/** The events of an answer up to its first word, which is "Hel". */
export function beginningOf(vendor: Vendor): readonly string[] {
  const all = answerEvents(vendor, ["Hel", "lo"]);
  return all.slice(0, all.findIndex((event) => event.includes("Hel")) + 1);
}

export const patience = { timeout: 30_000, interval: 50 };
