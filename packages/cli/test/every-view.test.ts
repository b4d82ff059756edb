import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Answer, startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { plays, refuses } from "../../../scripts/vendor-answers.ts";
import { json } from "../../../test/played/listing-cases.ts";
import { testKey } from "./acc.ts";
import { homeAnew } from "./home-anew.ts";

const evil = "m\u001b]0;title\u0007x\u009b31m\u007f";
const home = homeAnew();

/** All that a view said, which no terminal obeys anything in. */
async function view(args: string, env: Record<string, string> = {}): Promise<string> {
  const { stdout, stderr } = await home.acc(args.split(" "), { env });
  const said = `${stdout}${stderr}`;
  expect(said.replaceAll(/[\n\t]/g, "")).not.toMatch(/\p{Cc}/u);
  return said;
}

async function withVendor<T>(answer: Answer, ask: (env: Record<string, string>) => Promise<T>) {
  const server = await startLoopbackServer(answer);
  try {
    const { url } = server;
    return await ask({ GROQ_API_KEY: testKey, GROQ_BASE_URL: url });
  } finally {
    await server.close();
  }
}

const shown = "m\\x1b]0;title\\x07x\\x9b31m\\x7f";

describe("what others wrote steers no terminal in", () => {
  it("the models that a vendor lists", async () => {
    const listed = json(JSON.stringify({ object: "list", data: [{ id: evil, object: "model" }] }));
    await withVendor(listed, async (env) => {
      expect(await view("models -p groq", env)).toContain(shown);
      await view("models -p groq --json", env);
    });
  });

  it.each(["--json", "--stream-json"])("an answer with %s", (form) =>
    withVendor(plays("groq", evil), async (env) => {
      const { stdout } = await home.acc(["chat", "--no-cache", "-p", "groq", form, "hi"], { env });
      expect(stdout.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
      const documents = stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      expect((documents.at(-1).reply ?? documents.at(-1)).text).toBe(evil);
    }),
  );

  it.each(["chat --no-cache -p groq hi", "chat -v --no-cache -p groq hi", "doctor --live"])(
    "an error of a vendor's: %s",
    (args) =>
      withVendor(refuses("groq", 400, { message: evil }), async (env) => {
        expect(await view(args, env)).toContain(shown);
        await view(`${args} --json`, env);
      }),
  );

  it("what a command says of itself", async () => {
    const path = join(home.path, "acc-groq");
    await writeFile(path, "#!/bin/sh\nprintf '1\\033]0;PWNED\\007\\302\\233x\\n'\n", {
      mode: 0o755,
    });
    await view("doctor", { ACC_GROQ_CLI: path });
    await view("doctor --json", { ACC_GROQ_CLI: path });
  });

  it("a setting's name and value", async () => {
    const ACC_CONFIG = join(home.path, "config.json");
    await writeFile(ACC_CONFIG, JSON.stringify({ [evil]: 1 }));
    await view("config explain", { ACC_CONFIG });
    await view("doctor", { ACC_CONFIG });
    await writeFile(ACC_CONFIG, JSON.stringify({ model: evil }));
    expect(await view("config explain", { ACC_CONFIG })).toContain(shown);
  });

  it("the rules of a role", async () => {
    const rules = join(home.path, "rules.json");
    await writeFile(rules, JSON.stringify([{ verbs: ["read"], names: [evil] }]));
    await home.acc(["secrets", "set", "a_key"], { stdin: "a-value-that-opens-nothing" });
    await view(`secrets roles set ci ${rules}`);
    await view("secrets roles list");
  });

  it.each([`chat --${evil}`, `secrets get ${evil}`, `${evil}`, `secrets import ${evil} --help`])(
    "a word that was typed: %j",
    async (args) => {
      await view(args);
    },
  );
});
