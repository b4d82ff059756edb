// How a played CLI answers: rightly, or as its prompt says. A prompt names its answer by "echo:", and
// its failure by "play:".
import { appendFileSync } from "node:fs";

const stays = () => new Promise(() => setInterval(() => {}, 60_000));

/** Says what the prompt asks for; `say` writes a whole answer, `refuse` a refused one. */
export async function play(prompt, { begin, say, refuse }) {
  const echoes = prompt.match(/echo:[\w-]+/g) ?? [];
  const { PLAY_NOTES: notes } = process.env;
  if (echoes.length !== 1) appendFileSync(notes, `asked ${echoes.join(" ")}\n`);
  const [, name = ""] = /play:(\w+)/.exec(prompt) ?? [];
  switch (name) {
    case "MUTE":
      return process.exit(1);
    case "SEGFAULT":
      process.kill(process.pid, "SIGSEGV");
      return stays();
    case "KILLED":
      begin();
      return setTimeout(() => process.kill(process.pid, "SIGKILL"), 5);
    case "HALF":
      return process.stdout.write("half an answ", () => process.exit(0));
    case "REFUSED":
      return refuse();
    case "HANG":
      begin();
      return stays();
    case "STUBBORN":
      process.on("SIGTERM", () => {});
      return stays();
    default:
      return say(echoes[0]?.slice("echo:".length) ?? "nothing");
  }
}
