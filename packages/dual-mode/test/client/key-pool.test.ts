import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSecrets } from "@acc/secrets";
import { describe, expect, it } from "vitest";
import { DualModeError } from "../../src/error.ts";
import { type Script, says, scripted } from "../scripted-provider.ts";

/** Answers with the key it was given, unless that key is refused. */
const tellsKey = (refused: Readonly<Record<string, DualModeError>> = {}): Script =>
  async function* (request, context) {
    const { credential } = context;
    const key = credential.kind === "key" ? credential.secret.reveal() : "none";
    const error = refused[key];
    if (error !== undefined) throw error;
    yield* says(key)(request, context);
  };

const pool = (script: Script, options = {}) =>
  scripted(
    { sdk: { scripts: [script] } },
    {
      apiKey: undefined as never,
      apiKeys: ["key-aaaaaaa", "key-bbbbbbb", "key-ccccccc"],
      ...options,
    },
  );
const limited = new DualModeError("RATE_LIMITED", "Slow down.", { retryAfter: 60_000 });
const refused = new DualModeError("AUTHENTICATION_FAILED", "Wrong key.");

describe("a key pool", () => {
  it("takes its keys in turn", async () => {
    const { client } = pool(tellsKey());
    const texts = [];
    for (let call = 0; call < 4; call += 1) texts.push((await client.chat("hi")).text);
    expect(texts).toEqual(["key-aaaaaaa", "key-bbbbbbb", "key-ccccccc", "key-aaaaaaa"]);
  });

  it("gives a user the same key every time", async () => {
    const { client } = pool(tellsKey());
    const texts = new Set<string>();
    for (let call = 0; call < 5; call += 1)
      texts.add((await client.chat("hi", { user: "u-1" })).text);
    expect(texts.size).toBe(1);
  });

  it("goes on to the next where one is limited, tells which, and lets the limited one rest", async () => {
    const { client, ran } = pool(tellsKey({ "key-aaaaaaa": limited }));
    const reply = await client.chat("hi");
    expect(reply).toMatchObject({ text: "key-bbbbbbb", fallback: true });
    expect(reply.warnings.map(({ code }) => code)).toEqual(["SECRET_IN_ANSWER"]);
    expect(reply.attempts.map(({ credential, code }) => [credential, code])).toEqual([
      ["option[0]", "RATE_LIMITED"],
      ["option[1]", undefined],
    ]);
    for (let call = 0; call < 6; call += 1) await client.chat("hi");
    expect(ran.filter((route) => route.endsWith("[0]"))).toHaveLength(1);
  });

  it("asks each key once and no more", async () => {
    const { client, ran } = pool(
      tellsKey({ "key-aaaaaaa": refused, "key-bbbbbbb": refused, "key-ccccccc": refused }),
    );
    await expect(client.chat("hi")).rejects.toMatchObject({ code: "AUTHENTICATION_FAILED" });
    expect(ran).toHaveLength(3);
  });

  it("asks the store once more where a key was refused: it may have been rotated", async () => {
    const directory = await mkdtemp(join(tmpdir(), "acc-pool-"));
    const secrets = await openSecrets({ directory, env: {} });
    const other = await openSecrets({ directory, env: {} });
    try {
      const script: Script = async function* (request, context) {
        await other.set(name, "key-new-new");
        yield* tellsKey({ "key-old-old": refused })(request, context);
      };
      const { client, ran, name } = pool(script, { apiKeys: undefined, secrets });
      await secrets.set(name, "key-old-old");
      const reply = await client.chat("hi");
      expect(reply.text).toBe("key-new-new");
      expect(ran).toEqual(["sdk store", "sdk store"]);
    } finally {
      await secrets.close();
      await other.close();
      await rm(directory, { recursive: true, force: true });
    }
  });
});
