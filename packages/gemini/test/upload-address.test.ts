import { expect, it, onTestFinished, vi } from "vitest";
import { createGemini } from "../src/index.ts";

/** What a path that is glued to an address can make of its host, and what is no address at all. */
const told = [
  "data:.other.example/upload?upload_id=u1",
  "x:@other.example/upload?upload_id=u1",
  "/upload?upload_id=u1",
];

it.each(told)("sends no file where the vendor tells of %s", async (address) => {
  const asked: string[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url) => {
    asked.push(String(url));
    return new Response("", { headers: { "x-goog-upload-url": address } });
  });
  const client = createGemini({
    ...{ apiKey: "test-key-that-opens-nothing", baseUrl: "https://vendor.example" },
    ...{ cache: false, secrets: false },
  });
  onTestFinished(async () => {
    vi.restoreAllMocks();
    await client.close();
  });
  const batches = await client.vendorBatches?.();
  const line = { id: "m-0", body: { model: "models/m", request: {} } };
  const submitted = batches?.submit([line], "m", new AbortController().signal);
  await expect(submitted).rejects.toMatchObject({ code: "INVALID_OUTPUT" });
  expect(asked).toEqual(["https://vendor.example/upload/v1beta/files"]);
});
