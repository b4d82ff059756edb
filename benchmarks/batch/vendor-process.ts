import { setTimeout } from "node:timers";
import { startLoopbackServer } from "../../scripts/loopback-server.ts";
import { groqAnswers } from "../harness/groq-answers.ts";

/** A vendor that answers in 50 ms, however many ask it. */
const answer = groqAnswers(["An answer ", "of two pieces."]);
const server = await startLoopbackServer((response, request) => {
  server.requests.length = 0;
  setTimeout(() => answer(response, request), 50);
});
process.once("disconnect", () => process.exit());
process.send?.(server.url);
