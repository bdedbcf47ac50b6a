/** Quality of the answers to one kind of question. `answers`: { person, hits: CIT_NO[] best first, ms }. */
export function quality(answers) {
  const mean = (of) => round(answers.reduce((sum, answer) => sum + of(answer), 0) / answers.length, 4);
  const found = ({ person, hits }, k) => hits.slice(0, k).filter((citNo) => person.owned.has(citNo)).length;
  const recall = (k) => mean((answer) => found(answer, k) / Math.min(answer.person.owned.size, k));
  const any = (k) => mean((answer) => (found(answer, k) > 0 ? 1 : 0));
  return {
    questions: answers.length,
    'recall@10': recall(10),
    'recall@50': recall(50),
    'any@10': any(10),
    'any@50': any(50),
    'first right': mean((answer) => found(answer, 1)),
    'first theirs': mean(({ person, hits }) => (person.owned.has(hits[0]) || person.related.has(hits[0]) ? 1 : 0)),
    MRR: mean(({ person, hits }) => 1 / (hits.findIndex((citNo) => person.owned.has(citNo)) + 1 || Infinity)),
  };
}

/** p50, p95, p99 and the longest of times in ms. */
export function latency(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)], 2);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

export const round = (value, digits) => Number(value.toFixed(digits));

export function markdown(rows) {
  const columns = [...new Set(rows.flatMap(Object.keys))];
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map((c) => row[c] ?? ''))),
  ].join('\n');
}
