import { once } from "node:events";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { defaultAnswer } from "../../../scripts/mock-server.ts";
import { formsIn } from "../../../test/canary-forms.ts";
import { emptyHome } from "./acc.ts";
import { startServe } from "./serve-process.ts";
import { ask, serveScene } from "./serve-scene.ts";

const scene = serveScene();
const { env, ownerToken } = scene;

interface Completion {
  readonly choices: readonly { readonly message: { readonly content: string } }[];
}

describe("acc serve", () => {
  it("answers whoever has the owner's token, which it makes, keeps, and shows nobody", async () => {
    const first = await startServe(scene.home, { env: env() });
    const token = await ownerToken();
    expect(token).toMatch(/^acc-owner-[\w-]{43}$/);
    const answer = await ask(first.url, token);
    expect(answer.status).toBe(200);
    const { choices } = (await answer.json()) as Completion;
    expect(choices[0]?.message.content).toBe(defaultAnswer);
    expect((await ask(first.url, `${token}x`)).status).toBe(401);
    first.child.kill("SIGTERM");
    expect(await first.ended()).toBe(0);
    const second = await startServe(scene.home, { env: env() });
    const again = await ask(second.url, token);
    expect([again.status, again.headers.get("x-acc-cached")]).toEqual([200, "true"]);
    const said = first.said() + second.said();
    expect(said).not.toContain(token);
    expect(formsIn(said)).toEqual([]);
    for (const path of await filesIn(scene.home.path)) {
      expect(await readFile(path, "latin1")).not.toContain(token);
      expect((await stat(path)).mode & 0o077).toBe(0);
    }
  });

  it("has one token, though two begin for the first time at once", async () => {
    const servers = await Promise.all([startServe(scene.home, {}), startServe(scene.home, {})]);
    const token = await ownerToken();
    for (const { url } of servers) {
      const answer = await fetch(`${url}/v1/models`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(answer.status).toBe(200);
    }
  });

  it("takes the token of ACC_SERVER_TOKEN, where nothing can be kept", async () => {
    const token = "a-token-of-a-container-that-keeps-nothing";
    const { url } = await startServe(scene.home, { env: { ACC_SERVER_TOKEN: token } });
    const answer = await fetch(`${url}/v1/models`, { headers: { "x-api-key": token } });
    expect(answer.status).toBe(200);
  });

  it("opens its page by its link once, and by a new one that the command prints", async () => {
    const { url, page } = await startServe(scene.home, {});
    expect(await entered(page)).toBe(200);
    expect(await entered(page)).toBe(401);
    const { port } = new URL(url);
    const { stdout } = await scene.home.acc(["serve", "link", "--port", port]);
    expect(await entered(stdout.trim())).toBe(200);
    const stranger = await emptyHome();
    const refused = await stranger.acc(["serve", "link", "--port", port]);
    await stranger.remove();
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("LINK_REFUSED")]);
  });

  // A session of a page is for the page alone, and asks no model: BerriAI/litellm#1836.
  it("answers no call of who has the page open and no token", async () => {
    const { url, page } = await startServe(scene.home, { env: env() });
    const opened = await enter(page);
    const [cookie = ""] = (opened.headers.get("set-cookie") ?? "").split(";");
    const { proof } = (await opened.json()) as { readonly proof: string };
    const headers = { cookie, "x-acc-page": proof };
    expect((await fetch(`${url}/acc/state`, { headers })).status).toBe(200);
    expect((await fetch(`${url}/v1/models`, { headers })).status).toBe(401);
    for (const token of [proof, cookie.split("=")[1] ?? ""]) {
      expect((await ask(url, token)).status).toBe(401);
    }
  });

  it("asks the model that the settings name, by name and by pattern", async () => {
    const models = {
      fast: "claude/a-small-model",
      "gpt-*": ["groq/absent", "claude/a-large-model"],
    };
    await writeFile(join(scene.home.path, "config.json"), JSON.stringify({ models }));
    const settings = { ...env(), ACC_CONFIG: join(scene.home.path, "config.json") };
    const { url } = await startServe(scene.home, { env: settings });
    const token = await ownerToken();
    scene.vendor.forget();
    for (const model of ["fast", "gpt-5"])
      expect((await ask(url, token, { model })).status).toBe(200);
    const asked = scene.vendor
      .requests()
      .map(({ body }) => (body as { readonly model: string }).model);
    expect(asked).toEqual(["a-small-model", "a-large-model"]);
    const unknown = await ask(url, token, { model: "no-such-model" });
    expect([unknown.status, await unknown.text()]).toEqual([404, expect.stringContaining("fast")]);
  });

  it("refuses a key as soon as the command has revoked it", async () => {
    const { url } = await startServe(scene.home, { env: env() });
    const { stdout } = await scene.home.acc(["serve", "keys", "add", "ci", "--models", "claude/*"]);
    const token = stdout.trim();
    expect((await ask(url, token, { model: "claude/claude-sonnet-5-5" })).status).toBe(200);
    expect((await ask(url, token, { model: "groq/other" })).status).toBe(403);
    expect((await scene.home.acc(["serve", "keys", "revoke", "ci"])).code).toBe(0);
    expect((await ask(url, token)).status).toBe(401);
  });

  it.each([
    ["no flag", ["--host", "0.0.0.0"], 2, "WRONG_USAGE"],
    ["an origin with a path", ["--allow-origin", "https://app.example/x"], 2, "WRONG_USAGE"],
    ["no Redis", ["--redis", "redis://user:secret-word@127.0.0.1:1"], 1, "REDIS_UNAVAILABLE"],
    ["no address of a Redis", ["--redis", "localhost"], 2, "WRONG_USAGE"],
    [
      "an address of another machine",
      ["--host", "203.0.113.9", "--allow-remote"],
      1,
      "CANNOT_LISTEN",
    ],
  ])("does not start with %s", async (_, args, code, named) => {
    const run = await scene.home.acc(["serve", "--port", "0", "--json", ...args]);
    expect([run.code, run.stdout, JSON.parse(run.stderr).error.code]).toEqual([code, "", named]);
    expect(run.stderr).not.toContain("secret-word");
  });

  it("says so where another program has the port", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { readonly port: number };
    const run = await scene.home.acc(["serve", "--port", String(port)]);
    other.close();
    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining("PORT_IN_USE")]);
  });
});

describe("acc serve that other machines reach", () => {
  const address = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .find(({ family, internal }) => family === "IPv4" && !internal)?.address;

  it.runIf(address !== undefined)("takes keys there, and the owner's token nowhere", async () => {
    const { url } = await startServe(scene.home, {
      env: env(),
      args: ["--host", "0.0.0.0", "--allow-remote"],
    });
    const { stdout } = await scene.home.acc(["serve", "keys", "add", "ci"]);
    const token = await ownerToken();
    const remote = url.replace("127.0.0.1", address ?? "");
    for (const at of [url, remote]) {
      expect((await ask(at, stdout.trim())).status).toBe(200);
      expect((await ask(at, token)).status).toBe(403);
    }
    const link = await fetch(`${remote}/acc/session`, { method: "POST" });
    expect(link.status).toBe(403);
  });
});

async function entered(link: string): Promise<number> {
  return (await enter(link)).status;
}

function enter(link: string): Promise<Response> {
  const { origin, hash } = new URL(link);
  return fetch(`${origin}/acc/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: hash.slice("#enter=".length) }),
  });
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  return all.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
