import { type Answer, startLoopbackServer } from "../../scripts/loopback-server.ts";
import { plays } from "../../scripts/vendor-answers.ts";
import { claudeAnswers } from "./claude-answers.ts";
import { groqAnswers } from "./groq-answers.ts";
import { text } from "./texts.ts";

/** Plays the vendors in a process of its own, whose time is not counted as the caller's. */
const server = await startLoopbackServer((response, request) => {
  server.requests.length = 0;
  const [, pieces = "none", late] = asked.exec(request.body) ?? [];
  const answer = answerOf(request.path, Number(pieces));
  if (late === undefined) return answer(response, request);
  setTimeout(() => answer(response, request), Number(late));
});
process.once("disconnect", () => process.exit());
process.send?.(server.url);

const asked = /(\d+) pieces(?:, (\d+) ms late)?/;
const answers = new Map<string, Answer>();

function answerOf(path: string, count: number): Answer {
  const known = answers.get(path + count);
  if (known) return known;
  const pieces = Array.from({ length: count }, (_, index) => text(20, index));
  const answer = answersOf(path)(pieces);
  answers.set(path + count, answer);
  return answer;
}

function answersOf(path: string): (pieces: readonly string[]) => Answer {
  if (path.includes("chat/completions")) return groqAnswers;
  if (path.includes("v1/messages")) return claudeAnswers;
  const vendor = path.includes("responses") ? "openai" : "gemini";
  return (pieces) => plays(vendor, ...pieces);
}
