import { text } from "node:stream/consumers";
import {
  type CanonicalRequest,
  DualModeError,
  missingFeatures,
  networkError,
  type Part,
  printable,
  protocolExit,
  resolveBaseUrl,
  resolveCredential,
} from "@acc/dual-mode/provider";
import { groqBaseUrl, groqCredential } from "../credential.ts";
import { cliFeatures } from "../features.ts";
import { loadSdk } from "../sdk/client.ts";
import { sdk } from "../sdk/mode.ts";
import { version } from "../version.ts";
import { type Arguments, toArguments } from "./arguments.ts";
import { help } from "./help.ts";
import { openOutput } from "./output.ts";
import { toRequest } from "./request.ts";

const wrongUsage = 2;

/** Runs the command, and returns its exit code. */
export async function run(argv: readonly string[], signal: AbortSignal): Promise<number> {
  const { stdout: out } = process;
  const stdout = (said: string) => out.write(out.isTTY ? printable(said) : said);
  const stderr = (said: string) => process.stderr.write(printable(said));
  let args: Arguments;
  try {
    args = toArguments(argv);
  } catch (error) {
    openOutput("text", stdout, stderr).fail(toError(error));
    return wrongUsage;
  }
  if (args.help || args.version) {
    stdout(args.help ? help : `${version}\n`);
    return 0;
  }
  const output = openOutput(args.output, stdout, stderr);
  try {
    if (args.hold) loadSdk();
    const request = toRequest(args.input, await text(process.stdin), args.model);
    for await (const part of ask(request, signal)) output.part(part);
    output.end();
    return 0;
  } catch (thrown) {
    const error = toError(thrown);
    output.fail(error);
    return protocolExit(error.code);
  }
}

async function* ask(request: CanonicalRequest, signal: AbortSignal): AsyncIterable<Part> {
  refuseMissing(request);
  const secret = await resolveCredential({ credential: groqCredential });
  yield* sdk.run(request, {
    options: {},
    credential:
      secret === undefined
        ? { kind: "none", source: "none" }
        : { kind: "key", source: secret.source, secret },
    baseUrl: resolveBaseUrl({ baseUrl: groqBaseUrl }, undefined, process.env)?.url,
    command: undefined,
    version: undefined,
    env: process.env,
    cliEnv: {},
    signal,
    deadline: Number.POSITIVE_INFINITY,
    logger: { debug: () => {} },
    alive: () => {},
  });
}

/** Refuses a request that needs a missing feature, instead of leaving something out. */
function refuseMissing(request: CanonicalRequest): void {
  const [first] = missingFeatures(cliFeatures, request);
  if (first === undefined) return;
  const { feature, reason = "Groq does not support it." } = first;
  const message = `acc-groq does not support ${feature}. ${reason}`;
  throw new DualModeError("UNSUPPORTED_FEATURE", message, { fix: "Leave it out." });
}

function toError(thrown: unknown): DualModeError {
  if (DualModeError.is(thrown)) return thrown;
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  return networkError(thrown) ?? new DualModeError("PROVIDER_FAULT", said, { cause: thrown });
}
