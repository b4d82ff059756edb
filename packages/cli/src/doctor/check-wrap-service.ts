import { openSecrets, SecretsError } from "@acc/secrets";
import { configPath } from "../config/config-folder.ts";
import { fileSettings } from "../config/resolve-settings.ts";
import { wrapKey, wrapPlace } from "../secrets/wrap-key.ts";
import { type Finding, findingOf } from "./finding.ts";

/**
 * Describes the service that the config file names to seal the store's key. Adds a finding if the
 * service does not answer, or seals none of this store's keys. Reads no value.
 */
export async function checkWrapService(
  isStoreThere: boolean,
  findings: Finding[],
): Promise<string | undefined> {
  const { secrets } = await fileSettings().catch(() => ({ secrets: undefined }));
  if (secrets?.wrap === undefined) return undefined;
  const place = wrapPlace(secrets.wrap);
  try {
    await look(isStoreThere);
  } catch (error) {
    const { code, what } = findingOf(error, "");
    if (SecretsError.is(error) && error.code === "MISSING_KEY") {
      const fix = `Run: acc secrets keys add ${secrets.wrap.provider}`;
      findings.push({ code: "WRAP_NOT_USED", what: `${place} does not open the store.`, fix });
    } else {
      const fix = `Fix that, or change "secrets.wrap" in ${configPath()}.`;
      findings.push({ code, what, fix });
    }
  }
  return place;
}

/** Has the service open the store's key or, without a store, seal a key that is not saved. */
async function look(isStoreThere: boolean): Promise<void> {
  const wrap = await wrapKey();
  if (wrap === undefined) return;
  if (!isStoreThere) {
    await wrap.prepare("acc-doctor");
    return;
  }
  const store = await openSecrets({ keys: [wrap], onWarning: () => {} });
  await store.close();
}
