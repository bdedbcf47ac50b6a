import { arrange, type Clusters } from './arrange';

const FIRST = 1;
const FURTHER = 2;

function clusters({ start, former, row, role, bits }: Clusters) {
  return Array.from(former, (id, k) => ({
    id,
    members: Array.from(row.subarray(start[k], start[k + 1]), (each, i) => [
      each,
      role[start[k]! + i],
      bits[start[k]! + i],
    ]),
  }));
}

const found = (cluster: number[], bits: number[], related: Parameters<typeof arrange>[0]['related'] = []) => ({
  cluster: Int32Array.from(cluster),
  bits: Float32Array.from(bits),
  related,
  pairsScored: 9,
});

describe('arrange', () => {
  it('lists clusters of two rows and more with their joint rows, in whole bits rounded down', () => {
    const related = [
      { row: 2, cluster: 0, party: 'first' as const, bits: 7.9 },
      { row: 2, cluster: 0, party: 'further' as const, bits: 2.9 },
      { row: 2, cluster: 4, party: 'further' as const, bits: 3.2 },
      { row: 2, cluster: 6, party: 'further' as const, bits: 3.2 },
    ];
    const arranged = arrange(
      found([0, 0, 2, 0, 4, 4, 6], [11.99, 12, Infinity, 4.5, 1.2, 1.9, Infinity], related),
      [0, 0, 0, 0, 0, 0, 0],
    );
    expect(clusters(arranged)).toEqual([
      {
        id: 0,
        members: [
          [0, 0, 11],
          [1, 0, 12],
          [3, 0, 4],
          [2, FIRST, 7],
        ],
      },
      {
        id: 0,
        members: [
          [4, 0, 1],
          [5, 0, 1],
          [2, FURTHER, 3],
        ],
      },
    ]);
    expect(arranged).toMatchObject({ rows: 7, pairs: 9 });
  });

  it('keeps the number that most rows bore, given once', () => {
    const bits = [5, 5, 5, 5, 5, 5, 5];
    const numbers = (cluster: number[], former: number[]) => Array.from(arrange(found(cluster, bits), former).former);
    expect(numbers([0, 0, 0, 3, 3, 5, 5], [17, 17, 4, 4, 0, 0, 0])).toEqual([17, 4, 0]);
    expect(numbers([0, 0, 2, 2, 2, 5, 5], [17, 17, 17, 17, 17, 0, 3])).toEqual([0, 17, 3]);
    expect(numbers([0, 1, 2, 3, 4, 5, 6], [1, 1, 2, 2, 3, 3, 3])).toEqual([]);
  });

  it('takes an empty register', () => {
    expect(clusters(arrange(found([], []), []))).toEqual([]);
  });
});
