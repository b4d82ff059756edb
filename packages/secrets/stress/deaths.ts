import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { openSecrets } from "@acc/secrets";

const rounds = 30;
const beside = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

export interface DeathFigures {
  readonly name: string;
  readonly deaths: number;
  readonly acknowledged: number;
  /** What is wrong: a name that was lost, a writer that was kept out, a file that was left. */
  readonly problems: readonly string[];
}

/** Where a writer runs; it is made anew for each. */
type Place = (folder: string) => readonly string[];

const node: Place = () => [process.execPath];
const container: Place = () => [
  "unshare",
  "-mpf",
  "--mount-proc",
  "--kill-child",
  process.execPath,
];

/** The machine after a reboot: another boot id, and nothing else. */
const nextBoot: Place = (folder) => {
  const id = join(folder, `boot-${Math.random()}`);
  writeFileSync(id, `${crypto.randomUUID()}\n`);
  const bind = `mount --bind ${id} /proc/sys/kernel/random/boot_id && exec "$@"`;
  return ["unshare", "-m", "sh", "-c", bind, "sh", process.execPath];
};

/** Writers that die in one place and are followed by one in the next. */
export async function dieEverywhere(): Promise<readonly DeathFigures[]> {
  const figures = [await inTurn("worker threads", [node], "./threads.mjs")];
  if (spawnSync("unshare", ["-mpf", "true"]).status !== 0) {
    console.log("SKIPPED: deaths in namespaces and boots need root (Linux).");
    if (process.env.CI) throw new Error("CI must be able to make namespaces.");
    return figures;
  }
  figures.push(await inTurn("containers that are made anew", [container], "./writer.mjs"));
  figures.push(await inTurn("boots", [nextBoot], "./writer.mjs"));
  figures.push(await inTurn("all of them", [container, node, nextBoot], "./writer.mjs"));
  return figures;
}

async function inTurn(
  name: string,
  places: readonly Place[],
  program: string,
): Promise<DeathFigures> {
  const folder = mkdtempSync(join(tmpdir(), "acc-stress-"));
  const directory = join(folder, "store");
  mkdirSync(directory, { mode: 0o700 });
  const problems: string[] = [];
  let acknowledged = -1;
  try {
    for (let round = 0; round < rounds; round += 1) {
      const place = places[round % places.length] ?? node;
      const [command = "", ...args] = place(folder);
      const given = [beside(program), directory, "0", `${acknowledged + 1}`, "40", "5000"];
      const child = spawn(command, [...args, ...given], { stdio: ["ignore", "pipe", "inherit"] });
      const heard = await listen(child);
      if (heard.problem) problems.push(`round ${round}: ${heard.problem}`);
      acknowledged = Math.max(acknowledged, heard.last);
    }
    problems.push(...(await afterwards(directory, acknowledged)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { name, deaths: rounds, acknowledged: acknowledged + 1, problems };
}

/** Kills the writer at random, once it was heard of; whoever is kept out says nothing. */
async function listen(child: ChildProcess): Promise<{ last: number; problem: string }> {
  let text = "";
  let killed = false;
  const closed = new Promise((resolve) => child.once("close", resolve));
  const first = new Promise<void>((resolve) => {
    child.stdout?.on("data", (chunk) => {
      text += chunk;
      resolve();
    });
  });
  const patience = sleep(15_000).then(() => "late");
  const came = await Promise.race([first.then(() => "first"), patience, closed]);
  if (came === "first") {
    await sleep(Math.random() * 60);
    killed = child.exitCode === null;
  }
  child.kill("SIGKILL");
  await closed;
  const last = Number(text.slice(0, text.lastIndexOf("\n")).split("\n").at(-1) || -1);
  return { last, problem: killed ? "" : `the writer was kept out (${came})` };
}

async function afterwards(directory: string, acknowledged: number): Promise<string[]> {
  await using secrets = await openSecrets({ directory, env: {}, lockTimeout: 5_000 });
  await secrets.set("after_the_storm", "one-more-write");
  const problems = (await secrets.verifyAudit()).problems.map(({ message }) => message);
  for (let count = Math.max(0, acknowledged - 39); count <= acknowledged; count += 1) {
    const value = (await secrets.get(`writer_0_name_${count % 40}`))?.reveal() ?? "";
    if (Number(value.replace("stress-value-", "")) < count) problems.push(`${count} is lost`);
  }
  const left = readdirSync(directory).filter((name) => /\.tmp|\.owner/.test(name));
  return left.length > 0 ? [...problems, `left over: ${left.join(", ")}`] : problems;
}
