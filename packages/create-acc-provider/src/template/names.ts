/** `createAcmeCloud` for the id "acme-cloud": the function that the package exports. */
export function createName(id: string): string {
  return `create${titleOf(id)}`;
}

/** `ACME_CLOUD` for the id "acme-cloud": the prefix of its environment variables. */
export function variablePrefix(id: string): string {
  return id.replaceAll("-", "_").toUpperCase();
}

function titleOf(id: string): string {
  return id
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** `acme_cloud_api_key`: the name of its key in the secrets store. */
export function keyName(id: string): string {
  return `${variablePrefix(id).toLowerCase()}_api_key`;
}
