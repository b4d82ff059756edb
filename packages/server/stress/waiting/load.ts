import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { answers, say } from "./child.ts";
import { ownerToken } from "./settings.ts";

/** Whoever asks: so many streams at once, each for an answer of its own. */
const [, , port = "", count = ""] = process.argv;
const streams = Number(count);
const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });

const alive = new Uint16Array(streams);
const wrong: string[] = [];
let right = 0;
let ended = 0;
let begun = 0;

function ask(number: number): void {
  const body = JSON.stringify({
    model: "p/m",
    stream: true,
    messages: [{ role: "user", content: `n${number}` }],
  });
  const headers = {
    "content-type": "application/json",
    "content-length": body.length,
    authorization: `Bearer ${ownerToken}`,
  };
  const path = "/v1/chat/completions";
  const sent = request({ host: "127.0.0.1", port, path, method: "POST", headers, agent });
  sent.once("error", (error) => end(`n${number}: ${error.message}`));
  sent.once("response", (response) => {
    let said = "";
    response.setEncoding("utf8");
    response.on("data", (text: string) => {
      for (const line of text.split("\n")) {
        if (line === ": keep-alive") alive[number] = (alive[number] ?? 0) + 1;
        else if (line !== "") said += line;
      }
    });
    response.once("end", () => {
      const isRight = said.includes(`"to n${number}"`) && said.endsWith("data: [DONE]");
      end(isRight ? undefined : `n${number}: ${response.statusCode} ${said.slice(0, 200)}`);
    });
  });
  sent.end(body);
}

function end(fault: string | undefined): void {
  if (fault === undefined) right += 1;
  else wrong.push(fault);
  ended += 1;
  if (ended === streams) say("ended", { right, wrong });
}

answers(async (what, value) => {
  if (what === "begin") while (begun < Number(value)) ask(begun++);
  else while (ended === 0 && alive.some((seen) => seen < Number(value))) await sleep(50);
});
say("listens");
