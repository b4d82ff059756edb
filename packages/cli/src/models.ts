import { resolveSettings } from "./config/resolve-settings.ts";
import { print, printJson } from "./output/terminal.ts";
import { createProvider, providerNames } from "./providers.ts";

/** Shows the model that each provider is asked for where none is named. */
export async function showModels({ json }: { readonly json?: boolean }): Promise<void> {
  const { model, provider } = await resolveSettings();
  const models = await Promise.all(
    providerNames.map(async (name) => {
      const client = await createProvider(name, { secrets: false });
      const [status] = await client.status();
      const configured = model !== undefined && name === provider;
      return { provider: name, default: status?.model, ...(configured && { configured: model }) };
    }),
  );
  if (json) {
    printJson({ models });
    return;
  }
  const { table } = await import("./output/table.ts");
  const rows = models.map((each) => [each.provider, each.default ?? "", each.configured ?? ""]);
  print(table(["provider", "default", "configured"], rows));
}
