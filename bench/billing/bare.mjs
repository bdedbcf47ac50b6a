// A payment without a product around it: Fastify and better-sqlite3, the same rows in the same tables, one transaction,
// a JSON body that is believed. No login, no validation, no check. Usage: bare.mjs DATABASE_FILE; prints its port.
import { createHash, randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import Fastify from 'fastify';

const database = new Database(process.argv[2]);
for (const pragma of ['journal_mode = WAL', 'synchronous = NORMAL', 'foreign_keys = ON', 'cache_size = -65536']) {
  database.pragma(pragma);
}
database.pragma('wal_autocheckpoint = 8000');

const insert = (table, columns) =>
  database.prepare(`INSERT INTO "${table}" (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
const shiftOf = database.prepare(
  'SELECT s.id, s.cashier_id, s.cashier_name, t.code, t.name, t.office FROM cashier_shifts s JOIN tills t ON t.id = s.till_id WHERE s.open_cashier_id IS NOT NULL',
);
const accountOf = database.prepare('SELECT number, currency, service_type FROM billing_accounts WHERE id = ?');
const chargesOf = database.prepare(
  'SELECT c.id, c.head, c.period, c.outstanding, h.name_ar, h.name_en FROM charges c JOIN charge_heads h ON h.code = c.head WHERE c.account_id = ? AND c.outstanding > 0 ORDER BY c.period, h.priority, c.due_on, c.id',
);
const take = database.prepare('UPDATE charges SET outstanding = outstanding - ? WHERE id = ?');
const number = database.prepare(
  'INSERT INTO id_blocks (name, next_id) VALUES (?, 2) ON CONFLICT (name) DO UPDATE SET next_id = next_id + 1 RETURNING next_id - 1 AS number',
);
const key = insert('idempotency_keys', ['id', 'user_id', 'idempotency_key', 'request_hash', 'response', 'created_at']);
const posting = insert('ledger_postings', ['id', 'kind', 'posted_on', 'document_type', 'document_id', 'description', 'posted_by', 'posted_at']); // prettier-ignore
const entry = insert('ledger_entries', ['id', 'posting_id', 'ledger', 'account_id', 'dimension', 'currency', 'amount', 'posted_on']); // prettier-ignore
const credit = insert('credits', ['id', 'account_id', 'posting_id', 'origin', 'credited_on', 'amount', 'reversed', 'remaining']); // prettier-ignore
const allocation = insert('allocations', ['id', 'charge_id', 'credit_id', 'amount', 'allocated_on', 'posting_id']);
const payment = insert('payments', ['id', 'state', 'channel', 'shift_id', 'cashier_id', 'payer_name', 'paid_on', 'paid_at', 'posting_id']); // prettier-ignore
const line = insert('payment_lines', ['id', 'payment_id', 'account_id', 'credit_id', 'currency', 'amount']);
const tender = insert('payment_tenders', ['id', 'payment_id', 'kind', 'currency', 'amount', 'tendered', 'reference', 'pays_currency', 'pays_amount']); // prettier-ignore
const receipt = insert('receipts', ['id', 'payment_id', 'serial', 'office', 'year', 'number', 'issued_at', 'content', 'content_hash', 'prints']); // prettier-ignore

let nextId = 1_000_000_000;
const minor = (text) => Math.round(Number(text) * 100);
const sha = (text) => createHash('sha256').update(text).digest('hex');

const pay = database.transaction((body, idempotencyKey) => {
  const now = new Date().toISOString();
  const today = now.slice(0, 10);
  const year = Number(today.slice(0, 4));
  const shift = shiftOf.get();
  const paymentId = nextId++;
  const postingId = nextId++;
  posting.run(postingId, 'PAYMENT', today, 'payment', String(paymentId), `دفعة في الصندوق ${shift.code}`, shift.cashier_id, now); // prettier-ignore
  payment.run(paymentId, 'POSTED', 'TILL', shift.id, shift.cashier_id, body.payerName, today, now, postingId);
  let total = 0;
  const lines = body.lines.map(({ accountId, amount: text }) => {
    const account = accountOf.get(accountId);
    const amount = minor(text);
    const creditId = nextId++;
    let left = amount;
    const paid = [];
    for (const charge of chargesOf.all(accountId)) {
      if (left === 0) break;
      const part = Math.min(left, charge.outstanding);
      take.run(part, charge.id);
      left -= part;
      paid.push({ chargeId: charge.id, head: charge.head, nameAr: charge.name_ar, nameEn: charge.name_en, period: charge.period, amount: part }); // prettier-ignore
    }
    entry.run(nextId++, postingId, 'RECEIVABLE', accountId, null, account.currency, -amount, today);
    credit.run(creditId, accountId, postingId, 'PAYMENT', today, amount, 0, left);
    for (const { chargeId, amount: part } of paid) {
      allocation.run(nextId++, chargeId, creditId, part, today, postingId);
    }
    line.run(nextId++, paymentId, accountId, creditId, account.currency, amount);
    total += amount;
    return { accountId, accountNumber: account.number, serviceType: account.service_type, currency: account.currency, amount, charges: paid, advance: left }; // prettier-ignore
  });
  const tenders = body.tenders.map(({ kind, currency, amount: text }) => {
    const amount = minor(text);
    entry.run(nextId++, postingId, kind, null, `shift:${shift.id}`, currency, amount, today);
    tender.run(nextId++, paymentId, kind, currency, amount, null, null, currency, amount);
    return { kind, currency, amount, tendered: null, change: null, reference: null };
  });
  const count = number.get(`receipts-${shift.office}-${year}`).number;
  const serial = `RC-${shift.office}-${year}-${String(count).padStart(6, '0')}-00`;
  const content = {
    serial,
    issuedAt: now,
    paidOn: today,
    till: { code: shift.code, name: shift.name },
    cashier: shift.cashier_name,
    payer: { name: body.payerName, oneRecordNumber: null },
    lines,
    tenders,
    totals: [{ currency: 'ILS', amount: total, words: 'عشرة شواكل' }],
  };
  const text = JSON.stringify(content);
  const hash = sha(text);
  receipt.run(nextId++, paymentId, serial, shift.office, year, count, now, text, hash, 0);
  const answer = { state: 'POSTED', shiftId: shift.id, contentHash: hash, prints: 0, ...content };
  const stored = JSON.stringify(answer);
  key.run(nextId++, shift.cashier_id, idempotencyKey, sha(JSON.stringify(body)), stored, now);
  return stored;
});

const server = Fastify();
server.post('/api/v1/payments', (request, reply) => {
  const answer = pay(request.body, request.headers['idempotency-key'] ?? randomUUID());
  void reply.code(201).type('application/json').send(answer);
});
await server.listen({ port: 0, host: '127.0.0.1' });
console.log(server.server.address().port);
