/**
 * Names for clusters that stay when the register is matched again: the name that most of a cluster's rows bore before
 * (`previous`, by row), each given once, else the least key of its rows (`keys`: CIT_NO; shorter before longer).
 */
export function labelClusters(
  cluster: ArrayLike<number>,
  keys: readonly string[],
  previous: readonly (string | undefined)[] = [],
): string[] {
  const least = new Map<number, string>();
  const votes = new Map<number, Map<string, number>>();
  for (let row = 0; row < cluster.length; row++) {
    const key = keys[row]!;
    const known = least.get(cluster[row]!);
    if (known === undefined || before(key, known)) least.set(cluster[row]!, key);
    const old = previous[row];
    if (old === undefined) continue;
    const own = votes.get(cluster[row]!) ?? new Map<string, number>();
    own.set(old, (own.get(old) ?? 0) + 1);
    votes.set(cluster[row]!, own);
  }
  const claims = [...votes].flatMap(([of, own]) => [...own].map(([label, count]) => ({ of, label, count })));
  claims.sort((x, y) => y.count - x.count || (x.label === y.label ? x.of - y.of : before(x.label, y.label) ? -1 : 1));
  const labels = new Map<number, string>();
  const taken = new Set<string>();
  for (const { of, label } of claims) {
    if (labels.has(of) || taken.has(label)) continue;
    labels.set(of, label);
    taken.add(label);
  }
  for (const [of, key] of least) {
    if (labels.has(of)) continue;
    let label = key;
    for (let n = 2; taken.has(label); n++) label = `${key}-${n}`;
    labels.set(of, label);
    taken.add(label);
  }
  return Array.from(cluster, (of) => labels.get(of)!);
}

function before(a: string, b: string): boolean {
  return a.length !== b.length ? a.length < b.length : a < b;
}
