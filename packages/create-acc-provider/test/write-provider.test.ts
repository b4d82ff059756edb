import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { runCreate } from "../src/run-create.ts";

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "acc-create-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A run in a terminal that answers the questions, or outside of one where there are no answers. */
async function create(args: string[], answers?: string[]) {
  const stdin = Object.assign(new PassThrough(), { isTTY: answers !== undefined });
  const stdout = new PassThrough();
  const waiting = [...(answers ?? [])];
  let said = "";
  stdout.on("data", (chunk) => {
    said += chunk;
    if (said.endsWith(": ") && waiting.length > 0) stdin.write(`${waiting.shift()}\n`);
  });
  const code = await runCreate(args, { stdin, stdout, stderr: stdout });
  await setImmediate();
  return { code, said };
}

const source = (folder: string) => readFileSync(join(folder, "src/index.ts"), "utf8");

test("flags make a provider without a question", async () => {
  const folder = emptyFolder();
  const args = [folder, "--id", "acme-cloud", "--model", "big-1", "--key", "ACME_KEY", "--yes"];
  expect(await create(args)).toMatchObject({ code: 0 });
  for (const part of ["createAcmeCloud:", `"big-1"`, `["ACME_KEY"]`, "ACME_CLOUD_BASE_URL"]) {
    expect(source(folder)).toContain(part);
  }
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  expect(manifest.name).toBe("acc-provider-acme-cloud");
});

test("in a terminal it asks for what is not given, again until the answer will do", async () => {
  const folder = emptyFolder();
  const answers = ["Not An Id", "acme", "http://127.0.0.1:1/v1/", "", "", "acme"];
  const { code, said } = await create([folder, "--package", "@me/acme"], answers);
  expect(code).toBe(0);
  expect(said).toContain(`"Not An Id" is not valid`);
  expect(source(folder)).toContain(`baseUrl: "http://127.0.0.1:1/v1"`);
  expect(source(folder)).not.toContain("credential:");
  expect(source(folder)).toContain(`command: "acme"`);
  expect(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).name).toBe("@me/acme");
});

test("a folder that holds something is left as it is", async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "package.json"), "mine");
  const { code, said } = await create([folder, "--id", "acme", "--yes"]);
  expect(code).toBe(1);
  expect(said).toContain("is not empty");
  expect(readFileSync(join(folder, "package.json"), "utf8")).toBe("mine");
});

test.each([
  [["--yes"], /Give its --id/],
  [["--id", "Acme"], /"Acme" is not valid/],
  [["--id", "acme", "--base-url", "ftp://x"], /http:\/\//],
  [["--id", "acme", "--base-url", 'http://x"; evil()'], /is not valid/],
  [["--id", "acme", "--key", "lower"], /capitals/],
  [["--id", "acme", "--cli", "./acme"], /no path/],
  [["--id", "acme", "--nonsense"], /--nonsense/],
  [["one", "two", "--id", "acme"], /one folder at most/],
])("exits 2 on %j", async (args, message) => {
  const { code, said } = await create(args);
  expect(code).toBe(2);
  expect(said).toMatch(message);
});

test.each([
  ["--help", /--base-url/],
  ["--version", /^\d+\.\d+\.\d+/],
])("%s prints and ends with 0", async (flag, printed) => {
  const { code, said } = await create([flag]);
  expect(code).toBe(0);
  expect(said).toMatch(printed);
});

test("what is given is repeated without what a terminal would obey", async () => {
  const folder = `${emptyFolder()}/a\u001b]0;title\u0007`;
  const { said } = await create([folder, "--id", "acme", "--model", "\u009b31m x", "--yes"]);
  expect(said).toContain("\\x9b31m x");
  expect((await create([folder, "--id", "acme", "--yes"])).said).toContain("a\\x1b]0;title\\x07");
});
