interface Candidate {
  citizenId: number;
  name: string;
  docNo: string;
  joint: boolean;
  otherGivenName?: boolean;
}

/** The row to approve unless the clerk chooses another: of one person by the name asked for, with the fullest name, then with a document. */
export function bestRow(rows: readonly Candidate[]): number {
  const worth = ({ name, docNo, joint, otherGivenName }: Candidate): number =>
    (joint || otherGivenName ? 0 : 100) + Math.min(name.trim().split(/\s+/).length, 5) * 2 + (docNo ? 1 : 0);
  return rows.reduce((best, row) => (worth(row) > worth(best) ? row : best)).citizenId;
}
