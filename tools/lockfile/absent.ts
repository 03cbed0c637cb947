/**
 * Optional packages of other platforms that package-lock.json does not name. npm leaves them out when the registry it
 * asked does not offer them (a mirror holds what its own machines need), and then `npm ci` refuses the file everywhere.
 */
export interface LockEntry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface LockFile {
  readonly packages: Readonly<Record<string, LockEntry>>;
}

export interface Absent {
  readonly name: string;
  /** As the package that wants it pins it. */
  readonly version: string;
  readonly wantedBy: string;
  readonly dev: boolean;
}

export function absentPackages({ packages }: LockFile): Absent[] {
  return Object.entries(packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isNamed(packages, path, name))
      .map(([name, version]) => ({ name, version, wantedBy: path, dev: entry.dev === true })),
  );
}

/** Node's own search: beside the package that asks, then in each folder above it. */
function isNamed(packages: LockFile['packages'], from: string, name: string): boolean {
  for (let folder = from; ;) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages) return true;
    if (folder === '') return false;
    const above = folder.lastIndexOf('/node_modules/');
    folder = above < 0 ? '' : folder.slice(0, above);
  }
}

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/**
 * The entry that npm would write, read from the package's name ("@rollup/rollup-linux-arm64-musl"): without its system
 * and processor npm would install it everywhere. There is no checksum, because nothing was fetched to take it from.
 * Throws a RangeError where the version is not one exact one or the name tells no system and processor.
 */
export function entryFor({ name, version, dev }: Absent): LockEntry & Readonly<Record<string, unknown>> {
  const words = name.split(/[/-]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  // "arm-gnueabihf" and "arm-eabi" are two words.
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (os === undefined || cpu === undefined || !/^\d+\.\d+\.\d+/.test(version)) {
    throw new RangeError(`${name}@${version}: no exact version, or no system and processor in its name`);
  }
  const libc = os !== 'linux' ? [] : words.some((word) => word.startsWith('musl')) ? ['musl'] : ['glibc'];
  return {
    version,
    cpu: [cpu],
    ...(dev ? { dev } : {}),
    ...(libc.length > 0 && /-(musl|gnu)/.test(name) ? { libc } : {}),
    optional: true,
    os: [os],
  };
}
