import { parseArgs } from "node:util";
import { DualModeError } from "@acc/dual-mode/provider";

export interface Arguments {
  readonly input: "text" | "json";
  readonly output: "text" | "json" | "stream-json";
  readonly model: string | undefined;
  /** Whether to wait for the request on stdin, and load the SDK in the meantime. */
  readonly hold: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

const options = {
  input: { type: "string", default: "text" },
  output: { type: "string", default: "text" },
  model: { type: "string" },
  hold: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
  version: { type: "boolean", default: false },
} as const;

/** @throws {@link DualModeError} `INVALID_REQUEST` for unknown arguments. */
export function toArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parse(args);
  if (positionals.length > 0) throw wrong("The prompt is read from stdin, not from an argument.");
  const { model, hold, help, version } = values;
  return {
    input: oneOf("--input", values.input, ["text", "json"]),
    output: oneOf("--output", values.output, ["text", "json", "stream-json"]),
    model,
    hold,
    help,
    version,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw wrong((error as Error).message);
  }
}

function oneOf<Value extends string>(name: string, value: string, values: readonly Value[]): Value {
  const found = values.find((each) => each === value);
  if (found === undefined) throw wrong(`${name} is one of ${values.join(", ")}, not "${value}".`);
  return found;
}

function wrong(message: string): DualModeError {
  return new DualModeError("INVALID_REQUEST", message, { fix: "acc-groq --help" });
}
