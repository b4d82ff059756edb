import { DualModeError } from "../error.ts";

/** Returns the error for a command that could not be started. */
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
    case "ENAMETOOLONG":
      return new DualModeError(
        "UNSUPPORTED_FEATURE",
        `The arguments for ${command} are too long.`,
        {
          fix: "Shorten the schema, or use the SDK mode.",
          cause,
        },
      );
    case "ETXTBSY":
      return new DualModeError("CLI_CRASHED", `${command} is being written at this moment.`, {
        fix: "Wait until its installation or update is over.",
        cause,
      });
    default:
      return new DualModeError("CLI_CRASHED", `${command} could not be started (${code}).`, {
        fix: "Check that the machine has processes, files and memory left.",
        cause,
      });
  }
}
