import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { commandToken, createGcpStore, metadataToken } from "../../src/outside/gcp.ts";
import { failsWith } from "../codes.ts";
import { gcpServer, goodToken } from "./gcp-server.ts";

afterEach(() => vi.unstubAllEnvs());

/** What a metadata server answers, as Google documents it. */
async function metadataServer(answer: (asked: number) => unknown) {
  const seen: string[] = [];
  const http = createServer((request, response) => {
    const isAllowed = request.headers["metadata-flavor"] === "Google";
    seen.push(String(request.url));
    response.writeHead(isAllowed ? 200 : 403, { "metadata-flavor": "Google" });
    response.end(JSON.stringify(isAllowed ? answer(seen.length) : {}));
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  return { seen, host: `127.0.0.1:${(http.address() as AddressInfo).port}` };
}

const store = (address: string, token: ReturnType<typeof metadataToken>) =>
  createGcpStore({ project: "my-project", address, token, refreshAfter: 0, required: true });

test("the metadata server's token is used until it is over or refused", async () => {
  const google = await gcpServer();
  google.secrets.set("acc-groq_api_key", ["groq-value-0001"]);
  const answers = (asked: number) => {
    google.tokens.add(`ya29.token-${asked}`);
    return { access_token: `ya29.token-${asked}`, expires_in: 3_599, token_type: "Bearer" };
  };
  const { host, seen } = await metadataServer(answers);
  vi.stubEnv("GCE_METADATA_HOST", host);
  const reads = store(google.address, metadataToken());
  for (let read = 0; read < 20; read += 1) await reads.get("groq_api_key");
  expect(seen).toEqual(["/computeMetadata/v1/instance/service-accounts/default/token"]);
  google.tokens.delete("ya29.token-1");
  expect((await reads.get("groq_api_key"))?.value).toBe("groq-value-0001");
  expect(seen.length).toBe(2);
});

test("a token whose time is over is asked for anew, once for all who wait for it", async () => {
  const answer = (asked: number) => ({ access_token: `ya29.token-${asked}`, expires_in: 30 });
  const { host, seen } = await metadataServer(answer);
  const token = metadataToken({ host });
  const first = await Promise.all([token(), token(), token()]);
  expect(first).toEqual(["ya29.token-1", "ya29.token-1", "ya29.token-1"]);
  expect(await token()).toBe("ya29.token-2");
  expect(seen.length).toBe(2);
});

test("a metadata server that is away, or gives no token, is told", async () => {
  const google = await gcpServer();
  const none = store(google.address, metadataToken({ host: "127.0.0.1:9" }));
  await failsWith(() => none.get("groq_api_key"), "STORE_UNAVAILABLE");
  const { host } = await metadataServer(() => ({ error: "none" }));
  const odd = store(google.address, metadataToken({ host }));
  await failsWith(() => odd.get("groq_api_key"), "STORE_ANSWER_INVALID");
});

test("a program prints the token, and is asked again when that is refused", async () => {
  const google = await gcpServer();
  google.secrets.set("acc-groq_api_key", ["groq-value-0001"]);
  const script = `process.stdout.write(process.env.TOKEN_OF_A_TEST + "\\n")`;
  const command = [process.execPath, "-e", script];
  vi.stubEnv("TOKEN_OF_A_TEST", goodToken);
  const reads = store(google.address, commandToken({ command }));
  expect((await reads.get("groq_api_key"))?.value).toBe("groq-value-0001");
  google.tokens.clear();
  google.tokens.add("ya29.a-newer-token");
  vi.stubEnv("TOKEN_OF_A_TEST", "ya29.a-newer-token");
  expect((await reads.get("groq_api_key"))?.value).toBe("groq-value-0001");
});

test("a program that gives none says why", async () => {
  const google = await gcpServer();
  const script = `console.error("You do not have an active account."); process.exit(1)`;
  const token = commandToken({ command: [process.execPath, "-e", script] });
  const said = await failsWith(() => store(google.address, token).get("a_key"), "STORE_REFUSED");
  expect(said).toContain("active account");
  await failsWith(() => commandToken({ command: [] }), "INVALID_OPTION");
});
