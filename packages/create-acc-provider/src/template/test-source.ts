import type { Plan } from "../plan.ts";
import { createName } from "./names.ts";

/** The rules that every provider keeps, run against a server on loopback that answers "Hello". */
export function testSource({ id, key }: Plan): string {
  const create = createName(id);
  const credential = key === "" ? "" : `, apiKey: "a-key-for-the-test"`;
  return `import { createServer } from "node:http";
import { after, test } from "node:test";
import { testProvider } from "@acc/dual-mode/testing";
import { ${create} } from "../dist/index.js";

const server = createServer((request, response) => {
  request.resume().on("end", () => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const text of ["Hel", "lo"]) send(response, { delta: { content: text } });
    send(response, { delta: {}, finish_reason: "stop" });
    response.end("data: [DONE]\\n\\n");
  });
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => server.close());

const baseUrl = \`http://127.0.0.1:\${server.address().port}\`;
testProvider(test, ${create}, { mode: "sdk", options: { baseUrl, secrets: false${credential} } });

function send(response, choice) {
  response.write(\`data: \${JSON.stringify({ choices: [choice] })}\\n\\n\`);
}
`;
}
