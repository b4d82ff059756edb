import { createGroq } from "@acc/groq";
import Groq from "groq-sdk";
import { startLoopbackServer } from "../scripts/loopback-server.ts";
import { plays } from "../scripts/vendor-answers.ts";

const rounds = 1_500;
const warmUp = 300;

const server = await startLoopbackServer((response, request) => {
  server.requests.length = 0;
  return plays("groq", "an answer ", "in two pieces")(response, request);
});
const options = { apiKey: "no-key-of-anybody", baseUrl: server.url, maxRetries: 0 };
const bare = new Groq({ ...options, baseURL: server.url });
const ours = createGroq({
  apiKey: options.apiKey,
  baseUrl: server.url,
  secrets: false,
  cache: false,
});
const model = "openai/gpt-oss-120b";

async function askBare(): Promise<string> {
  const messages = [{ role: "user" as const, content: "hello" }];
  const stream = await bare.chat.completions.create({ model, messages, stream: true });
  let text = "";
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? "";
  return text;
}

async function askOurs(): Promise<string> {
  return (await ours.chat({ messages: [{ role: "user", content: "hello" }], model })).text;
}

async function timed(ask: () => Promise<string>): Promise<number> {
  const started = performance.now();
  await ask();
  return performance.now() - started;
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const bareTimes: number[] = [];
const ourTimes: number[] = [];
const differences: number[] = [];
for (let round = -warmUp; round < rounds; round += 1) {
  const oursFirst = round % 2 === 0;
  const first = await timed(oursFirst ? askOurs : askBare);
  const second = await timed(oursFirst ? askBare : askOurs);
  if (round < 0) continue;
  const [our, plain] = oursFirst ? [first, second] : [second, first];
  ourTimes.push(our);
  bareTimes.push(plain);
  differences.push(our - plain);
}
await ours.close();
await server.close();
process.stdout.write(
  `chat through the SDK, ms, medians of ${rounds} pairs: bare ${median(bareTimes).toFixed(3)}, ours ${median(ourTimes).toFixed(3)}, ours over bare ${median(differences).toFixed(3)} (goal 0.3)\n`,
);
