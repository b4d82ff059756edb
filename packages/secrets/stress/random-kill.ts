import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { openSecrets } from "@acc/secrets";

const namesOfAWriter = 40;
const beside = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

export interface KillFigures {
  acknowledged: number;
  kills: number;
  lost: number;
  torn: number;
  auditLines: number;
  auditProblems: number;
  leftovers: readonly string[];
  seconds: number;
}

class Writer {
  readonly #directory: string;
  readonly #number: number;
  /** The last acknowledged count. */
  acknowledged = -1;
  #child: ChildProcess | undefined;

  constructor(directory: string, number: number) {
    this.#directory = directory;
    this.#number = number;
  }

  /** Every second writer has no native lock, so the two kinds of lock meet. */
  start(): void {
    const first = this.acknowledged + 1;
    const preload = this.#number % 2 === 0 ? [] : ["--import", beside("./without-native.mjs")];
    const args = [...preload, beside("./writer.mjs"), this.#directory, `${this.#number}`];
    const child = spawn(process.execPath, [...args, `${first}`, `${namesOfAWriter}`], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    child.stdout?.on("data", (chunk) => {
      text += chunk;
      const lines = text.split("\n");
      text = lines.pop() ?? "";
      if (lines.length > 0) this.acknowledged = Number(lines.at(-1));
    });
    this.#child = child;
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null) throw new Error("A writer ended by itself.");
    const closed = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGKILL");
    await closed;
  }

  /** Names whose stored count is lower than the acknowledged one. */
  lost(stored: ReadonlyMap<string, number>): number {
    let lost = 0;
    const from = Math.max(0, this.acknowledged - namesOfAWriter + 1);
    for (let count = from; count <= this.acknowledged; count += 1) {
      const name = `writer_${this.#number}_name_${count % namesOfAWriter}`;
      if ((stored.get(name) ?? -1) < count) lost += 1;
    }
    return lost;
  }
}

/** Writers that are killed at random until so many writes were acknowledged. */
export async function randomKill(
  directory: string,
  writers: number,
  enough: number,
): Promise<KillFigures> {
  const started = performance.now();
  const all = Array.from({ length: writers }, (_, number) => new Writer(directory, number));
  const figures = { kills: 0, lost: 0, torn: 0 };
  for (const writer of all) writer.start();
  const total = (): number => all.reduce((sum, writer) => sum + writer.acknowledged + 1, 0);
  while (total() < enough) {
    await sleep(Math.random() * 250);
    const victim = all[Math.floor(Math.random() * all.length)] as Writer;
    await victim.kill();
    figures.kills += 1;
    const stored = await read(directory).catch(() => undefined);
    if (!stored) figures.torn += 1;
    else figures.lost += victim.lost(stored);
    victim.start();
  }
  await Promise.all(all.map((writer) => writer.kill()));
  const seconds = Math.round((performance.now() - started) / 1000);
  const last = await afterwards(directory, all);
  return { ...figures, ...last, lost: figures.lost + last.lost, acknowledged: total(), seconds };
}

async function afterwards(
  directory: string,
  writers: readonly Writer[],
): Promise<Pick<KillFigures, "lost" | "auditLines" | "auditProblems" | "leftovers">> {
  await using secrets = await openSecrets({ directory, env: {} });
  await secrets.set("after_the_storm", "one-more-write");
  const stored = await read(directory);
  const report = await secrets.verifyAudit();
  return {
    lost: writers.reduce((sum, writer) => sum + writer.lost(stored), 0),
    auditLines: report.lines,
    auditProblems: report.problems.length,
    leftovers: readdirSync(directory).filter((name) => /\.tmp|\.owner/.test(name)),
  };
}

async function read(directory: string): Promise<Map<string, number>> {
  const stored = new Map<string, number>();
  if (!readdirSync(directory).includes("acc-secrets.json")) return stored;
  await using secrets = await openSecrets({ directory, env: {} });
  for (const name of await secrets.list()) {
    const value = (await secrets.get(name))?.reveal() ?? "";
    stored.set(name, Number(value.replace("stress-value-", "")));
  }
  return stored;
}
