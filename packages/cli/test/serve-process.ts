import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { type AccHome, accMain } from "./acc.ts";

/** A running `acc serve`. */
export interface ServeProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** The address that opens its page once. */
  readonly page: string;
  /** All that it has written, on both streams. */
  said(): string;
  /** Waits for its end; gives its exit code, or the signal that ended it. */
  ended(): Promise<number | NodeJS.Signals | null>;
}

/** Starts `acc serve` on a free port and waits until it listens. */
export async function startServe(
  { path }: AccHome,
  { env = {}, args = [] }: { readonly env?: NodeJS.ProcessEnv; readonly args?: readonly string[] },
): Promise<ServeProcess> {
  const child = spawn(process.execPath, [accMain, "serve", "--port", "0", "--json", ...args], {
    cwd: path,
    env: { HOME: path, PATH: `${process.execPath.replace(/\/[^/]*$/, "")}:/bin`, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (text) => {
    said += text;
  });
  child.stderr.on("data", (text) => {
    said += text;
  });
  const end = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await end;
  });
  const first = once(createInterface(child.stdout), "line").then(([line]) => line as string);
  const early = end.then(([code]) => {
    throw new Error(`acc serve ended with ${code}:\n${said}`);
  });
  const { url, page } = JSON.parse(await Promise.race([first, early]));
  early.catch(() => {});
  const ended = async () => {
    const [code, signal] = await end;
    return code ?? signal;
  };
  return { child, url, page, said: () => said, ended };
}
