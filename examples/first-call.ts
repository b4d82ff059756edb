// One question to Claude, through whichever mode this machine has.
import { createClaude } from "@acc/claude";

const claude = createClaude();
const reply = await claude.chat("What is a decorator in TypeScript? One sentence.");

console.log(reply.text);
console.log(`answered by ${reply.model} through the ${reply.mode}, cached: ${reply.cached}`);

const again = await claude.chat("What is a decorator in TypeScript? One sentence.");
console.log(`asked again, cached: ${again.cached}`);

await claude.close();
