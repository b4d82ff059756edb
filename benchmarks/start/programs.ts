import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { key } from "../harness/dummy-key.ts";
import type { NodeBinary } from "./nodes.ts";

/** What Node.js is started with. */
export interface Program {
  readonly name: string;
  readonly args: readonly string[];
  /** How many times bare Node.js it may take. */
  readonly atMost: number;
}

export type Environment = Readonly<Record<string, string>>;

const packages = [
  ...["secrets", "cache", "dual-mode"],
  ...["claude", "gemini", "groq", "openai"],
] as const;
const main = fileURLToPath(new URL("../../packages/cli/dist/main.cjs", import.meta.url));
const question = "Say hello in 2 pieces";
const chat = [main, "chat", "-p", "claude", question];

export const bare: Program = { name: "node -e 0", args: ["-e", "0"], atMost: 1 };

export function programs(folder: string): Program[] {
  const imports = packages.map((name) => {
    const file = join(folder, `${name}.mjs`);
    writeFileSync(file, `import ${JSON.stringify(import.meta.resolve(`@acc/${name}`))};\n`);
    return { name: `import "@acc/${name}"`, args: [file], atMost: 1.6 };
  });
  return [
    ...imports,
    { name: "acc --version", args: [main, "--version"], atMost: 1.6 },
    { name: "acc chat, cached", args: chat, atMost: 2.5 },
    { name: "acc chat, cached, no provider named", args: [main, "chat", question], atMost: 2.5 },
  ];
}

/** A home of its own and a dummy key, and nothing else of this machine. */
export function environment(home: string, url: string): Environment {
  return { HOME: home, ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: url };
}

/** The call that the vendor answers, and another, which leaves its compiled code behind. */
export async function fillCaches({ path }: NodeBinary, env: Environment): Promise<void> {
  for (let call = 0; call < 2; call++) {
    const child = spawn(path, chat, { env, stdio: ["ignore", "ignore", "inherit"] });
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`acc chat ended with ${code}`);
  }
}

export function run({ path }: NodeBinary, { name, args }: Program, env: Environment): void {
  const { status, stderr } = spawnSync(path, args, {
    env,
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
}
