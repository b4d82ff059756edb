import { readFileSync } from "node:fs";

/** Whether the terminal sends Ctrl-C to this process, and so to the commands that it runs too. */
export function isInForeground(): boolean {
  if (process.platform !== "linux") {
    const isTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
    return process.platform === "win32" || isTerminal;
  }
  const status = readFileSync("/proc/self/stat", "utf8");
  const [, , group, , , foreground] = status.slice(status.lastIndexOf(")") + 2).split(" ");
  return group === foreground;
}
