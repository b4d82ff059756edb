import { DualModeError } from "../error.ts";

/** What it means that a command could not be started. */
export function spawnFailure(command: string, cause: unknown): DualModeError {
  const code = typeof cause === "object" && cause !== null && Reflect.get(cause, "code");
  switch (code) {
    case "ENOENT":
      return new DualModeError(
        "CLI_NOT_FOUND",
        `${command} is not there, or the interpreter in its first line is not.`,
        { fix: "Install the CLI again, or set `cliPath` to it.", cause },
      );
    case "EACCES":
    case "EPERM":
    case "ENOEXEC":
    case "ENOTDIR":
      return new DualModeError("CLI_NOT_FOUND", `${command} may not be executed (${code}).`, {
        fix: "Make it executable (chmod +x), or set `cliPath` to another.",
        cause,
      });
    case "E2BIG":
      return new DualModeError("INVALID_REQUEST", `The arguments for ${command} are too long.`, {
        fix: "Shorten the system prompt or the schema.",
        cause,
      });
    default:
      return new DualModeError("CLI_CRASHED", `${command} could not be started (${code}).`, {
        fix: "See whether the machine has processes, files and memory left.",
        cause,
      });
  }
}
