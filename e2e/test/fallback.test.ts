import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import type { Answer, RawRequest } from "../../scripts/loopback-server.ts";
import { plays, refuses, type Vendor } from "../../scripts/vendor-answers.ts";
import { doors, open } from "./doors.ts";
import { Scene } from "./scene.ts";

const scene = new Scene();

describe.each(doors)("$name", (door) => {
  it("answers where the SDK fails", async () => {
    const server = await scene.serve(failsFirst(door.vendor));
    await using client = open(door, server.url, { prefer: "sdk", only: undefined as never });
    const reply = await client.chat("Explain decorators");
    expect(reply).toMatchObject({ text: "From the other door.", mode: "cli", fallback: true });
    expect(reply.attempts).toMatchObject([{ mode: "sdk", code: "OVERLOADED" }, { mode: "cli" }]);
  });

  it("leaves the answer to the SDK where it fails itself", async () => {
    const server = await scene.serve(failsFirst(door.vendor));
    await using client = open(door, server.url, { prefer: "cli", only: undefined as never });
    const reply = await client.chat("Explain decorators");
    expect(reply).toMatchObject({ text: "From the other door.", mode: "sdk", fallback: true });
    expect(reply.attempts).toMatchObject([{ mode: "cli", code: "OVERLOADED" }, { mode: "sdk" }]);
  });
});

/** Overloaded for the door that is tried first, and at ease for the next. */
function failsFirst(vendor: Vendor): Answer {
  let asked = 0;
  const overloaded = refuses(vendor, vendor === "claude" ? 529 : 503, { message: "Overloaded" });
  return (response: ServerResponse, request: RawRequest) => {
    if (request.method !== "POST") return void response.end();
    asked++;
    return (asked === 1 ? overloaded : plays(vendor, "From the other door."))(response, request);
  };
}
