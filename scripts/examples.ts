import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { fixtures } from "./examples/fixtures.ts";
import { guidePrograms } from "./examples/guide.ts";
import { type ExampleRun, runs } from "./examples/runs.ts";
import { startMockServer } from "./mock-server.ts";
import { root } from "./steps/root.ts";

const longest = 60;
const folder = join(root, "examples");
const tsx = import.meta.resolve("tsx");
const problems: string[] = [];

const files = ["", "ai-sdk/"].flatMap((place) =>
  readdirSync(join(folder, place)).map((name) => `${place}${name}`),
);
for (const file of files.filter((name) => name.endsWith(".ts"))) {
  const lines = readFileSync(join(folder, file), "utf8").trimEnd().split("\n").length;
  if (lines > longest) problems.push(`${file} has ${lines} lines, ${longest} at most`);
  if (!runs.some((run) => run.file === file)) problems.push(`${file} is run by nothing`);
}
await runAll(runs);
// Each with a server of its own, which counts from the beginning.
for (const program of guidePrograms()) await runAll([program]);
if (problems.length > 0) {
  console.log(problems.join("\n\n"));
  process.exitCode = 1;
}

async function runAll(programs: readonly ExampleRun[]): Promise<void> {
  const server = await startMockServer({ fixtures });
  try {
    for (const run of programs) problems.push(...(await runExample(run, server.url)));
  } finally {
    await server.close();
  }
}

/**
 * Runs it against the mock server in an empty home, with the given variables and no others. It
 * runs there and not at the root, whose tsconfig.json would give it the sources for the packages.
 */
async function runExample(run: ExampleRun, url: string): Promise<string[]> {
  const home = mkdtempSync(join(tmpdir(), "acc-example-"));
  const commands = join(home, "bin");
  mkdirSync(commands);
  try {
    const child = spawn(process.execPath, ["--import", tsx, resolve(folder, run.file)], {
      cwd: home,
      env: {
        HOME: home,
        PATH: commands,
        TMPDIR: home,
        ANTHROPIC_BASE_URL: url,
        GOOGLE_GEMINI_BASE_URL: url,
        GROQ_BASE_URL: url,
        OWN_SERVER_URL: `${url}/v1`,
        ...run.env,
      },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 60_000,
    });
    const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
    const [stdout, stderr, exitCode] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      exited,
    ]);
    const missing = run.prints.filter((line) => !`${stdout}${stderr}`.includes(line));
    const quiet = run.exitCode !== 0 || stderr === "";
    const good = exitCode === run.exitCode && missing.length === 0 && quiet;
    console.log(`${good ? "ok    " : "FAILED"}  ${run.file}, given ${run.given}`);
    if (good) return [];
    const what = [
      `${run.file}, given ${run.given}: exit code ${exitCode}, expected ${run.exitCode}`,
      ...missing.map((line) => `did not print: ${line}`),
      `${stdout}${stderr}`,
    ];
    return [what.join("\n")];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
