import { expect, test } from "vitest";
import { unusedProxy } from "../../src/http/unused-proxy.ts";

class Agent {}
class EnvHttpProxyAgent {}
const set = { HTTPS_PROXY: "http://proxy.example:8080" };

test.each(["22.21.0", "24.0.0", "26.1.0"])("Node.js %s needs the variable alone", (version) => {
  expect(unusedProxy(set, version, new Agent())).toMatch(
    /^HTTPS_PROXY is set.*NODE_USE_ENV_PROXY=1/,
  );
});

test.each(["20.19.0", "22.20.0", "23.11.0"])("Node.js %s is too old for it", (version) => {
  expect(unusedProxy(set, version, undefined)).toMatch(/run Node\.js 24, or 22\.21/);
});

test("a proxy's user and password are not told", () => {
  const env = { HTTP_PROXY: "http://me:word-of-pass@proxy.example" };
  expect(unusedProxy(env, "24.0.0", new Agent())).not.toContain("word-of-pass");
});

test.each([
  ["no proxy is set", {}, new Agent()],
  ["it is blank", { HTTPS_PROXY: " " }, new Agent()],
  ["it is used", set, new EnvHttpProxyAgent()],
  ["the dispatcher is of no class", set, Object.create(null)],
])("nothing is told where %s", (_, env, dispatcher) => {
  expect(unusedProxy(env, "24.0.0", dispatcher)).toBeUndefined();
});
