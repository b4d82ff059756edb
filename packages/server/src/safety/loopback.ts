/** Whether an address, as Node.js reports it, is this machine's own. */
export function isLoopback(address: string): boolean {
  if (address === "127.0.0.1") return true;
  const plain = address.replace(/^::ffff:/i, "");
  return plain === "::1" || /^127(\.\d{1,3}){3}$/.test(plain);
}
