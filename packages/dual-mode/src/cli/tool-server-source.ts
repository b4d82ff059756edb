/**
 * Returns the program of an MCP server that lists these tools and does nothing else: CommonJS,
 * without dependencies. Other lists that a client asks for are empty, and any other method is
 * unknown.
 * https://modelcontextprotocol.io/specification/2025-11-25
 */
export function toolServerSource(tools: readonly object[]): string {
  return `"use strict";
const tools = ${JSON.stringify(tools)};
const about = {
  initialize: ({ protocolVersion = "2025-06-18" } = {}) => ({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: "acc", version: "1" },
  }),
  ping: () => ({}),
  "tools/list": () => ({ tools }),
  "prompts/list": () => ({ prompts: [] }),
  "resources/list": () => ({ resources: [] }),
  "resources/templates/list": () => ({ resourceTemplates: [] }),
};
const unknown = { code: -32601, message: "This server lists tools, and does nothing else." };

function answer(line) {
  let asked;
  try {
    asked = JSON.parse(line);
  } catch {
    return;
  }
  const { id, method, params } = Object(asked);
  if (id === undefined || id === null || typeof method !== "string") return;
  const told = Object.hasOwn(about, method)
    ? { result: about[method](params) }
    : { error: unknown };
  process.stdout.write(JSON.stringify({ jsonrpc: "2.0", id, ...told }) + "\\n");
}

let rest = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (piece) => {
  const lines = (rest + piece).split("\\n");
  rest = lines.pop();
  lines.forEach(answer);
});
process.stdin.on("end", () => process.exit());
process.stdout.on("error", () => process.exit());
`;
}
