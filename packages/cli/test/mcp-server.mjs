import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";

/** A server of tools, of its own process where it is run, and in another's as `makeServer`. */
export function makeServer() {
  const server = new McpServer({ name: "tried", version: "1.0.0" });
  const text = (words) => ({ content: [{ type: "text", text: words }] });
  server.registerTool("who.am_i", { description: "Tells who runs it." }, () =>
    text(`token=${process.env.TOKEN} key=${process.env.ANTHROPIC_API_KEY}`),
  );
  server.registerTool("fails", {}, () => ({ ...text("It is broken."), isError: true }));
  server.registerTool("picture", {}, () => ({
    content: [
      { type: "image", data: "iVBORw0KGgo=", mimeType: "image/png" },
      { type: "audio", data: "AAAA", mimeType: "audio/wav" },
    ],
  }));
  server.registerTool("ends", {}, () => {
    process.stderr.write("I am gone.\n");
    process.exit(3);
  });
  if (process.argv[2] === "paged") inPages(server.server);
  return server;
}

/** Tells of a tool a page, and of the last one for ever. */
function inPages(server) {
  server.setRequestHandler(ListToolsRequestSchema, ({ params }) => {
    const page = Number(params?.cursor ?? 1);
    const tool = { name: `of_page_${page}`, inputSchema: { type: "object" } };
    return { tools: [tool], nextCursor: String(Math.min(page + 1, 3)) };
  });
}

if (process.argv[1] === import.meta.filename) {
  process.stderr.write("I have begun.\n");
  if (process.argv[2] === "stays") setInterval(() => {}, 1000);
  await makeServer().connect(new StdioServerTransport());
}
