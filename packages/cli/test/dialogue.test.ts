import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { defaultAnswer } from "../../../scripts/mock-server.ts";
import { plays, refuses } from "../../../scripts/vendor-answers.ts";
import { testKey } from "./acc.ts";
import { eachTestAnew } from "./each-test-anew.ts";

const { server, home } = eachTestAnew();

const env = (url: string) => ({
  ...{ ANTHROPIC_API_KEY: testKey, ANTHROPIC_BASE_URL: url },
  ...{ GROQ_API_KEY: testKey, GROQ_BASE_URL: url },
});

/** A conversation of these lines, one after the other. */
const say = (
  lines: readonly string[],
  flags: readonly string[] = ["-p", "claude"],
  url = server.url,
) =>
  home.acc(["chat", "-i", "--only", "sdk", ...flags], {
    env: env(url),
    stdin: `${lines.join("\n")}\n`,
  });

interface Body {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
}

const bodies = () => server.requests().map(({ body }) => body as Body);
const wordsOf = (body: Body | undefined) =>
  body?.messages
    .filter(({ role }) => role !== "system")
    .map(({ content }) => (typeof content === "string" ? content : JSON.stringify(content)));
const holding = (...words: readonly string[]) => words.map((each) => expect.stringContaining(each));

describe("a command in a conversation", () => {
  it("/system sets, shows and takes away what the model is told first", async () => {
    const run = await say(["/system", "/system Be brief.", "one", "/system -", "two"]);
    const told = bodies().map((body) => JSON.stringify(body).includes("Be brief."));
    expect(told).toEqual([true, false]);
    expect(run.stderr).toContain("There is no system prompt now.");
    expect(run.stderr).toContain("The system prompt: Be brief.");
  });

  it("/provider asks another from then on, with its own model, and what was said before", async () => {
    const run = await say(["/model claude-x", "one", "/provider groq", "two", "/provider"]);
    const [first, second] = bodies();
    expect(first?.model).toBe("claude-x");
    expect(second?.model).not.toBe("claude-x");
    expect(wordsOf(second)).toEqual(holding("one", defaultAnswer, "two"));
    expect(run.stderr).toContain("The provider is groq.");
  });

  it("/provider leaves who is asked where there is no such provider", async () => {
    const run = await say(["/provider clade", "one"]);
    expect(run.stderr).toContain('There is no provider "clade"');
    expect(run.stderr).toContain("Did you mean claude?");
    expect(bodies()).toHaveLength(1);
  });

  it("/attach sends a file along with the next message alone", async () => {
    const path = join(home.path, "my notes.txt");
    await writeFile(path, "of the file");
    const vendor = await startLoopbackServer(plays("claude", "Seen."));
    const lines = [
      `/attach '${path}'`,
      "one",
      "two",
      `/attach ${path.replace(" ", "\\ ")}`,
      "three",
    ];
    const run = await say(lines, undefined, vendor.url);
    await vendor.close();
    const sent = vendor.requests.map(({ body }) => (JSON.parse(body) as Body).messages);
    const holders = sent.map((messages) =>
      messages.flatMap((message, index) =>
        JSON.stringify(message).includes("of the file") ? [index] : [],
      ),
    );
    expect(holders).toEqual([[0], [0], [0, 4]]);
    expect(run.stderr).toContain("One file goes with the next message.");
  });

  it("/attach tells of a file that is not there, and loses nothing", async () => {
    const run = await say(["/attach none.pdf", "one"]);
    expect(run.stderr).toContain("(FILE_UNREADABLE)");
    expect(run.stdout).toBe(`${defaultAnswer}\n`);
  });

  it("/undo takes back the last question with its answer, and a failed one alone", async () => {
    const refusing = refuses("claude", 400, { message: "no" });
    let asked = 0;
    const vendor = await startLoopbackServer((response, request) => {
      asked += 1;
      return (asked === 3 ? refusing : plays("claude", `answer ${asked}`))(response, request);
    });
    const run = await say(
      ["one", "two", "three", "/undo", "/undo", "four", "/undo", "/undo", "/undo"],
      undefined,
      vendor.url,
    );
    await vendor.close();
    const last = JSON.parse(vendor.requests.at(-1)?.body ?? "");
    expect(wordsOf(last)).toEqual(holding("one", "answer 1", "four"));
    expect(run.stderr).toMatch(/Removed: three\n[\s\S]*Removed: two\n[\s\S]*Removed: four/);
    expect(run.stderr).toMatch(/Removed: one\nNothing was asked yet\.\n$/);
  });

  it("/clear begins anew, and /retry has nothing to ask then", async () => {
    const run = await say(["one", "/clear", "/retry", "two"]);
    expect(bodies().map(wordsOf)).toEqual([
      [expect.stringContaining("one")],
      [expect.stringContaining("two")],
    ]);
    expect(run.stderr).toContain("Nothing was asked yet.");
  });

  it("/retry asks the last question of a file that was loaded", async () => {
    const path = join(home.path, "talk.json");
    await writeFile(path, '[{"role":"user","content":"kept"},{"role":"assistant","content":"x"}]');
    await say([`/load ${path}`, "/retry"]);
    expect(bodies().map(wordsOf)).toEqual([[expect.stringContaining("kept")]]);
  });

  it("/cost tells what all answers took", async () => {
    const vendor = await startLoopbackServer(plays("groq", "Hello."));
    const run = await say(["/cost", "one", "two", "/cost"], ["-p", "groq"], vendor.url);
    await vendor.close();
    expect(run.stderr).toContain("Nothing was answered yet.");
    expect(run.stderr).toMatch(/2 answers: \d+ tokens in, \d+ out, \$\d+\.\d+/);
  });

  it("/save writes what /load goes on with, the system text too, for its owner alone", async () => {
    const path = join(home.path, "talk.json");
    await say(["/system Be brief.", "one", `/save ${path}`]);
    expect(JSON.parse(await readFile(path, "utf8"))).toEqual([
      { role: "system", content: "Be brief." },
      { role: "user", content: "one" },
      { role: "assistant", content: defaultAnswer },
    ]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    server.forget();
    const run = await say([`/load ${path}`, "two", `/save ${path}`]);
    expect(run.stderr).toContain("continues after 2 messages");
    const [asked] = bodies();
    expect(wordsOf(asked)).toEqual(holding("one", defaultAnswer, "two"));
    expect(JSON.stringify(asked)).toContain("Be brief.");
    expect(JSON.parse(await readFile(path, "utf8"))).toHaveLength(5);
  });

  it("/save writes over no file that is another's", async () => {
    const path = join(home.path, "other.json");
    await writeFile(path, "precious");
    const run = await say(["one", `/save ${path}`]);
    expect(run.stderr).toContain("(FILE_EXISTS)");
    expect(await readFile(path, "utf8")).toBe("precious");
  });

  it.each([
    ["{}", /talk\.json:1:1: must be a list of messages/],
    ["[1]", /talk\.json:1:2: must be a message with the role/],
    ['[\n  {"role":"user"}\n]', /talk\.json:2:3: must be a message whose content/],
    ["[nonsense", /talk\.json:1:2/],
  ])("/load names what is wrong in %j, and the conversation stays", async (text, message) => {
    const path = join(home.path, "talk.json");
    await writeFile(path, text);
    const run = await say(["one", `/load ${path}`, "two"]);
    expect(run.stderr).toMatch(message);
    expect(wordsOf(bodies().at(-1))).toHaveLength(3);
  });

  it("/help names every command, and one that is mistyped is told what was meant", async () => {
    const { stderr } = await say(["/help"]);
    const all =
      "/system /model /provider /attach /save /load /clear /retry /undo /cost /edit /help";
    for (const word of all.split(" ")) expect(stderr).toMatch(new RegExp(`^${word}\\b`, "m"));
    const wrong = await say(["/hlep", "/system", "/modle x"]);
    expect(wrong.stderr).toContain("There is no /hlep. Did you mean /help?");
    expect(wrong.stderr).toContain("There is no /modle. Did you mean /model?");
    expect(bodies()).toEqual([]);
  });

  it("is none where a path begins the message, or a space", async () => {
    await say(["/etc/hosts is what?", " /nosuch is what?"]);
    const asked = bodies().map((body) => wordsOf(body)?.at(-1));
    expect(asked).toEqual([
      expect.stringContaining("/etc/hosts is what?"),
      expect.stringContaining("/nosuch is what?"),
    ]);
  });

  it("/edit says that it needs a terminal", async () => {
    expect((await say(["/edit"])).stderr).toContain("An editor needs a terminal");
  });
});
