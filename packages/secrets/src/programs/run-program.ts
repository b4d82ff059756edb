import { type ChildProcess, spawn } from "node:child_process";
import type { Environment } from "../environment.ts";
import { refused, unavailable, unreadable } from "../outside/store-error.ts";
import { textOf } from "../outside/text-of.ts";
import { findProgram } from "./find-program.ts";

/** One run of a program. */
export interface ProgramCall {
  /** The program and its arguments, run without a shell. */
  readonly argv: readonly string[];
  readonly env: Environment;
  /** Written to stdin, which is then closed. @default nothing */
  readonly input?: string;
  /** How long it may run, in milliseconds. */
  readonly timeout: number;
  /** The most output on each of stdout and stderr, in bytes. */
  readonly mostBytes: number;
}

/** How a program ended, and what it printed. */
export interface ProgramResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * How long to wait for the end of the output after the program has ended, in ms: a background
 * process that it left may hold the output open.
 */
const lastOutput = 250;

const running = new Set<ChildProcess>();
let watched = false;

/**
 * Runs a program in its own process group, and kills whatever is left of the group afterwards.
 *
 * @throws SecretsError `PROGRAM_NOT_FOUND`, `STORE_UNAVAILABLE` if it takes too long,
 * `STORE_ANSWER_INVALID` if it prints too much or no text, `STORE_REFUSED` if it cannot be run
 */
export function runProgram(call: ProgramCall): Promise<ProgramResult> {
  const [name = "", ...args] = call.argv;
  const file = findProgram(name, call.env);
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      env: call.env,
      stdio: "pipe",
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    track(child);
    const stdout = new Output(call.mostBytes);
    const stderr = new Output(call.mostBytes);
    let ended = false;
    let late: NodeJS.Timeout | undefined;
    const end = (finish: () => void) => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      clearTimeout(late);
      killGroup(child);
      running.delete(child);
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
      finish();
    };
    const fail = (error: Error) => end(() => reject(error));
    const timer = setTimeout(() => {
      fail(unavailable(tooSlow(name, call.timeout)));
    }, call.timeout);
    const tooMuch = () => fail(unreadable(`${name} printed more than ${call.mostBytes} bytes.`));
    child.stdout.on("data", (chunk: Buffer) => stdout.add(chunk) || tooMuch());
    child.stderr.on("data", (chunk: Buffer) => stderr.add(chunk) || tooMuch());
    child.stdin.on("error", () => undefined);
    child.once("error", (cause) => fail(refused(`${name} cannot be run.`, cause)));
    const done = (code: number | null) =>
      end(() => {
        if (code === null) return reject(unavailable(`${name} was ended by a signal.`));
        try {
          resolve(resultOf(name, code, stdout.bytes(), stderr.bytes()));
        } catch (error) {
          reject(error);
        }
      });
    child.once("close", done);
    child.once("exit", (code) => {
      if (!ended) late = setTimeout(done, lastOutput, code);
    });
    child.stdin.end(call.input ?? "");
  });
}

/** Reads the output. On success stdout must be text; on failure it may be in any encoding. */
function resultOf(name: string, exitCode: number, stdout: Buffer, stderr: Buffer): ProgramResult {
  const said = exitCode === 0 ? textOf(stdout, name) : stdout.toString("utf8");
  return { exitCode, stdout: said, stderr: stderr.toString("utf8") };
}

function tooSlow(name: string, timeout: number): string {
  const why = "It may be waiting for a person: unlock it, or sign in.";
  return `${name} has not answered within ${timeout} ms. ${why}`;
}

/** The output of one stream, up to a limit. */
class Output {
  readonly #most: number;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Returns false if the output exceeds the limit. */
  add(chunk: Buffer): boolean {
    this.#bytes += chunk.length;
    this.#chunks.push(chunk);
    return this.#bytes <= this.#most;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}

function track(child: ChildProcess): void {
  running.add(child);
  if (watched) return;
  watched = true;
  process.once("exit", endAll);
}

/** Ends the running programs when this process ends. */
function endAll(): void {
  for (const child of running) killGroup(child);
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    if (process.platform === "win32") process.kill(pid, "SIGKILL");
    else process.kill(-pid, "SIGKILL");
  } catch {
    // The process has already ended.
  }
}
