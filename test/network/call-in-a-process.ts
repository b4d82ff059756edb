import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { root } from "../dependency-rule/workspace.ts";

/** A call that another process makes, which has an environment of its own. */
export interface OwnCall {
  readonly provider?: keyof typeof creators;
  readonly only?: "sdk" | "cli";
  readonly baseUrl: string;
  /** The Node.js that makes it. */
  readonly node?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** How such a call failed. */
export interface OwnFailure {
  readonly code: string;
  readonly message: string;
  readonly fix?: string;
  readonly retryable: boolean;
  readonly attempts: readonly object[];
}

export const creators = {
  claude: "createClaude",
  gemini: "createGemini",
  groq: "createGroq",
  openai: "createOpenAI",
} as const;

/** The failure of a call of the built packages, with the retries that are usual. */
export async function callInAProcess(
  home: string,
  { provider = "groq", only = "sdk", baseUrl, node = process.execPath, env = {} }: OwnCall,
): Promise<OwnFailure> {
  const create = creators[provider];
  const options = { apiKey: "no-key-of-anybody", only, baseUrl, cache: false, secrets: false };
  const script = `
    import { ${create} } from ${JSON.stringify(join(root, "packages", provider, "dist/index.js"))};
    const client = ${create}(${JSON.stringify(options)});
    const told = await client.chat("Hello").catch((error) => error);
    console.log(JSON.stringify(told));
    await client.close();`;
  const surroundings = { PATH: dirname(node), HOME: home, ...env };
  const child = spawn(node, ["--input-type=module", "-e", script], {
    env: surroundings,
    cwd: home,
  });
  const [said, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (said === "") throw new Error(complaint);
  return JSON.parse(said);
}
