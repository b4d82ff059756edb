import { defineProvider } from "@acc/dual-mode/provider";
import { afterEach, expect, it } from "vitest";
import { says } from "../support/played-client.ts";
import { type RunningServer, runServer, token } from "../support/running-server.ts";

let running: RunningServer | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

/** A CLI of which every second call is taken by a process that has waited. */
function startsAhead() {
  let calls = 0;
  const create = defineProvider({
    id: "waits",
    defaultModel: "model-1",
    cli: {
      credentials: ["none"],
      supports: ["system"],
      probe: async () => ({ available: true, command: process.execPath }),
      run: (request, { standby, signal }) => {
        calls += 1;
        if (calls % 2 === 0) standby?.claimed();
        return says("a")(request, signal);
      },
    },
  });
  return create({ secrets: false, cache: false, retry: 0, standby: 1 });
}

it.each([false, true])(
  "tells of a call that a waiting process took (stream: %s)",
  async (stream) => {
    running = await runServer({ clients: { waits: startsAhead() } });
    for (const content of ["one", "two"]) {
      const answer = await fetch(`${running.url}/v1/chat/completions`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify({ model: "waits", stream, messages: [{ role: "user", content }] }),
      });
      expect(answer.status).toBe(200);
      await answer.text();
    }
    expect(running.calls.map(({ mode, warm }) => [mode, warm])).toEqual([
      ["cli", undefined],
      ["cli", true],
    ]);
  },
);
