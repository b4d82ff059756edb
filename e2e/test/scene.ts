import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, type ClientEvent, type ClientOptions, DualModeError } from "@acc/dual-mode";
import { afterEach, beforeEach, expect, type TestContext, vi } from "vitest";
import { processesWith } from "../../packages/dual-mode/test/cli/process-table.ts";
import {
  type Answer,
  type LoopbackServer,
  type RawRequest,
  startLoopbackServer,
} from "../../scripts/loopback-server.ts";
import { filesIn } from "./files-in.ts";
import { type Allowed, callsIn, expectOnlyTheCall } from "./received.ts";
import { strayVariables } from "./strays.ts";
import { type Ending, endingOf, toRow } from "./table.ts";
import { createClient, type Target } from "./targets.ts";
import { type Files, fillHome, writeFiles } from "./used-home.ts";

/**
 * A HOME, a TMPDIR and an environment of its own for each test. After it, whatever the test looked
 * at itself: both folders are as they were, no process is left, and the servers received nothing but
 * the calls, one request for each attempt.
 */
export class Scene {
  home = "";
  /** A folder for the test's own files. */
  own = "";
  /** How many requests one attempt may make; "any" where the test itself counts them. */
  requestsPerAttempt: readonly number[] | "any" = [1];
  /** Tools that the requests hold; where they are of several vendors, by the request. */
  tools: Allowed["tools"] = [];
  /** The one credential that may be sent. */
  credential = "";
  #temp = "";
  #folder = "";
  #homeBefore: readonly string[] = [];
  #attempts = 0;
  #ending: Ending | undefined;
  #servers: Pick<LoopbackServer, "requests" | "close">[] = [];

  constructor() {
    beforeEach(() => this.#open());
    afterEach((context) => this.#close(context));
  }

  async serve(answer: Answer): Promise<LoopbackServer> {
    const server = await startLoopbackServer(answer);
    this.#servers.push(server);
    return server;
  }

  /** Looks after a server that the test has started: it is closed, and judged by what it received. */
  adopt(server: { requests(): readonly RawRequest[]; close(): Promise<void> }): void {
    this.#servers.push({
      get requests() {
        return [...server.requests()];
      },
      close: () => server.close(),
    });
  }

  /** Puts files into HOME before a client is opened. */
  atHome(files: Files): void {
    writeFiles(this.home, files);
  }

  /** At its first use of a login a CLI notes it in HOME: from now on nothing more may change. */
  homeIsSettled(): void {
    this.#homeBefore = filesIn(this.home);
  }

  /** A client of the target with a key of its own: a refused one would rest for every later client. */
  open(target: Target, baseUrl: string, options: ClientOptions = {}): Client {
    fillHome(this.home, target);
    this.homeIsSettled();
    return createClient(target, {
      apiKey: this.credential,
      baseUrl,
      cli: { env: { ACC_E2E_RUN: this.credential } },
      onEvent: (event) => this.#watch(event),
      ...options,
    });
  }

  /** Processes of this test. */
  processes(): readonly number[] {
    return processesWith(`ACC_E2E_RUN=${this.credential}`);
  }

  /** The error that a call must end with. */
  async failure(call: PromiseLike<unknown>): Promise<DualModeError> {
    const outcome = await Promise.resolve(call).catch((error: unknown) => error);
    if (!DualModeError.is(outcome))
      throw new Error("It did not fail by a code.", { cause: outcome });
    this.#ending = endingOf(outcome);
    return outcome;
  }

  /** Tells of an attempt that a process of the test's own has made. */
  attempted(ending?: Ending): void {
    this.#attempts += 1;
    this.#ending = ending;
  }

  #watch(event: ClientEvent): void {
    if (event.type === "attempt-start") this.attempted();
    if (event.type === "reply") this.#ending = endingOf(event.reply);
  }

  #open(): void {
    this.#folder = mkdtempSync(join(tmpdir(), "acc-e2e-"));
    this.home = join(this.#folder, "home");
    this.#temp = join(this.#folder, "temp");
    this.own = join(this.#folder, "own");
    for (const folder of [this.home, this.#temp, this.own]) mkdirSync(folder);
    this.credential = `dummy-key-${randomUUID()}`;
    this.requestsPerAttempt = [1];
    this.tools = [];
    this.#attempts = 0;
    this.#ending = undefined;
    const variables = {
      ...strayVariables,
      HOME: this.home,
      TMPDIR: this.#temp,
      NODE_DISABLE_COMPILE_CACHE: "1",
    };
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  }

  async #close({ task }: TestContext): Promise<void> {
    const requests = this.#servers.flatMap((server) => server.requests);
    await Promise.all(this.#servers.splice(0).map((server) => server.close()));
    const left = { home: filesIn(this.home), temp: filesIn(this.#temp), alive: this.processes() };
    const before = { home: this.#homeBefore, temp: [], alive: [] };
    const { home: folder, credential, tools } = this;
    const folders = [folder, process.cwd()];
    const calls = callsIn(requests).length;
    const allowed =
      this.requestsPerAttempt === "any"
        ? [calls]
        : this.requestsPerAttempt.map((each) => each * this.#attempts);
    task.meta.row = toRow(task, this.#ending);
    try {
      expect(left, "left behind").toEqual(before);
      expectOnlyTheCall(requests, { credential, tools, folders });
      expect(allowed, "requests").toContain(calls);
    } finally {
      vi.unstubAllEnvs();
      rmSync(this.#folder, { recursive: true, force: true });
    }
  }
}
