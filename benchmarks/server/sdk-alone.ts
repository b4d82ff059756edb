import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Ask } from "./ask.ts";
import { type Loaded, seconds } from "./load.ts";

/** What the process of the SDK is told to do. */
export interface LoopOrder {
  readonly ask: Ask;
  readonly connections: number;
  readonly seconds: number;
}

export interface SdkAlone extends Disposable {
  load(ask: Ask, connections: number): Promise<Loaded>;
}

/** The official SDK in a process of its own, in front of the vendor. */
export async function sdkAlone(upstream: string): Promise<SdkAlone> {
  const file = fileURLToPath(new URL("sdk-process.ts", import.meta.url));
  const child = fork(file, [upstream], { execArgv: [] });
  await once(child, "message");
  return {
    async load(ask, connections) {
      const order: LoopOrder = { ask, connections, seconds };
      child.send(order);
      const [loaded] = (await once(child, "message")) as [Loaded];
      return loaded;
    },
    [Symbol.dispose]: () => child.kill("SIGKILL"),
  };
}
