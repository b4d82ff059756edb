import { afterEach, describe, expect, it } from "vitest";
import { playedClient, says } from "../support/played-client.ts";
import { type RunningServer, runServer, token } from "../support/running-server.ts";

let running: RunningServer | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

const user = (content: unknown) => ({ role: "user", content });
const call = { id: "c", type: "function", function: { name: "f", arguments: "{" } };

describe("histories that programs send are taken", () => {
  it.each<[string, object[]]>([
    ["an answer of nothing", [user("a"), { role: "assistant", content: null }, user("b")]],
    ["an answer of blanks", [user("a"), { role: "assistant", content: " " }, user("b")]],
    [
      "a question of nothing in mid-way",
      [user("a"), { role: "assistant", content: "b" }, user(""), user("c")],
    ],
    ["an answer first", [{ role: "assistant", content: "Hello!" }, user("a")]],
    ["a system in mid-way", [user("a"), { role: "system", content: "Be brief." }, user("b")]],
    [
      "a call without its result",
      [user("a"), { role: "assistant", tool_calls: [call] }, user("b")],
    ],
    ["half of a pair", [user("a \ud800 b")]],
  ])("%s", async (_, messages) => {
    const played = playedClient(says("ok"));
    running = await runServer({ clients: { p: played.client } });
    const answer = await fetch(`${running.url}/v1/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ model: "p", messages }),
    });
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining("ok")]);
  });
});
