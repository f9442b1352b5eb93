import { BlockList, isIP } from 'node:net';

const PRIVATE = new BlockList();
for (const [network, bits] of [
  ['10.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  PRIVATE.addSubnet(network, bits, 'ipv4');
}
PRIVATE.addAddress('::1', 'ipv6');
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addSubnet('fe80::', 10, 'ipv6');

/** Addresses Plex ≥ 1.43.5 refuses to fetch for a caller: "not a permitted destination" (plex reference §3.3). */
export function isPrivateUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null) return true;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  if (family === 0) return !host.includes('.') || host.endsWith('.local');
  return PRIVATE.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
