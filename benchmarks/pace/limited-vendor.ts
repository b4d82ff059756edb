import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Shape } from "../../test/played/played-limit.ts";

/** A vendor with a limit, in another process. */
export interface LimitedVendor extends Disposable {
  readonly url: string;
  /** How many requests came since this was last asked. */
  requests(): Promise<number>;
}

export async function startLimitedVendor(shape: Shape): Promise<LimitedVendor> {
  const path = fileURLToPath(new URL("limited-process.ts", import.meta.url));
  const child = fork(path, [shape], { execArgv: [] });
  const [url] = (await once(child, "message")) as [string];
  return {
    url,
    async requests() {
      child.send("requests");
      const [count] = (await once(child, "message")) as [number];
      return count;
    },
    [Symbol.dispose]: () => child.disconnect(),
  };
}
