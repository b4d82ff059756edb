import { describe, expect, test } from "vitest";
import { checkHost } from "../../src/safety/check-host.ts";
import { checkOrigin } from "../../src/safety/check-origin.ts";
import { preflight } from "../../src/safety/cors.ts";

const address = "http://127.0.0.1:4141/v1/models";
const asked = (headers: Record<string, string>, url = address) => new Request(url, { headers });

describe("Host", () => {
  test.each([
    ["127.0.0.1:4141"],
    ["localhost:4141"],
    ["LOCALHOST"],
    ["[::1]:4141"],
    ["localhost:8080"],
  ])("%s is let in", (host) => {
    expect(checkHost(asked({ host }))).toBeUndefined();
  });

  // ollama/ollama CVE-2024-28224; Canonry/canonry#1177
  test.each([
    ["a name that was made to lead here", "rebound.example:4141"],
    ["one that begins like loopback", "127.0.0.1.nip.io:4141"],
    ["one that begins like localhost", "localhost.example"],
    ["one that ends like localhost", "evil-localhost"],
    ["a subdomain", "a.localhost"],
    ["a name with a dot at its end", "localhost."],
    ["all interfaces", "0.0.0.0:4141"],
    ["an address of the network", "192.168.1.20:4141"],
    ["loopback in another writing", "2130706433"],
    ["loopback as IPv6", "[::ffff:127.0.0.1]:4141"],
    ["a user before the host", "localhost@evil.example"],
    ["a port that is none", "localhost:4141evil"],
    ["two names", "localhost, evil.example"],
    ["nothing", ""],
  ])("%s is refused", (_, host) => {
    expect(checkHost(asked({ host }))).toMatchObject({ status: 403, code: "HOST_NOT_ALLOWED" });
  });

  test("an address that names another server is refused, whatever Host says", () => {
    const request = asked({ host: "127.0.0.1:4141" }, "http://evil.example/v1/models");
    expect(checkHost(request)).toMatchObject({ code: "HOST_NOT_ALLOWED" });
  });

  test("a listed name is let in, with the port that is listed or with any", () => {
    const request = (host: string) => asked({ host }, `http://${host}/`);
    const hosts = ["Acc.Internal", "other.internal:4141"];
    expect(checkHost(request("acc.internal:9000"), hosts)).toBeUndefined();
    expect(checkHost(request("other.internal:4141"), hosts)).toBeUndefined();
    expect(checkHost(request("other.internal:4142"), hosts)).toMatchObject({ status: 403 });
  });
});

describe("Origin", () => {
  test.each([
    ["a program, without one", {}],
    ["a page of this server", { origin: "http://127.0.0.1:4141" }],
    ["a page of this server, told by the browser alone", { "sec-fetch-site": "same-origin" }],
    ["an address typed by hand", { "sec-fetch-site": "none", "sec-fetch-mode": "navigate" }],
    ["a link that is followed", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" }],
  ])("%s is let in", (_, headers) => {
    expect(checkOrigin(asked({ host: "127.0.0.1:4141", ...headers }))).toBeUndefined();
  });

  test.each([
    ["another site", { origin: "https://evil.example" }],
    ["a file or a sandbox", { origin: "null" }],
    ["another port of this machine", { origin: "http://127.0.0.1:3000" }],
    ["this server under another of its names", { origin: "http://localhost:4141" }],
    ["one that begins like this server", { origin: "http://127.0.0.1:4141.evil.example" }],
    ["an extension", { origin: "chrome-extension://abcdefgh" }],
    ["an image of another site", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }],
    ["a sibling site", { "sec-fetch-site": "same-site", "sec-fetch-mode": "cors" }],
    ["nothing", { origin: "" }],
  ])("%s is refused", (_, headers) => {
    const refusal = checkOrigin(asked({ host: "127.0.0.1:4141", ...headers }));
    expect(refusal).toMatchObject({ status: 403, code: "ORIGIN_NOT_ALLOWED" });
  });

  // hasamba/DFIR-Companion#280: both headers are the client's, so each is held to a list.
  test("an Origin that agrees with a Host which is not ours does not help", () => {
    const host = "rebound.example:4141";
    expect(checkHost(asked({ host, origin: `http://${host}` }))).toMatchObject({ status: 403 });
  });

  test("a listed page may ask, and read", () => {
    const headers = {
      origin: "https://App.example",
      "access-control-request-headers": "authorization,x-stainless-os",
    };
    expect(checkOrigin(asked(headers), ["https://app.example"])).toBeUndefined();
    const answer = preflight(asked(headers));
    expect(answer.status).toBe(204);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "access-control-allow-origin": "https://App.example",
      "access-control-allow-headers": "authorization,x-stainless-os",
      vary: "Origin",
    });
    expect(answer.headers.has("access-control-allow-credentials")).toBe(false);
  });
});
