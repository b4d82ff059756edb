import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import type { Reply } from "@acc/dual-mode";
import { createGroq } from "@acc/groq";

/** One call to a vendor that is overloaded when the SDK asks, and answers when the CLI does. */
export async function showFallback(
  mockUrl: string,
  prompt: string,
): Promise<Reply & { readonly ms: number }> {
  const server = await overloadedOnce(mockUrl);
  const groq = createGroq({
    apiKey: "offline-no-key-at-all",
    baseUrl: server.url,
    secrets: false,
    cache: false,
    retry: 0,
  });
  try {
    const started = performance.now();
    const reply = await groq.chat(prompt);
    return { ...reply, ms: Math.round(performance.now() - started) };
  } finally {
    await groq.close();
    await server.close();
  }
}

/** A server on loopback that answers 529 to the first request and hands the others on. */
async function overloadedOnce(mockUrl: string) {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    if (asked === 1) {
      response.writeHead(529, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { type: "overloaded_error", message: "Overloaded" } }));
      return;
    }
    const { method, headers } = request;
    const onward = httpRequest(
      new URL(request.url ?? "/", mockUrl),
      { method, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
