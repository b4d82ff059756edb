/**
 * The source of the fake command. It reads from its own folder what to play, and writes there what
 * it received.
 */
export const fakeCommandSource = `#!/usr/bin/env node
import { spawn } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const args = process.argv.slice(2);
const { probes, scripts, dialogue } = JSON.parse(readFileSync(join(here, "plays.json"), "utf8"));
const probe = probes.find((each) => each.args.join("\\0") === args.join("\\0"));
if (probe === undefined) await answer();
else process.stdout.write(probe.stdout);

async function answer() {
  const stdin = dialogue === undefined ? await text(process.stdin) : await talk();
  const content = [stdin, ...args, ...ownFiles()].join("\\n");
  const surroundings = { ...process.env, PWD: process.cwd() };
  note({ pid: process.pid, exposed: args.join("\\n"), content, surroundings });
  const play = scripts.findLast(({ mark }) => content.includes(mark));
  const { steps, ending, stderr = "" } = play.script;
  for (const step of steps) await take(step);
  process.stderr.write(stderr);
  if (ending === "cut") process.kill(process.pid, "SIGKILL");
  if (typeof ending === "number") process.exitCode = ending;
}

/** Answers requests, up to the one behind which the answer comes; gives all that was said. */
async function talk() {
  let said = "";
  for await (const line of createInterface({ input: process.stdin })) {
    said += line + "\\n";
    const { id, method } = JSON.parse(line);
    if (id === undefined) continue;
    const result = dialogue.results[method] ?? {};
    process.stdout.write(JSON.stringify({ id, result }) + "\\n");
    if (method === dialogue.begins) break;
  }
  process.stdin.destroy();
  return said;
}

async function take(step) {
  if (step.write !== undefined) await write(Buffer.from(step.write));
  for (let left = step.flood ?? 0; left > 0; left -= 65536) await write("x".repeat(65536));
  if (step.wait !== undefined) await setTimeout(step.wait);
  if (step.fork) note({ pid: fork() });
  while (step.hold && !existsSync(join(here, "released"))) await setTimeout(20);
}

async function write(bytes) {
  const first = typeof bytes === "string" ? -1 : bytes.findIndex((byte) => byte >= 0x80);
  for (const piece of first < 0 ? [bytes] : [bytes.subarray(0, first + 1), bytes.subarray(first + 1)]) {
    await new Promise((resolve) => process.stdout.write(piece, resolve));
    if (first >= 0) await setTimeout(20);
  }
}

function fork() {
  const script = "setTimeout(() => {}, 120000)";
  return spawn(process.execPath, ["-e", script], { stdio: "ignore" }).pid;
}

/** The files of this run's private folder, which its working and its temporary folder share. */
function ownFiles() {
  const root = dirname(process.cwd());
  if (dirname(process.env.TMPDIR ?? "") !== root) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name), "utf8"));
}

function note(what) {
  appendFileSync(join(here, "runs.jsonl"), JSON.stringify(what) + "\\n");
}
`;
