import { afterEach } from "vitest";
import type { ServerOptions } from "../../src/contract/server.ts";
import { type Play, playedClient, says } from "../support/played-client.ts";
import { type RunningServer, runServer, token } from "../support/running-server.ts";

export const authorization = `Bearer ${token}`;
export const json = { "content-type": "application/json", authorization };
export const body = (members: object = {}) =>
  JSON.stringify({ model: "p", messages: [{ role: "user", content: "hi" }], ...members });
export const post = (url: string, members: object = {}, init: RequestInit = {}) =>
  fetch(url, { method: "POST", headers: json, body: body(members), ...init });

/** Says something when it is told to. */
export function held() {
  let go = () => {};
  const told = new Promise<void>((resolve) => {
    go = resolve;
  });
  const play: Play = async function* (request, signal) {
    await told;
    yield* says("late")(request, signal);
  };
  return { play, go };
}

export function handlerScene() {
  let running: RunningServer | undefined;

  afterEach(async () => {
    await running?.close();
    running = undefined;
  });

  async function start(play: Play, options: Partial<ServerOptions> = {}) {
    const played = playedClient(play);
    running = await runServer({ clients: { p: played.client }, ...options });
    return { ...played, running, url: running.url };
  }

  return {
    get running() {
      return running;
    },
    set running(value) {
      running = value;
    },
    start,
  };
}
