import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSecrets } from "@acc/secrets";
import dotenv from "dotenv";
import { describe, expect, it, onTestFinished, test } from "vitest";
import { everyNode } from "../../../test/node-versions/node-binary.ts";
import { endForShells, envLine, parseEnvFile } from "../src/secrets/env-file.ts";
import { homeAnew } from "./home-anew.ts";

/** Of each kind that the reports name: nodejs/node#54134, #59897, #50801, motdotla/dotenv#218. */
const values = [
  ...["sk-ant-of-an-example", "abc#def", "  spaces around  ", "a=b=c==", "tab\tin it", "x # y"],
  ...["pa$$word $HOME $(id)", "a`b`c", "it's", 'say "hi"', `it's "both"`, "ключ-秘密-🔑"],
  ...["C:\\new\\table", "it's C:\\new", "it's C:\\return", "export FOO=bar", "#first", "=", "'"],
  ...['{"a":"-----BEGIN\\nabc\\n"}', "-----BEGIN-----\nabc\ndef\n-----END-----\n", "a\n\nb"],
  // motdotla/dotenv#611, dotenvx/dotenvx#596
  ...['{\n  "foo": "it\'s not working"\n}', "word1\\n word2", "word1\\\\ word2"],
  ...[`line1 'x'\nline2 "y"`, "it's\nTOKEN=stolen", "bare ' and \" and ` inside", "a\u2028b'c"],
  ...["C:\\new\\table\\", "ends\\", "a !history it's", "$(touch PWNED)", "it's $(touch PWNED)"],
];
/** Read back by Node.js and acc; dotenv takes the backslash for an escape of the quote. */
const notForDotenv = ["ends with a space \\ and a backslash # \\"];
/** Read back by acc; Node.js and dotenv change every CR. */
const withReturn = ["-----BEGIN-----\r\nabc\r\n-----END-----\r\n", "a\rb"];
const impossible = ["all ' of \" them ` # here", "'\"`\n"];

const lineOf = (value: string, variable = "SOME_KEY"): string =>
  envLine(variable, value)?.text ?? "";

/** Between lines that a wrong reading would swallow or change. */
const around = (value: string): string =>
  `FIRST_KEY='first'\n${lineOf(value)}\nLAST_KEY='last "quoted"'\n`;
const meant = (value: string) => ({
  FIRST_KEY: "first",
  SOME_KEY: value,
  LAST_KEY: 'last "quoted"',
});

describe("a line of a .env file", () => {
  test.each([...values, ...notForDotenv, ...withReturn])("%j is read back by acc", (value) => {
    expect(Object.fromEntries(parseEnvFile(around(value)))).toEqual(meant(value));
  });

  test.each(values)("%j is read back by dotenv, and said to be", (value) => {
    expect(dotenv.parse(around(value))).toEqual(meant(value));
    expect(envLine("SOME_KEY", value)?.isForDotenv).toBe(true);
  });

  test.each([...notForDotenv, ...withReturn])("%j is not promised to dotenv", (value) => {
    const text = `${lineOf(value)}\nLAST_KEY='# last'\n`;
    expect(dotenv.parse(text)).not.toEqual({ SOME_KEY: value, LAST_KEY: "# last" });
    expect(envLine("SOME_KEY", value)?.isForDotenv).toBe(false);
  });

  test.each(everyNode())("every value but those with CR is read back by %s", (_name, path) => {
    const code = `
      const { parseEnv } = require("node:util");
      const texts = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
      console.log(JSON.stringify(texts.map((text) => parseEnv(text))));`;
    const all = [...values, ...notForDotenv];
    const { stdout } = spawnSync(path, ["-e", code], { input: JSON.stringify(all.map(around)) });
    expect(JSON.parse(stdout.toString())).toEqual(all.map(meant));
  });

  test.each(impossible)("%j has none", (value) => {
    expect(envLine("SOME_KEY", value)).toBeUndefined();
  });

  test("what is said to be for shells is the same there, and nothing runs", () => {
    const folder = mkdtempSync(join(tmpdir(), "acc-env-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const lines = values.map((value, index) => ({ value, index, ...envLine(`N${index}`, value) }));
    const safe = lines.filter(({ isForShells }) => isForShells);
    expect(safe.length).toBeGreaterThan(12);
    const unsafe = lines.filter(({ isForShells }) => !isForShells);
    const texts = [...safe, { text: endForShells }, ...unsafe].map(({ text }) => text);
    writeFileSync(join(folder, ".env"), `${texts.join("\n")}\n`);
    for (const shell of ["sh", "bash"]) {
      const show = `set -a; . ./.env; exec "${process.execPath}" -p 'JSON.stringify(process.env)'`;
      const { stdout, status } = spawnSync(shell, ["-c", show], { cwd: folder });
      if (status === null) continue;
      const env = JSON.parse(stdout.toString());
      for (const { index, value } of safe) expect(env[`N${index}`]).toBe(value);
      for (const { index } of unsafe) expect(env[`N${index}`]).toBeUndefined();
      expect(existsSync(join(folder, "PWNED"))).toBe(false);
    }
    expect(envLine("2FA_KEY", "x")?.isForShells).toBe(false);
  });
});

test("files of other hands: exports, comments, blank ends, DOS line ends, no quote's end", () => {
  const text =
    "\uFEFF# it's\n\nexport A_KEY = a # b\nB_KEY='b' # c\nnonsense\nC_KEY=\nD_KEY='open\n";
  expect(parseEnvFile(text)).toEqual([
    ["A_KEY", "a"],
    ["B_KEY", "b"],
    ["C_KEY", ""],
    ["D_KEY", "'open"],
  ]);
  expect(parseEnvFile('A_KEY="a\r\nb"\r\nB_KEY=b\r\n')).toEqual([
    ["A_KEY", "a\nb"],
    ["B_KEY", "b"],
  ]);
  expect(parseEnvFile('A_KEY="a\\nb"')).toEqual([["A_KEY", "a\nb"]]);
});

describe("acc secrets export and import", () => {
  const home = homeAnew();

  const directory = () => join(home.path, ".config", "acc");
  const keep = async (entries: Readonly<Record<string, string>>): Promise<void> => {
    const options = { directory: directory(), env: {}, onWarning: () => {} };
    await using secrets = await openSecrets(options);
    for (const [name, value] of Object.entries(entries)) {
      await secrets.set(name, value, { multiline: true });
    }
  };

  it("brings every value back, and names what only acc reads so", async () => {
    const all = [...values, ...notForDotenv, ...withReturn];
    const entries = Object.fromEntries(all.map((value, index) => [`name_${index}_key`, value]));
    await keep(entries);
    const { code, stdout, stderr } = await home.acc(["secrets", "export", "--reveal"]);
    expect(code).toBe(0);
    for (const value of [...notForDotenv, ...withReturn]) {
      expect(stderr).toContain(`name_${all.indexOf(value)}_key`);
    }
    writeFileSync(join(home.path, "all.env"), stdout);
    const env = { ACC_SECRETS_DIR: join(home.path, "to") };
    const imported = await home.acc(["secrets", "import", "--env", "all.env", "--json"], { env });
    expect(JSON.parse(imported.stdout)).toMatchObject({ skipped: [], unchanged: [] });
    await using back = await openSecrets({ directory: join(home.path, "to"), env: {} });
    for (const [name, value] of Object.entries(entries)) {
      expect((await back.get(name))?.reveal()).toBe(value);
    }
  });

  it("leaves out by name what no .env file can hold, prints the others, and ends with 1", async () => {
    await keep({ bad_api_key: impossible[0] ?? "", good_api_key: "good-value-0001" });
    const { code, stdout, stderr } = await home.acc(["secrets", "export", "--reveal"]);
    expect([code, stdout]).toEqual([1, "GOOD_API_KEY='good-value-0001'\n"]);
    expect(stderr).toContain("bad_api_key");
    expect(stderr).not.toContain("good-value");
  });

  it("writes no value over another, of names in one file or in the store", async () => {
    await keep({ groq_api_key: "groq-value-0001" });
    const text =
      "Groq_Api_Key=groq-value-0002\nGEMINI_API_KEY=gemini-0001\nGOOGLE_API_KEY=gemini-0002\n";
    writeFileSync(join(home.path, ".env"), text);
    const { stdout } = await home.acc(["secrets", "import", "--env", ".env", "--json"]);
    expect(JSON.parse(stdout)).toEqual({
      imported: ["gemini_api_key"],
      unchanged: [],
      skipped: [
        { name: "groq_api_key", code: "NAME_CONFLICT" },
        { name: "google_api_key", code: "NAME_CONFLICT" },
      ],
    });
    writeFileSync(join(home.path, ".env"), "GOOGLE_API_KEY=gemini-0001\n");
    const again = await home.acc(["secrets", "import", "--env", ".env", "--json"]);
    expect(JSON.parse(again.stdout).unchanged).toEqual(["google_api_key"]);
    const set = await home.acc(["secrets", "set", "groq/api_key"], { stdin: "other-value-0001" });
    expect([set.code, set.stderr]).toEqual([
      1,
      expect.stringContaining("GROQ_API_KEY".toLowerCase()),
    ]);
  });

  it("keeps under an alias what the provider finds", async () => {
    await home.acc(["secrets", "set", "gemini_api_key"], { stdin: "gemini-value-0001" });
    const { stdout } = await home.acc(["secrets", "get", "google_api_key", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ source: "store" });
    const doctor = await home.acc(["doctor", "--json"]);
    const { providers } = JSON.parse(doctor.stdout);
    const found = providers.find(({ provider }: { provider: string }) => provider === "gemini");
    expect(found.keys).toEqual([{ source: "store" }]);
  });
});
