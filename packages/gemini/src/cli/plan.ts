import { join } from "node:path";
import {
  type CanonicalRequest,
  type CommandPlan,
  commandWord,
  DualModeError,
  type PrivateFolder,
  type RunContext,
  type TextTurn,
  toTextTurns,
} from "@acc/dual-mode/provider";
import { reportedFinish } from "./reported-finish.ts";
import { toSession } from "./session.ts";
import { toSettings } from "./settings.ts";
import { canWait } from "./standby.ts";
import { isText } from "./tools.ts";

/** The largest prompt. For a larger one the CLI makes no request, and exits with code 0. */
const mostBytes = 8 * 1024 * 1024;
/** The API refuses an empty instruction, and without one the CLI adds its own. */
const noInstruction = "Answer the user.";

const environment = {
  GEMINI_CLI_NO_RELAUNCH: "true",
  GEMINI_CLI_TRUST_WORKSPACE: "true",
  TERM: "xterm-256color",
  NO_COLOR: "1",
};

/** The prompt if the settings contain the conversation, because the CLI still requires one. */
const placeholder = "\nGo on.";

/**
 * Plans the run of `gemini`: in its own home, without its own tools, extensions, servers and hooks.
 */
export async function toPlan(
  request: CanonicalRequest,
  { baseUrl, standby }: RunContext<object>,
  folder: PrivateFolder,
): Promise<CommandPlan> {
  const { model, system } = request;
  const turns = isText(request) ? toTextTurns(request.messages) : [];
  const earlier = turns.slice(0, -1);
  const home = await folder.folder("home");
  const report = join(folder.path, "report.log");
  await folder.write("home/.gemini/settings.json", JSON.stringify(toSettings(request, report)));
  const history =
    earlier.length > 0 ? ["--session-file", await writeSession(earlier, model, folder)] : [];
  return {
    args: [
      ...["-o", "stream-json", "-m", commandWord("model", model), "--skip-trust"],
      ...["--allowed-mcp-server-names", "none", "-e", "none", ...history],
      // Without it the CLI removes control codes from the answer.
      ...["--raw-output", "--accept-raw-output-risk"],
    ],
    stdin: isText(request) ? toPrompt(turns.at(-1)) : placeholder,
    env: {
      ...environment,
      GEMINI_CLI_HOME: home,
      GEMINI_SYSTEM_MD: await folder.write("system.md", system || noInstruction),
      ...(baseUrl !== undefined && { GOOGLE_GEMINI_BASE_URL: baseUrl }),
    },
    keyVariable: "GEMINI_API_KEY",
    // Compiling takes a third of its start.
    keepsCompiledCode: true,
    report,
    ...(standby !== undefined &&
      canWait(request) && {
        expendable: true,
        isReported: (word: string) => reportedFinish(word) !== undefined,
      }),
  };
}

function writeSession(
  turns: readonly TextTurn[],
  model: string,
  folder: PrivateFolder,
): Promise<string> {
  return folder.write("session.json", JSON.stringify(toSession(turns, model)));
}

/** Makes the prompt. The newline prevents a leading "/" from being read as a command. */
function toPrompt(turn: TextTurn | undefined): string {
  if (turn?.role !== "user") {
    throw new DualModeError("INVALID_REQUEST", "The last message must be the user's.", {
      fix: "Put the user's message last.",
    });
  }
  const prompt = `\n${turn.text}`;
  if (Buffer.byteLength(prompt) > mostBytes) {
    throw new DualModeError("UNSUPPORTED_FEATURE", "Gemini's CLI takes no prompt above 8 MiB.", {
      fix: "Shorten the prompt, or use the SDK mode.",
    });
  }
  return prompt;
}
