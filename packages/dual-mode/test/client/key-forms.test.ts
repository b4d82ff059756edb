import { inspect } from "node:util";
import { createMemoryStore, createSecret, openSecrets, redact } from "@acc/secrets";
import { describe, expect, it, vi } from "vitest";
import { resolveCredential } from "../../src/credentials/resolve-credential.ts";
import { DualModeError } from "../../src/error.ts";
import { type Script, says, scripted } from "../scripted-provider.ts";

/** Answers with the key it was given. */
const tellsKey: Script = async function* (request, context) {
  const { credential } = context;
  yield* says(credential.kind === "key" ? credential.secret.reveal() : "none")(request, context);
};

/** Refuses with the key in its words, as vendors do. */
const repeatsKey: Script = (_, { credential }) => {
  const key = credential.kind === "key" ? credential.secret.reveal() : "none";
  throw new DualModeError("AUTHENTICATION_FAILED", `Incorrect API key provided: ${key}.`);
};

const key = "sk-form-0123456789abcdef";

describe("white space around a key is taken off where it comes in", () => {
  it.each(["\n", "\r\n", " ", "\t", "\u00a0", "\ufeff"])("%j", async (space) => {
    const { client } = scripted({ sdk: { scripts: [tellsKey] } }, { apiKey: `${space}${key}` });
    expect((await client.chat("hi")).text).toBe(key);
  });

  it("from the environment (opencode#39060)", async () => {
    const { client, name } = scripted(
      { sdk: { scripts: [tellsKey] } },
      { apiKey: undefined as never },
    );
    vi.stubEnv(name.toUpperCase(), `${key}\r\n`);
    expect((await client.chat("hi")).text).toBe(key);
  });

  it("from the secrets store", async () => {
    const secrets = await openSecrets({ store: createMemoryStore(), env: {} });
    const { client, name } = scripted(
      { sdk: { scripts: [tellsKey] } },
      { secrets, apiKey: undefined as never },
    );
    await secrets.set(name, `${key}\n`, { multiline: true });
    expect((await client.chat("hi")).text).toBe(key);
    await secrets.close();
  });

  it("and neither form is shown where a vendor repeats it (typesafe-sdk-python#9)", async () => {
    const { client, events } = scripted(
      { sdk: { scripts: [repeatsKey] } },
      { apiKey: `${key}\n`, retry: 0 },
    );
    const error = await client.chat("hi").catch((thrown: unknown) => thrown);
    expect(inspect([error, events], { depth: 9 })).not.toContain(key);
    createSecret("with_space", "sk-in-a-store-123\n");
    expect(redact("it said sk-in-a-store-123.")).toBe("it said [redacted].");
  });

  it("an empty variable is none", async () => {
    const { client, name } = scripted(
      { sdk: { scripts: [tellsKey] } },
      { apiKey: undefined as never },
    );
    vi.stubEnv(name.toUpperCase(), " \n");
    await expect(client.chat("hi")).rejects.toMatchObject({
      attempts: [{ code: "MISSING_CREDENTIALS" }],
    });
  });
});

describe("a key that no header can carry is refused before anything is sent", () => {
  const faults = [
    ["a line break (gemini-cli#1851)", "sk-1234\n5678-abcd", "a line break"],
    ["an ellipsis (Roo-Code#7483)", "sk-1234…5678-abcd", "U+2026"],
    ["a curly quote (twenty#20656)", "“sk-12345678-abcd”", "U+201C"],
    ["a space of no width", "sk-1234\u200b5678-abcd", "U+200B"],
    ["a control character", "sk-1234\u00005678-abcd", "U+0000"],
    // topoteretes/cognee#1721, moby/moby#46773: `docker run --env-file` leaves them.
    ["quotes around it", '"sk-12345678-abcd"', "in quotes"],
    ["single quotes around it", "'sk-12345678-abcd'\n", "in quotes"],
    ["half a character", "sk-1234\ud83c5678-abcd", "U+D83C"],
  ] as const;

  it.each(faults)("for %s, by name and unshown", async (_, apiKey, named) => {
    const { client, ran, name } = scripted({ sdk: { scripts: [tellsKey] } }, { apiKey });
    const error = await client.chat("hi").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "INVALID_REQUEST", fix: expect.stringContaining("key") });
    expect(String(error)).toContain(named);
    expect(String(error)).toContain(name);
    expect(inspect(error)).not.toContain("5678");
    expect(ran).toEqual([]);
  });

  it("a quote within a key, or at one end of it, is the key's own", async () => {
    for (const own of [`sk-"1234"-abcd`, `"sk-1234-abcd`, `'sk-1234-abcd"`]) {
      const { client } = scripted({ sdk: { scripts: [tellsKey] } }, { apiKey: own });
      expect((await client.chat("hi")).text).toBe(own);
    }
  });

  it("one of several options is told by its place, and no other is used instead", async () => {
    const { client, ran } = scripted(
      { sdk: { scripts: [tellsKey] } },
      { apiKey: undefined as never, apiKeys: [key, "sk-1234…5678-abcd"] },
    );
    await expect(client.chat("hi")).rejects.toMatchObject({
      code: "INVALID_REQUEST",
      message: expect.stringContaining("option[1]"),
    });
    expect(ran).toEqual([]);
  });

  it("one of the environment leaves the other routes, and is told beside them", async () => {
    const { client, name, ran } = scripted(
      { cli: { scripts: [says("by login")] }, sdk: { scripts: [tellsKey] } },
      { apiKey: undefined as never, prefer: "sdk" },
    );
    vi.stubEnv(name.toUpperCase(), "sk-1234…5678-abcd");
    expect((await client.chat("hi")).text).toBe("by login");
    expect(ran).toEqual(["cli login"]);
    const alone = client.chat("hi", { billing: "key" } as never);
    await expect(alone).rejects.toBeInstanceOf(DualModeError);
    const [status] = await client.status();
    expect(status).toMatchObject({
      keys: [],
      refusedKeys: [
        { source: `env:${name.toUpperCase()}`, reason: expect.stringContaining("2026") },
      ],
    });
  });

  it("and where it is all that there is, every route says so", async () => {
    const { client, name } = scripted(
      { sdk: { scripts: [tellsKey] } },
      { apiKey: undefined as never },
    );
    vi.stubEnv(name.toUpperCase(), "sk-1234…5678-abcd");
    await expect(client.chat("hi")).rejects.toMatchObject({
      code: "MISSING_CREDENTIALS",
      attempts: [{ code: "MISSING_CREDENTIALS", reason: expect.stringContaining("U+2026") }],
    });
    const credential = { name, env: [name.toUpperCase()] };
    await expect(resolveCredential({ credential })).rejects.toMatchObject({
      code: "INVALID_REQUEST",
    });
  });
});
