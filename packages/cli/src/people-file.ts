/** Built into a file of its own, which only a server with sign-in reads. */

export { oidcPeople, proxyPeople } from "@acc/server/people";
