import { inspect } from "node:util";
import { redact } from "@acc/secrets/redact";
import { describe, expect, it } from "vitest";
import { resolveBaseUrl } from "../../src/credentials/resolve-base-url.ts";
import { fails, scripted } from "../scripted-provider.ts";

const provider = { baseUrl: { env: ["FIRST_URL", "SECOND_URL"] } };

describe("a base URL", () => {
  it.each([
    [undefined, {}, undefined],
    ["https://a.example/v1//", {}, { url: "https://a.example/v1", source: "option" }],
    [
      undefined,
      { FIRST_URL: " ", SECOND_URL: " http://b/ " },
      { url: "http://b", source: "env:SECOND_URL" },
    ],
    ["http://a", { FIRST_URL: "http://b" }, { url: "http://a", source: "option" }],
    [" http://a/ ", {}, { url: "http://a", source: "option" }],
  ])("of %j and %j", (option, env, found) => {
    expect(resolveBaseUrl(provider, option, env)).toEqual(found);
    expect(resolveBaseUrl(provider, option, env)).toEqual(found);
  });

  it.each([
    ...["file:///etc/passwd", "javascript:alert(1)", "ftp://user:hunter2@host", "data:,x"],
    ...["example.com/v1", "//host", "http://", "unix:/socket"],
    ...["https://host/v1#part", "https://host/v1\r\nx-header: 1", "https://ho\tst/v1"],
  ])("%s is refused where it is given, unshown", (url) => {
    for (const ask of [
      () => resolveBaseUrl(provider, url, {}),
      () => resolveBaseUrl(provider, undefined, { FIRST_URL: url }),
      () => scripted({}, { baseUrl: url }),
    ]) {
      expect(ask).toThrow(expect.objectContaining({ code: "INVALID_REQUEST" }));
      expect(ask).not.toThrow(url);
    }
  });

  it("has a password that is known as a secret, in each form, and with what stands around it", () => {
    resolveBaseUrl(provider, "https://ada:p%40ss-word-1@host/v1", {});
    for (const form of ["p%40ss-word-1", "p@ss-word-1", btoa("ada:p@ss-word-1")]) {
      expect(redact(`so ${form} it is`)).not.toContain(form);
    }
    resolveBaseUrl(provider, undefined, { FIRST_URL: "https://adalovelace:short@host" });
    expect(redact("GET https://adalovelace:short@host/models")).not.toContain("short");
  });

  it("with a password is in no error", async () => {
    const baseUrl = "http://ada:a-password-of-a-proxy@127.0.0.1:9/v1";
    const thrown = new TypeError(`Request cannot be constructed from ${baseUrl}/models`);
    const { client } = scripted({ sdk: { scripts: [fails(thrown)] } }, { baseUrl, retry: 0 });
    const error: unknown = await client.chat("hi").catch((caught: unknown) => caught);
    expect(inspect(error, { depth: 9 })).not.toContain("a-password-of-a-proxy");
    expect(JSON.stringify(await client.status())).not.toContain("a-password-of-a-proxy");
  });
});
