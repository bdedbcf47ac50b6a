import { labelClusters } from './labels';

describe('labelClusters', () => {
  it('takes the least key, shorter before longer', () => {
    expect(labelClusters([0, 0, 2], ['1003', '999', '7'])).toEqual(['999', '999', '7']);
  });

  it('keeps a former name, given once, when clusters grow, part and join', () => {
    const keys = ['1', '2', '3', '4', '5'];
    expect(labelClusters([0, 0, 0, 3, 4], keys, ['1', '1', undefined, '4', '4'])).toEqual(['1', '1', '1', '4', '5']);
    expect(labelClusters([0, 1, 1, 1, 4], keys, ['A', 'A', 'A', 'B', 'B'])).toEqual(['1', 'A', 'A', 'A', 'B']);
  });

  it('never gives a former name to a stranger', () => {
    expect(labelClusters([0, 1], ['1', '2'], ['2', undefined])).toEqual(['2', '2-2']);
  });
});
