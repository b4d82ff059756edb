import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { startLoopbackServer } from "../../../../scripts/loopback-server.ts";
import { dummyKey, runContext } from "../../../../test/played/run-context.ts";
import { sdkFetch } from "../../src/kit/sdk-fetch.ts";
import { sdkLoader } from "../../src/kit/sdk-loader.ts";

const owner = { who: "Example's SDK", env: "EXAMPLE_API_KEY", stored: "example_api_key" };

afterEach(() => vi.unstubAllEnvs());

async function server() {
  const loopback = await startLoopbackServer((response) => void response.end("{}"));
  onTestFinished(() => loopback.close());
  return loopback;
}

describe("the fetch of an SDK", () => {
  it("sends the route's key and the given headers, and none of the SDK's", async () => {
    const { url, requests } = await server();
    const fetch = sdkFetch(runContext(url), owner, {
      accept: "application/json",
      headers: { "example-version": "1" },
    });
    const headers = { authorization: "Bearer of the SDK", "x-sdk": "1" };
    await fetch(url, { method: "POST", headers, body: "{}" });
    expect(requests[0]?.headers).toMatchObject({
      accept: "application/json",
      authorization: `Bearer ${dummyKey}`,
      "content-type": "application/json",
      "example-version": "1",
    });
    expect(requests[0]?.headers).not.toHaveProperty("x-sdk");
  });

  it("leaves the type of a form to the one that makes its bound", async () => {
    const { url, requests } = await server();
    const form = new FormData();
    form.set("purpose", "batch");
    await sdkFetch(runContext(url), owner, { upload: true })(url, { method: "POST", body: form });
    expect(requests[0]?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
  });

  it("names the variable and the stored name of a key that is missing", () => {
    const context = runContext("http://127.0.0.1:9", {
      credential: { kind: "none", source: "none" },
    });
    expect(() => sdkFetch(context, owner)).toThrow(
      expect.objectContaining({
        code: "MISSING_CREDENTIALS",
        message: "Example's SDK needs an API key.",
        fix: "Set EXAMPLE_API_KEY, or store the key as example_api_key.",
      }),
    );
  });
});

describe("the loader of an SDK", () => {
  it("loads it once", async () => {
    const load = vi.fn(async () => ({ name: "sdk" }));
    const get = sdkLoader("example-sdk", load);
    expect(await get()).toBe(await get());
    expect(load).toHaveBeenCalledTimes(1);
  });

  it("says how to install what does not load, and tries again", async () => {
    const cause = new Error("Cannot find package");
    const load = vi.fn(async () => "sdk").mockRejectedValueOnce(cause);
    const get = sdkLoader("example-sdk", load);
    await expect(get()).rejects.toMatchObject({
      code: "SDK_NOT_INSTALLED",
      fix: "npm install example-sdk",
      cause,
    });
    expect(await get()).toBe("sdk");
  });
});
