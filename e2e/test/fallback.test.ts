import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import type { Answer, RawRequest } from "../../scripts/loopback-server.ts";
import { plays, refuses, type Vendor } from "../../scripts/vendor-answers.ts";
import { callsIn } from "./received.ts";
import { Scene } from "./scene.ts";
import { pairs, targets } from "./targets.ts";

const scene = new Scene();
const bothModes = { only: undefined as never };

describe.each(pairs)("$name", (pair) => {
  it("answers where its SDK fails", async () => {
    const server = await scene.serve(failsFirst(pair.vendor));
    await using client = scene.open(pair, server.url, { ...bothModes, prefer: "sdk" });
    const reply = await client.chat("Explain decorators");
    expect(reply).toMatchObject({ text: "From another try.", mode: "cli", fallback: true });
    expect(reply.attempts).toMatchObject([{ mode: "sdk", code: "OVERLOADED" }, { mode: "cli" }]);
  });

  it("leaves the answer to its SDK where it fails itself", async () => {
    const server = await scene.serve(failsFirst(pair.vendor));
    await using client = scene.open(pair, server.url, { ...bothModes, prefer: "cli" });
    const reply = await client.chat("Explain decorators");
    expect(reply).toMatchObject({ text: "From another try.", mode: "sdk", fallback: true });
    expect(reply.attempts).toMatchObject([{ mode: "cli", code: "OVERLOADED" }, { mode: "sdk" }]);
  });
});

describe.each(targets)("$name", (target) => {
  it("is asked again by us, and by nobody else", async () => {
    const server = await scene.serve(failsFirst(target.vendor));
    await using client = scene.open(target, server.url, { retry: 1 });
    const reply = await client.chat("Explain decorators");
    expect(reply).toMatchObject({ text: "From another try.", mode: target.mode, fallback: false });
    expect(callsIn(server.requests)).toHaveLength(2);
  });
});

/** Overloaded at the first try, and at ease at the next. */
function failsFirst(vendor: Vendor): Answer {
  let asked = 0;
  const overloaded = refuses(vendor, vendor === "claude" ? 529 : 503, { message: "Overloaded" });
  return (response: ServerResponse, request: RawRequest) => {
    if (request.method !== "POST") return void response.end();
    asked++;
    return (asked === 1 ? overloaded : plays(vendor, "From another try."))(response, request);
  };
}
