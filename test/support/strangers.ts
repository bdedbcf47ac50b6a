import { nationalId, type LegacyRow } from './one-records';

const MEN = 'محمد احمد خالد حسن علي سامي رامي فادي ماهر زياد طارق نبيل عمر يوسف كمال'.split(' ');
const FAMILIES = 'النجار الحداد الخياط الصباغ البيطار العطار الحلاق الدباغ القصاب الخباز'.split(' ');

/** People of an invented register, beside whom a name is rare or common. */
export const STRANGERS = Array.from({ length: 400 }, (_, i): LegacyRow => {
  const name = [MEN[i % 15], MEN[(i * 7 + 3) % 15], MEN[(i * 11 + (i >> 4)) % 15], FAMILIES[(i * 3 + (i >> 5)) % 10]];
  return { name: name.join(' '), docType: 'هوية', docNo: nationalId(5000 + i), phone: `0599${100_000 + i * 17}` };
});
