import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("own-process-main.ts", import.meta.url));

/** Runs `run(order)` of a module in a fresh process and gives what it returns. */
export function inOwnProcess<Order, Result>(module: URL, order: Order): Promise<Result> {
  const child = fork(main, [module.href], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  child.send({ order });
  return new Promise((resolve, reject) => {
    child.once("message", (message) => resolve((message as { result: Result }).result));
    child.once("exit", (code) => reject(new Error(`${module.pathname} ended with ${code}`)));
  });
}
