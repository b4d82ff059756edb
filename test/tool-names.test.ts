import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { createClaude } from "@acc/claude";
import type { Client } from "@acc/dual-mode";
import { createGemini } from "@acc/gemini";
import { createGroq } from "@acc/groq";
import { createOpenAI } from "@acc/openai";
import { expect, it } from "vitest";

/** A name as Claude Code gives one, of 68 characters; one of MCP; and two that not all take. */
const names = [
  "mcp__plugin_chrome-devtools-mcp_chrome-devtools__get_console_message",
  "admin.tools.list",
  "Query all components",
  "9lives",
];
const data = (event: object) => `data: ${JSON.stringify(event)}\n\n`;

function chat(name: string): string {
  const called = { index: 0, id: "c", type: "function", function: { name, arguments: "{}" } };
  const choice = (more: object) => ({ id: "a", model: "m", choices: [{ index: 0, ...more }] });
  return (
    data(choice({ delta: { role: "assistant", tool_calls: [called] } })) +
    data(choice({ delta: {}, finish_reason: "tool_calls" }))
  );
}

function responses(name: string): string {
  const item = { type: "function_call", id: "f", call_id: "c", name, arguments: "{}" };
  const response = { id: "r", model: "m", status: "completed", output: [item] };
  return (
    data({ type: "response.output_item.done", output_index: 0, item }) +
    data({ type: "response.completed", response })
  );
}

function messages(name: string): string {
  const content_block = { type: "tool_use", id: "c", name, input: {} };
  const delta = { stop_reason: "tool_use" };
  return [
    { type: "message_start", message: { id: "m", model: "m", content: [], usage: {} } },
    { type: "content_block_start", index: 0, content_block },
    { type: "content_block_stop", index: 0 },
    { type: "message_delta", delta, usage: {} },
    { type: "message_stop" },
  ]
    .map((event) => `event: ${event.type}\n${data(event)}`)
    .join("");
}

function contents(name: string): string {
  const parts = [{ functionCall: { name, args: {} } }];
  return data({ candidates: [{ content: { role: "model", parts }, finishReason: "STOP" }] });
}

interface Vendor {
  readonly open: (baseUrl: string) => Client;
  readonly answer: (name: string) => string;
}

const options = { apiKey: "key", only: "sdk", secrets: false, cache: false, retry: 0 } as const;
const vendors: Readonly<Record<string, Vendor>> = {
  claude: { open: (baseUrl) => createClaude({ ...options, baseUrl }), answer: messages },
  gemini: { open: (baseUrl) => createGemini({ ...options, baseUrl }), answer: contents },
  groq: { open: (baseUrl) => createGroq({ ...options, baseUrl }), answer: chat },
  openai: { open: (baseUrl) => createOpenAI({ ...options, baseUrl }), answer: chat },
  "openai by responses": {
    open: (baseUrl) => createOpenAI({ ...options, baseUrl, api: "responses" }),
    answer: responses,
  },
};

// BerriAI/litellm#17904, agentgateway/agentgateway#2379, chatboxai/chatbox#2400,
// NetApp/netapp-dataops-toolkit#38
it.each(
  Object.entries(vendors).flatMap(([vendor, each]) =>
    names.map((name) => ({ vendor, name, each })),
  ),
)("$vendor calls the tool $name by a name that it takes", async ({ name, each }) => {
  const sent: string[] = [];
  const server = createServer(async (request, response) => {
    const [, offered = ""] = /"name":"([^"]*)"/.exec(await text(request)) ?? [];
    sent.push(offered);
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(each.answer(offered));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await using client = each.open(`http://127.0.0.1:${port}`);
  const tools = [{ name, inputSchema: { type: "object", properties: {} } }];
  try {
    const reply = await client.chat({ messages: [{ role: "user", content: "?" }], tools });
    expect(reply.toolCalls.map((call) => call.name)).toEqual([name]);
    expect(sent[0]).toMatch(/^[\w.:-]{1,128}$/);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
