import { appendFile, mkdir, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { defaultAnswer } from "../../../scripts/mock-server.ts";
import { plays, refuses } from "../../../scripts/vendor-answers.ts";
import type { AccRun } from "./acc.ts";
import { eachTestAnew } from "./each-test-anew.ts";

const { server, home, claudeEnv: environment } = eachTestAnew();

const acc = (args: readonly string[], env: Record<string, string> = {}, stdin = "") =>
  home.acc(args, { env: { ...environment(), ...env }, stdin });

/** Asks Claude, without the cache. */
const ask = (args: readonly string[], env: Record<string, string> = {}) =>
  acc(["chat", "-p", "claude", "--no-cache", ...args], env);

const folder = () => join(home.path, ".local", "share", "acc", "log");

const filesOf = async () =>
  (await readdir(folder()).catch(() => [])).filter((name) => name.endsWith(".jsonl"));

interface Asked {
  readonly model?: string;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
}

const bodies = () => server.requests().map(({ body }) => body as Asked);

/** What was said in each message of the last request, but for the system's. */
const lastSaid = () =>
  (bodies().at(-1)?.messages ?? [])
    .filter(({ role }) => role !== "system")
    .map(({ content }) => JSON.stringify(content));

async function logged(...args: readonly string[]) {
  const { stdout } = await acc(["log", ...args, "--json"]);
  return JSON.parse(stdout);
}

const good = (run: AccRun) => expect([run.code, run.stderr]).toEqual([0, ""]);

describe("a conversation that is gone on with", () => {
  // simonw/llm#361
  it("brings what was said, and keeps its provider, model and system", async () => {
    good(await ask(["-m", "some-model", "-s", "Be brief.", "first question"]));
    good(await acc(["chat", "-c", "second question"]));
    good(await acc(["chat", "-c", "--no-cache", "-m", "other-model", "third"]));
    expect(bodies().map(({ model }) => model)).toEqual(["some-model", "some-model", "other-model"]);
    expect(JSON.stringify(bodies().at(-1))).toContain("Be brief.");
    expect(lastSaid()).toEqual(
      ["first question", defaultAnswer, "second question", defaultAnswer, "third"].map((words) =>
        expect.stringContaining(words),
      ),
    );
    const { turns } = await logged("show");
    expect(turns).toMatchObject([{}, { after: turns[0].id }, { after: turns[1].id }]);
  });

  it("is the one whose id begins so, and -c is of the last that was answered", async () => {
    good(await ask(["one"]));
    good(await ask(["two"]));
    const [, first] = (await logged("list")).conversations;
    good(await acc(["chat", "--continue", first.id.slice(0, 6), "more of one"]));
    expect(lastSaid()).toEqual([
      expect.stringContaining('"one'),
      expect.stringContaining(defaultAnswer),
      expect.stringContaining("more of one"),
    ]);
    const failed = await acc(["chat", "-p", "groq", "--only", "sdk", "lost"]);
    expect(failed.code).toBe(1);
    good(await acc(["chat", "-c", "again"]));
    expect(lastSaid()).toHaveLength(5);
    const { conversations } = await logged("list");
    expect(conversations.map(({ failed }: { failed: number }) => failed).sort()).toEqual([0, 0, 1]);
  });

  it("passes over a question that failed, and takes up an image", async () => {
    const image = join(home.path, "dot.png");
    await writeFile(image, Buffer.from("89504e470d0a1a0a", "hex"));
    const vendor = await startLoopbackServer(plays("claude", "Seen."));
    const env = { ANTHROPIC_BASE_URL: vendor.url };
    good(await ask(["--image", image, "What is it?"], env));
    vendor.answer = refuses("claude", 400, { type: "invalid_request_error", message: "No." });
    expect((await acc(["chat", "-c", "and?"], env)).code).toBe(2);
    vendor.answer = plays("claude", "Still seen.");
    good(await acc(["chat", "-c", "and now?"], env));
    await vendor.close();
    const { messages } = JSON.parse(vendor.requests.at(-1)?.body ?? "{}") as Asked;
    const said = messages.map(({ content }) => JSON.stringify(content));
    expect(said).toHaveLength(3);
    expect(said[0]).toContain("iVBORw0KGgo=");
    expect(said[2]).toContain("and now?");
    expect((await logged("show")).turns[1]).toMatchObject({ error: "INVALID_REQUEST" });
  });

  it("says clearly where there is none", async () => {
    const none = await acc(["chat", "-c", "more"]);
    expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/no conversation yet/)]);
    const unknown = await acc(["chat", "--continue", "nobody", "more"]);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringMatching(/NOT_FOUND/)]);
    const both = await acc(["chat", "-c", "--continue", "x", "more"]);
    expect([both.code, both.stderr]).toEqual([2, expect.stringMatching(/exclude each other/)]);
    expect(server.requests()).toHaveLength(0);
  });

  it("is one conversation, whose every line goes on from the one before, with -i", async () => {
    const lines = await acc(["chat", "-i", "-p", "claude"], {}, "UNO\nDUE\n");
    good(lines);
    const { turns } = await logged("show");
    expect(turns).toMatchObject([{}, { after: turns[0].id }]);
    expect(turns[1].messages).toHaveLength(2);
    good(await acc(["chat", "-i", "-c"], {}, "TRE\n"));
    expect(lastSaid()).toHaveLength(5);
  });
});

describe("what is kept", () => {
  it("shows no word of it on the disk, and is this user's alone", async () => {
    good(await ask(["-s", "sys-words", "some secret words"]));
    for (const name of await readdir(folder())) {
      const path = join(folder(), name);
      expect((await stat(path)).mode & 0o077).toBe(0);
      const kept = await readFile(path, "utf8");
      expect(kept).not.toMatch(/secret words|sys-words|decorator/);
    }
    expect(JSON.stringify(await logged("show"))).toMatch(/some secret words.*decorator/s);
  });

  it("has no secret of the store in it", async () => {
    await home.acc(["secrets", "set", "anthropic_api_key"], {
      stdin: "sk-very-own-key-0123456789",
    });
    const env = { ANTHROPIC_API_KEY: "" };
    good(await ask(["is sk-very-own-key-0123456789 mine?"], env));
    const { stdout } = await acc(["log", "export"]);
    expect(stdout).toContain("is [redacted] mine?");
  });

  it("is metadata alone where a setting says so, and -c says why it cannot go on", async () => {
    await acc(["config", "set", "log", "metadata"]);
    good(await ask(["some words"]));
    const [{ begins, provider }] = (await logged("list")).conversations;
    expect([begins, provider]).toEqual([undefined, "claude"]);
    const more = await acc(["chat", "-c", "more"]);
    expect([more.code, more.stderr]).toEqual([1, expect.stringMatching(/TEXTS_UNAVAILABLE/)]);
  });

  it("is nothing with --no-log, with ACC_LOG=off, and of an answer of acc run", async () => {
    good(await ask(["--no-log", "words"]));
    good(await ask(["words"], { ACC_LOG: "off" }));
    const call =
      "fetch(process.env.ANTHROPIC_BASE_URL + '/v1/messages', { method: 'POST', headers: { authorization: 'Bearer ' + process.env.ANTHROPIC_AUTH_TOKEN, 'content-type': 'application/json' }, body: JSON.stringify({ model: 'claude/x', max_tokens: 9, messages: [{ role: 'user', content: 'hi' }] }) }).then((r) => r.text()).then(console.log)";
    const run = await acc(["run", "--", process.execPath, "-e", call]);
    expect([run.code, run.stdout]).toEqual([0, expect.stringContaining(defaultAnswer)]);
    expect(await filesOf()).toEqual([]);
  });

  it("is of an answer from the cache too", async () => {
    const cached = ["chat", "-p", "claude", "again"];
    good(await acc(cached));
    good(await acc(cached));
    expect(server.requests()).toHaveLength(1);
    const { conversations } = await logged("list");
    expect(conversations).toMatchObject([{ begins: "again" }, { begins: "again" }]);
    good(await acc(["chat", "-c", "more"]));
    expect(lastSaid()).toHaveLength(3);
  });

  it("goes on without its texts, and spoils no answer, where nothing can be written", async () => {
    await mkdir(join(home.path, ".local", "share"), { recursive: true });
    await writeFile(join(home.path, ".local", "share", "acc"), "a file in its place");
    const run = await ask(["words"]);
    expect(run).toEqual({ code: 0, stdout: `${defaultAnswer}\n`, stderr: "" });
  });

  it("is under a key that is made anew where the store has lost the old one", async () => {
    good(await ask(["one"]));
    const names = (await acc(["secrets", "list"])).stdout.trim().split("\n");
    await acc(["secrets", "delete", names[0] ?? ""]);
    const shown = await acc(["log", "show"]);
    expect([shown.code, shown.stdout]).toEqual([0, expect.stringMatching(/is not there/)]);
    good(await ask(["two"]));
    expect((await acc(["log", "show"])).stdout).toMatch(/> two\n/);
  });
});

describe("processes side by side", () => {
  it("keep every turn of theirs, in one conversation and in their own", async () => {
    good(await ask(["one"]));
    const [{ id }] = (await logged("list")).conversations;
    const runs = await Promise.all(
      ["a", "b", "c", "d"].map((word) =>
        word < "c" ? acc(["chat", "--continue", id, word]) : ask([word]),
      ),
    );
    for (const run of runs) good(run);
    const { turns } = await logged("show", id);
    expect(turns).toHaveLength(3);
    expect(turns.slice(1)).toMatchObject([{ after: turns[0].id }, { after: turns[0].id }]);
    expect(await filesOf()).toHaveLength(3);
  });

  it("read what a process that was killed has left, and write behind it", async () => {
    good(await ask(["one"]));
    const [name] = await filesOf();
    const path = join(folder(), name ?? "");
    await appendFile(path, (await readFile(path, "utf8")).slice(0, 150));
    good(await acc(["chat", "-c", "two"]));
    expect(lastSaid()).toHaveLength(3);
    const { stdout, stderr } = await acc(["log", "show"]);
    expect(stdout).toMatch(/> one\n[\s\S]*> two\n/);
    expect(stderr).toMatch(/cannot be read, and were left out: 1\./);
  });
});

describe("acc log delete", () => {
  // simonw/llm#366
  it("removes those of an id, or that are older, and asks before it removes more than one", async () => {
    good(await ask(["one"]));
    good(await ask(["two"]));
    const [second, first] = (await logged("list")).conversations;
    const old = new Date(Date.now() - 40 * 86_400_000);
    await utimes(join(folder(), `${first.id}.jsonl`), old, old);
    const unsaid = await acc(["log", "delete"]);
    expect([unsaid.code, unsaid.stderr]).toEqual([2, expect.stringMatching(/which conversations/)]);
    const unasked = await acc(["log", "delete", "--older-than", "30d"]);
    expect([unasked.code, unasked.stderr]).toEqual([2, expect.stringMatching(/NOT_CONFIRMED/)]);
    await acc(["log", "delete", "--older-than", "30d", "--yes"]);
    expect(await filesOf()).toEqual([`${second.id}.jsonl`]);
    await acc(["log", "delete", second.id]);
    expect(await filesOf()).toEqual([]);
  });
});
