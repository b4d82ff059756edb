import { spawn } from "node:child_process";
import { Failure } from "../../failure.ts";
import { findNpm } from "./find-npm.ts";
import { npmEnvironment } from "./npm-environment.ts";

/** The most output read from npm, in bytes; a document about one package has some ten KB. */
const mostOutput = 16 * 1024 * 1024;

/**
 * Flags of every call. No script is run, whatever npm's settings say. Nothing is fetched by git,
 * since repositories bring scripts and settings that run in spite of that.
 */
const always = [
  ...["--ignore-scripts", "--git=acc-fetches-nothing-by-git", "--location=project"],
  ...["--no-audit", "--no-fund", "--no-update-notifier", "--no-progress", "--loglevel=error"],
  ...["--omit=dev", "--dry-run=false", "--json"],
];

/**
 * Runs npm in a folder of acc's, never in the one that acc is run in. Returns the JSON that npm
 * printed.
 * @throws Failure `PACKAGE_NOT_FOUND`, `NPM_FAILED`; the signal's reason
 */
export async function runNpm(
  args: readonly string[],
  cwd: string,
  signal: AbortSignal,
): Promise<unknown> {
  const { command, args: first } = await findNpm();
  const child = spawn(command, [...first, ...args, ...always], {
    cwd,
    env: npmEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
    signal,
  });
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => {
    const said: Buffer[] = [];
    let bytes = 0;
    stream.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= mostOutput) said.push(chunk);
    });
    return () => Buffer.concat(said).toString();
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    // After an interrupt, npm still writes until it has ended.
    child.on("error", (cause) => {
      if (!signal.aborted) reject(notRun(cause));
    });
    child.on("close", resolve);
  });
  signal.throwIfAborted();
  const printed = parsed(stdout?.() ?? "");
  if (code === 0) return printed;
  throw failed(args[0] ?? "", printed, stderr?.() ?? "");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notRun(cause: Error): Failure {
  const fix = "ACC_NPM_CLI names another npm.";
  return new Failure("NPM_FAILED", `npm could not be run: ${cause.message}.`, fix, cause);
}

/** npm's own reason, from its JSON document or the last lines that it printed. */
function failed(step: string, printed: unknown, stderr: string): Failure {
  const { code = "", summary, detail } = Object(Object(printed).error) as Record<string, unknown>;
  if (code === "E404" || code === "ETARGET") {
    return new Failure(
      "PACKAGE_NOT_FOUND",
      `The registry has no such package or version: ${String(summary)}`,
      "Check its spelling, and which registry npm uses: npm config get registry",
    );
  }
  const lines = stderr.trim().split("\n").slice(-3).join(" ");
  const told = [summary, detail].filter((text) => typeof text === "string" && text !== "");
  const reason = told.join(" ") || lines || "it gave no reason";
  // npm reports a missing git, because the flags name a git that does not exist.
  if (/\bgit\b/i.test(reason)) {
    const told =
      "One of its dependencies comes from git, and only packages from a registry are added.";
    return new Failure("UNSAFE_PACKAGE", told, "Nothing was added. Report it to its author.");
  }
  const fix = "Nothing was added. Check that npm works: npm ping";
  return new Failure("NPM_FAILED", `npm ${step} failed (${code || "no code"}): ${reason}`, fix);
}
