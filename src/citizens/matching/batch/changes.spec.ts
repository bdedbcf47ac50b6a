import type { MatchMember } from '../matching.entities';
import { changesOf, type FoundCluster, type Stored } from './changes';

const owner = (citizenId: number, bits: number) => ({ citizenId, role: 'OWNER' as const, bits });
const joint = (citizenId: number, bits: number) => ({ citizenId, role: 'FIRST_PARTY' as const, bits });
const at = (clusterId: number, ...members: FoundCluster['members']): MatchMember[] =>
  members.map((member) => ({ ...member, clusterId }));
const open = { id: 5, openClusterId: 9, bits: 6, rowCount: 2, version: 1 };

function changes(cluster: FoundCluster, stored: Partial<Stored> = {}) {
  return changesOf([cluster], { members: [], open: [], holders: new Map(), apart: [], ...stored })[0];
}

describe('changesOf', () => {
  const members = [owner(1, 14), owner(2, 6), joint(3, 5)];
  const stored = at(9, ...members);

  it('writes a new cluster with its joint rows and proposes it by its weakest row', () => {
    const change = changes({ id: 0, members });
    expect(change).toMatchObject({ write: members, replace: [], proposal: { kind: 'propose', bits: 6, rowCount: 2 } });
  });

  it('writes nothing that stands, nor a change of one bit within a band', () => {
    expect(changes({ id: 9, members }, { members: stored, open: [open] })).toBeUndefined();
    const shifted = [owner(1, 13), owner(2, 7), joint(3, 4)];
    expect(changes({ id: 9, members: shifted }, { members: stored, open: [open] })).toBeUndefined();
    const fallen = changes(
      { id: 9, members: [owner(1, 11), owner(2, 6), joint(3, 5)] },
      { members: stored, open: [open] },
    );
    expect(fallen).toMatchObject({ write: [owner(1, 11)], replace: [owner(1, 11)], proposal: null });
  });

  it('takes in a row, also in the place of another, and tells the clerk by a new version', () => {
    const grown = { id: 9, members: [...members, owner(4, 2)] };
    expect(changes(grown, { members: stored, open: [open] })).toMatchObject({
      write: [owner(4, 2)],
      proposal: { kind: 'update', bits: 2, rowCount: 3 },
    });
    const swapped = { id: 9, members: [owner(1, 14), owner(4, 6)] };
    expect(changes(swapped, { members: [...stored, ...at(8, owner(4, 6))], open: [open] })).toMatchObject({
      replace: [owner(4, 6)],
      proposal: { kind: 'update', bits: 6, rowCount: 2 },
    });
  });

  it('proposes again what was decided and is not held by one record', () => {
    expect(changes({ id: 9, members }, { members: stored })).toMatchObject({
      write: [],
      proposal: { kind: 'propose' },
    });
    const holders = new Map([[1, 70]]);
    expect(changes({ id: 9, members }, { members: stored, open: [open], holders })).toBeUndefined();
  });

  it('does not propose again what was rejected while the match was running', () => {
    const late = { members: stored, apart: [[1, 2] as const] };
    expect(changes({ id: 9, members }, late)).toBeUndefined();
    expect(changes({ id: 9, members: [...members, owner(4, 6)] }, late)?.proposal).toBeNull();
  });

  it('closes what one record holds as accepted, what two hold as outdated', () => {
    const one = {
      members: stored,
      open: [open],
      holders: new Map([
        [1, 70],
        [2, 70],
      ]),
    };
    expect(changes({ id: 9, members }, one)?.proposal).toEqual({
      ...{ kind: 'close', open, state: 'ACCEPTED', oneRecordId: 70, rows: [1, 2] },
    });
    expect(changes({ id: 9, members }, { ...one, open: [] })).toBeUndefined();
    const two = {
      ...one,
      holders: new Map([
        [1, 70],
        [2, 71],
      ]),
    };
    expect(changes({ id: 9, members }, two)?.proposal).toMatchObject({ state: 'OUTDATED', oneRecordId: null });
  });
});
