// The CLI first, for those who pay by a plan; the SDK where there is no CLI or it fails.
import { createClaude } from "@acc/claude";
import { DualModeError } from "@acc/dual-mode";

const claude = createClaude({ prefer: "cli", cache: false });

try {
  const reply = await claude.chat("Name one use of a decorator.");
  console.log(reply.text);
  console.log(`answered through the ${reply.mode}, fallback: ${reply.fallback}`);
  for (const { mode, credential, code = "answered" } of reply.attempts) {
    console.log(`- ${mode} with ${credential}: ${code}`);
  }
  for (const { code, message } of reply.warnings) console.log(`! ${code}: ${message}`);
} catch (error) {
  if (!DualModeError.is(error)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
} finally {
  await claude.close();
}
