/** Roles for people: who, besides the owner, may see a server's page and change its keys. */

export type { Identity, People, Permission } from "./contract/people.ts";
export { type OidcPeopleOptions, oidcPeople } from "./people/oidc-people.ts";
export { type ProxyPeopleOptions, proxyPeople } from "./people/proxy-people.ts";
export { type Role, type Roles, rolesFault } from "./people/roles.ts";
