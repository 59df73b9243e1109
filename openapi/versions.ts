/**
 * Versions of this kit, as its package and the register give them: `1.2.3`. Parts that are left out
 * are 0, and what follows them (`1.2.3-beta.1`) doesn't count: what comes with a version is in the
 * versions that prepare it.
 */
const form = /^(0|[1-9]\d{0,8})(?:\.(0|[1-9]\d{0,8}))?(?:\.(0|[1-9]\d{0,8}))?(?=$|[-+])/;

/** Whether a text is a version, or its first parts. */
export const isVersion = (text: string): boolean => form.test(text);

/** Below zero when the first version is older, above when it is newer, 0 when they are the same. */
export const compareVersions = (one: string, other: string): number => {
  const others = partsOf(other);
  const differences = partsOf(one).map((part, index) => part - (others[index] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
};

const partsOf = (version: string): number[] =>
  (form.exec(version) ?? []).slice(1).map((part) => Number((part as string | undefined) ?? 0));

/** The newest of some versions; undefined for none. */
export const newestVersion = (versions: readonly string[]): string | undefined =>
  versions.toSorted(compareVersions).at(-1);
