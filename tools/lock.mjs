/** A lock between processes of one machine. Plain Node, because the launcher needs it before packages are installed. */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const retryMs = 200;

/** Whether the process that wrote the lock is gone: killed processes leave their lock behind. */
function abandoned(lock) {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return false;
  } catch (error) {
    // EPERM: it lives, under another user. ENOENT: it was released just now; the next attempt will see.
    return error.code === 'ESRCH';
  }
}

/**
 * Runs `work` while no other process on this machine holds the lock of that name; waits for its turn.
 * @template T
 * @param {string} name what is locked, for example a path; any string
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
  const lock = join(tmpdir(), `tabeval-${createHash('sha256').update(name).digest('hex').slice(0, 16)}.lock`);
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (abandoned(lock)) rmSync(lock, { force: true });
      else await pause(retryMs);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}
