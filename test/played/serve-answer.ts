import { onTestFinished } from "vitest";
import {
  type Answer,
  type LoopbackServer,
  startLoopbackServer,
} from "../../scripts/loopback-server.ts";

/** A server of one test, which is closed behind it. */
export async function serve(answer: Answer): Promise<LoopbackServer> {
  const server = await startLoopbackServer(answer);
  onTestFinished(() => server.close());
  return server;
}
