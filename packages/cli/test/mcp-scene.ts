import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { type LoopbackServer, startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { plays, refuses, type Vendor } from "../../../scripts/vendor-answers.ts";
import { canary, formsIn } from "../../../test/canary-forms.ts";
import { homeAnew } from "./home-anew.ts";
import { type McpClient, openMcp } from "./mcp-client.ts";

export const vendorOf = (path: string): Vendor =>
  path.includes("/messages") ? "claude" : "gemini";

export interface Result {
  readonly isError?: boolean;
  readonly content: readonly { readonly text: string }[];
  readonly structuredContent?: Readonly<Record<string, unknown>>;
}

export const textOf = ({ content }: Result) => content.map(({ text }) => text).join("\n");

export function mcpScene() {
  /** Each vendor is played by one server: by the path that it is asked at. */
  let vendors: LoopbackServer;
  const home = homeAnew();
  let mcp: McpClient | undefined;

  beforeAll(async () => {
    vendors = await startLoopbackServer(() => undefined);
  });

  afterAll(() => vendors.close());

  beforeEach(async () => {
    mkdirSync(join(home.path, "project"));
    vendors.requests.length = 0;
    answers({ claude: "Claude says so.", gemini: "Gemini says so." });
  });

  afterEach(async () => {
    await mcp?.close();
    mcp = undefined;
  });

  function answers(texts: Partial<Record<Vendor, string>>): void {
    vendors.answer = (response, request) => {
      const vendor = vendorOf(request.path);
      const text = texts[vendor];
      const answer =
        text === undefined ? refuses(vendor, 500, { message: "No." }) : plays(vendor, text);
      return answer(response, request);
    };
  }

  const env = () => ({
    ANTHROPIC_API_KEY: canary,
    ANTHROPIC_BASE_URL: vendors.url,
    GEMINI_API_KEY: `${canary}-2`,
    GOOGLE_GEMINI_BASE_URL: vendors.url,
  });

  /** Calls a tool of a server, which is started with the first call. */
  async function call(
    name: string,
    args: Readonly<Record<string, unknown>>,
    flags: readonly string[] = [],
  ): Promise<Result> {
    mcp ??= await openMcp(home, flags, env());
    const result = (await mcp.client.callTool({ name, arguments: args })) as unknown as Result;
    expect(formsIn(JSON.stringify(result) + mcp.stderr())).toEqual([]);
    return result;
  }

  return {
    get vendors() {
      return vendors;
    },
    get home() {
      return home;
    },
    get mcp() {
      return mcp;
    },
    set mcp(value) {
      mcp = value;
    },
    answers,
    env,
    call,
  };
}
