import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { root } from "./root.ts";
import type { Step } from "./step.ts";

const path = `${join(root, "node_modules", ".bin")}${delimiter}${process.env.PATH ?? ""}`;

/** Runs a step's command in a process group of its own; true when it ended with exit code 0. */
export function execute(step: Step, write: (text: string) => void): Promise<boolean> {
  const [command, ...args] = step.command;
  const { minutes = 10 } = step;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: step.cwd ?? root,
      env: { ...process.env, ...step.env, PATH: path },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", write);

    const timer = setTimeout(() => {
      write(`\n"${step.name}" was stopped: it took longer than ${minutes} minutes\n`);
      killGroup(child.pid);
    }, minutes * 60_000);
    const interrupt = (signal: NodeJS.Signals) => {
      killGroup(child.pid);
      process.exit(signal === "SIGINT" ? 130 : 143);
    };
    process.on("SIGINT", interrupt).on("SIGTERM", interrupt);

    const end = (succeeded: boolean) => {
      clearTimeout(timer);
      process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
      resolve(succeeded);
    };
    child.on("error", (error) => {
      write(`${error.message}\n`);
      end(false);
    });
    child.on("exit", (code) => {
      // What the step left running may hold its output open for ever.
      const late = setTimeout(() => end(code === 0), 2_000);
      child.on("close", () => {
        clearTimeout(late);
        end(code === 0);
      });
    });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
