// Makes one change and says what came of it: the subject of the fault injection.
import { openSecrets } from "@acc/secrets";

const [directory, change] = process.argv.slice(2);
const secrets = await openSecrets({ directory, env: {}, onWarning: () => undefined });
try {
  if (change === "set") await secrets.set("changed_api_key", "changed-value-2");
  if (change === "rotate-key") await secrets.keys.rotate();
  if (change === "rotate-data-key") await secrets.keys.rotateDataKey();
  process.stdout.write("acknowledged");
} catch (error) {
  process.stdout.write(error.code ?? String(error));
}
