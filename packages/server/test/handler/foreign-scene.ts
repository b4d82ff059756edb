import { afterEach } from "vitest";
import { playedClient, says } from "../support/played-client.ts";
import { type RunningServer, runServer, token } from "../support/running-server.ts";

export const chat = "/v1/chat/completions";
export const responses = "/v1/responses";
export const messages = "/v1/messages";
export const user = { role: "user", content: "hi" };

export const schema = { type: "object", properties: { at: { type: "string" } } };
export const look = { type: "function", function: { name: "look", parameters: schema } };

export function foreignScene() {
  /** Requests in a form that is not the wire's own, as programs send them that people use. */
  let running: RunningServer | undefined;

  afterEach(async () => {
    await running?.close();
    running = undefined;
  });

  async function ask(path: string, body: object) {
    const played = playedClient(says("Hello"));
    running = await runServer({ clients: { p: played.client } });
    const answer = await fetch(running.url + path, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ model: "p/model-2", ...body }),
    });
    const text = await answer.text();
    const ignored = answer.headers.get("x-acc-ignored");
    return { status: answer.status, text, ignored, asked: played.asked[0] };
  }

  return {
    get running() {
      return running;
    },
    ask,
  };
}
