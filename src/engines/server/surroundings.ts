/** What this browser lets a page do with the local network. */
import type { Surroundings } from './probes.ts';

/** The permission's names: Chrome from 145, and before. */
const PERMISSIONS = ['loopback-network', 'local-network', 'local-network-access'];

export async function browserSurroundings(address: string): Promise<Surroundings> {
  const mixed = location.protocol === 'https:' && address.startsWith('http:');
  // Every browser's user agent says Safari; only Safari's names no other.
  const safari = /Safari\//.test(navigator.userAgent) && !/Chrom|Android|Edg|OPR/.test(navigator.userAgent);
  return { safariMixed: mixed && safari, permission: await permission() };
}

async function permission(): Promise<Surroundings['permission']> {
  for (const name of PERMISSIONS) {
    try {
      return (await navigator.permissions.query({ name: name as PermissionName })).state;
    } catch {
      // This browser does not know the name.
    }
  }
  return 'unknown';
}
