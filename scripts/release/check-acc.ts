import { spawnSync } from "node:child_process";
import { delimiter } from "node:path";
import { run, withoutNpm } from "./command.ts";

/** Nobody listens here: a call that comes as far has found its SDK. */
const shut = "http://127.0.0.1:9";

const variables: Readonly<Record<string, NodeJS.ProcessEnv>> = {
  claude: { ANTHROPIC_API_KEY: "opens-nothing", ANTHROPIC_BASE_URL: shut },
  gemini: { GEMINI_API_KEY: "opens-nothing", GOOGLE_GEMINI_BASE_URL: shut },
  groq: { GROQ_API_KEY: "opens-nothing", GROQ_BASE_URL: shut },
  openai: { OPENAI_API_KEY: "opens-nothing", OPENAI_BASE_URL: shut },
};

/** `acc`, found on the PATH as a person's shell finds it: its version, and the SDK of each provider. */
export function checkAcc(commands: string, home: string): void {
  const env = withoutNpm({ PATH: `${commands}${delimiter}${process.env.PATH}`, HOME: home });
  const said = run("acc", ["--version"], { cwd: home, env });
  if (!/\d+\.\d+\.\d+/.test(said)) throw new Error(`acc --version said: ${said}`);
  for (const [provider, more] of Object.entries(variables)) {
    const args = ["chat", "--json", "--timeout", "10s", "--only", "sdk", "-p", provider, "hi"];
    const { stderr } = spawnSync("acc", args, {
      cwd: home,
      env: { ...env, ...more },
      encoding: "utf8",
    });
    if (JSON.parse(stderr).error?.attempts?.[0]?.code !== "NETWORK") {
      throw new Error(`acc did not ask ${provider} through its SDK: ${stderr}`);
    }
  }
}
