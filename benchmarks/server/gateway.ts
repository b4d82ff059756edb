import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { freePort } from "../../scripts/free-port.ts";
import { key } from "../harness/dummy-key.ts";
import { token } from "./token.ts";

/** One address that is asked for chat completions, in a process of its own. */
export interface Gateway extends Disposable {
  readonly url: string;
  /** The model by the name that it has here. */
  readonly model: string;
  readonly headers: Readonly<Record<string, string>>;
}

const model = "openai/gpt-oss-120b";
const authorization = `Bearer ${key}`;
const json = { "content-type": "application/json" };

/** Whoever speaks OpenAI's wire already: the vendor itself. */
export function bare(upstream: string): Gateway {
  const url = `${upstream}/openai/v1/chat/completions`;
  return { url, model, headers: { ...json, authorization }, [Symbol.dispose]() {} };
}

/** One of the programs of this folder, which tells its address when it listens. */
export async function started(file: string, ...args: readonly string[]): Promise<Gateway> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, { execArgv: [] });
  const [origin] = (await once(child, "message")) as [string];
  const url = `${origin}/v1/chat/completions`;
  const headers = { ...json, authorization: `Bearer ${token}` };
  return { url, model: `groq/${model}`, headers, [Symbol.dispose]: () => end(child) };
}

/** Portkey's gateway as its package starts it, in front of the same vendor. */
export async function portkey(upstream: string): Promise<Gateway> {
  const port = await freePort();
  const main = fileURLToPath(
    new URL("../node_modules/@portkey-ai/gateway/build/start-server.js", import.meta.url),
  );
  const child = spawn(process.execPath, [main, `--port=${port}`, "--headless"], {
    stdio: "ignore",
  });
  const origin = `http://127.0.0.1:${port}`;
  await listening(origin, child);
  return {
    url: `${origin}/v1/chat/completions`,
    model,
    headers: {
      ...json,
      authorization,
      "x-portkey-provider": "openai",
      "x-portkey-custom-host": `${upstream}/openai/v1`,
    },
    [Symbol.dispose]: () => end(child),
  };
}

async function listening(origin: string, child: ChildProcess): Promise<void> {
  for (let waited = 0; waited < 200 && child.exitCode === null; waited++) {
    const answered = await fetch(origin).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${origin} does not answer`);
}

function end(child: ChildProcess): void {
  child.kill("SIGKILL");
}
