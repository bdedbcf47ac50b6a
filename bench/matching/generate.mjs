// Makes a register of invented people in the format of the legacy extract, with the truth beside it:
//   node bench/matching/generate.mjs ROWS OUT_DIR [SEED] [--families N] [--rare-given N] [--extract]
// -> OUT_DIR/citizens.csv; truth.tsv (cit_no, entity, role); people.tsv (entity, kind, name as on the ID, national ID,
// phone, rows of which it is the owner). --extract adds the other six files of an extract, empty but for their headers,
// so that bin/baladiya legacy import OUT_DIR takes the register in.
// Households (a couple, their children, married brothers next door), namesakes, six old systems with habits of their
// own, typing errors, joint rows, heirs, firms, IDs missing, mistyped or cut to eight digits, phones shared and changed.
//
// Names grow with the register, as vocabularies do: 140 families up to 7,000 rows (the sample has as many), then
// 140 x (rows / 7,000)^0.55: 604 families of 10^5 rows, 2,144 of 10^6, 7,609 of 10^7, their weights falling by rank as
// before; and two rare given names for each five families beyond the 140, in a tail that 14 % of the persons of 10^5
// rows bear, 23 % of 10^6, 27 % of 10^7.
// --families 140 --rare-given 0 makes the registers as they were before they grew.
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { misspelt } from './misspelt.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { families: { type: 'string' }, 'rare-given': { type: 'string' }, extract: { type: 'boolean' } },
});
const [rowsWanted, outDir, seed = '1'] = positionals;
if (!outDir) {
  console.error('usage: generate.mjs ROWS OUT_DIR [SEED] [--families N] [--rare-given N] [--extract]');
  process.exit(1);
}
const wanted = Number(rowsWanted);
const LEAST_FAMILIES = 140;
const familyCount = Number(values.families ?? Math.max(LEAST_FAMILIES, Math.round(140 * (wanted / 7000) ** 0.55)));
const rareCount = Number(values['rare-given'] ?? Math.max(0, Math.round(0.4 * (familyCount - LEAST_FAMILIES))));

const random = mulberry32(Number(seed) * 7919 + 13);
const chance = (p) => random() < p;
const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];

const MEN =
  `محمد احمد محمود علي حسن حسين خالد ابراهيم يوسف عمر عبدالله عبدالرحمن عبدالرحيم عبدالكريم عبدالفتاح عبداللطيف
  عبدالقادر عبدالهادي سليمان داود موسى عيسى زكريا يحيى ياسين طه صالح صلاح سالم سلام سلامه سليم سلمان سامي سامر
  سامح سمير سعيد سعد سعدي ماهر ماجد مازن مروان منير منذر منتصر منصور ناصر نصر نضال نبيل نديم نزار نعيم هاني هشام
  هاشم هيثم وليد وائل وسيم ياسر يزن يعقوب عادل عامر عارف عاصم عصام عماد عمار عوض عوده عدنان عدي غسان غالب فادي
  فارس فاروق فتحي فراس فريد فهمي فؤاد فوزي قاسم قيس كامل كمال كريم لؤي ليث مجاهد مجدي مصطفى معاذ معتصم معن مهند
  مؤيد بلال بسام باسل باسم بشار بكر ثائر جابر جمال جهاد حاتم حازم حامد حسام حكمت حمدي حمزة حيدر خضر خليل راغب رامي
  رامز رائد رشاد رشيد رياض زاهر زهير زياد شادي شاكر شريف صبحي صدقي طارق طاهر طلال ضياء علاء نور اياد ايمن ايهاب
  اسامة اسماعيل اشرف اكرم امجد امين انس انور ادهم نائل وجيه`.split(/\s+/);
const WOMEN =
  `فاطمة عائشة خديجة مريم زينب آمنة سعاد سميرة سلمى سمر سهى سوسن سناء سحر هناء هنا هدى هبة هالة هند نهى نورا نجوى
  ناديا نادية نوال منى منال ميسون مها ميساء لينا لبنى لمى ليلى كوثر غادة عبير عفاف علياء علا صفاء صفية شيرين شهد
  شادية رولا رنا رانيا ريم رشا رجاء دلال دينا دعاء ديما خلود خولة حنان حنين جميلة جمانة ثريا بثينة بسمة ايمان امل
  اماني اسراء اسماء ابتسام انتصار الاء آيات وفاء ولاء وداد يسرى ياسمين تهاني تغريد نسرين نائلة`.split(/\s+/);
const PLACES =
  `رفيديا المخفية المعاجين زواتا الضاحية بلاطة عسكر الجبل_الشمالي الجبل_الجنوبي البلدة_القديمة شارع_فيصل شارع_سفيان
  شارع_حطين رأس_العين خلة_العامود المساكن_الشعبية نابلس_الجديدة حي_النور شارع_القدس شارع_تونس الدوار بيت_وزن سما_المدينة
  عين_بيت_الماء حارة_الغرب حي_الياسمينة شارع_عمان حي_القريون التعاون_العلوي دوار_الشهداء`
    .split(/\s+/)
    .map((place) => place.replaceAll('_', ' '));
const TRADES = [
  'للمقاولات',
  'للتجارة العامة',
  'للسياحة والسفر',
  'لمواد البناء',
  'للصناعات الغذائية',
  'للاستيراد والتصدير',
];

/** Rare given names: servants of God by his rarer names, and roots (1, 2, 3) in the patterns of Arabic names. */
const SERVANTS_OF =
  `العزيز الحكيم الجبار السلام الملك الخالق الرزاق الوهاب الغفور الغفار الغني الحليم الحق الجليل المنعم المجيد الحي
  القدوس السميع الباسط الواحد الصمد الرؤوف العظيم الحافظ الناصر المالك الستار العليم الجواد المعطي المحسن البارئ الشكور`
    .split(/\s+/)
    .map((name) => `عبد${name}`);
const MEN_PATTERNS = ['1ا23', '12ي3', '12ا3', 'م12و3', '123ان', '123ي', '1وي23', 'ا123', '123', 'م123'];
const WOMEN_PATTERNS = ['1ا23ة', '12ي3ة', '12ا3ة', '123اء', 'م12و3ة', '123ى', '123ات', 'ت12ي3', '1وا23'];

const families = inventFamilies(familyCount);
const menInOrder = shuffled(MEN);
const womenInOrder = shuffled(WOMEN);
const rareMen = inventGiven(Math.round(rareCount * 0.6), MEN_PATTERNS, MEN, SERVANTS_OF);
const rareWomen = inventGiven(rareCount - rareMen.length, WOMEN_PATTERNS, WOMEN);
const men = ranked(menInOrder, 0.75, 'محمد', rareMen);
const women = ranked(womenInOrder, 0.6, undefined, rareWomen);
const clans = ranked(families, 0.8);

/** Habits of an old system: how much of a name it keeps, whether it has IDs and phones, how it writes. */
const SYSTEMS = [
  { name: 'water', full: 0.45, noFather: 0.12, id: 0.75, phone: 0.65, eight: 0.02, familyFirst: 0.01, title: 0.02 },
  { name: 'tax', full: 0.7, noFather: 0.05, id: 0.85, phone: 0.3, eight: 0.02, familyFirst: 0.01, title: 0.05 },
  { name: 'licences', full: 0.35, noFather: 0.2, id: 0.6, phone: 0.7, eight: 0.01, familyFirst: 0.02, title: 0.06 },
  { name: 'waste', full: 0.25, noFather: 0.3, id: 0.4, phone: 0.45, eight: 0.01, familyFirst: 0.02, title: 0.03 },
  { name: 'education', full: 0.5, noFather: 0.1, id: 0.7, phone: 0.6, eight: 0.14, familyFirst: 0.12, title: 0.01 },
  { name: 'projects', full: 0.4, noFather: 0.15, id: 0.55, phone: 0.6, eight: 0.02, familyFirst: 0.02, title: 0.1 },
];

mkdirSync(outDir, { recursive: true });
const csv = createWriteStream(`${outDir}/citizens.csv`);
const truth = createWriteStream(`${outDir}/truth.tsv`);
csv.write('\ufeffCIT_NO,CIT_NAME,DOC_TYPE,DOC_NO,PHONE,ADDRESS,ENTRY_DATE\r\n');
truth.write('cit_no\tentity\trole\n');
const people = createWriteStream(`${outDir}/people.tsv`);
people.write('entity\tkind\tname\tnational_id\tphone\towner_rows\n');
if (values.extract) writeHeaders();

const step = coprimeStep(wanted * 4);
let made = 0;
let entities = 0;
let known = [];
let buffer = '';
let truthBuffer = '';
let peopleBuffer = '';
/** A bit for each number given out: a national ID is one person's. */
const bodiesTaken = new Uint8Array(1e8 / 8);

while (made < wanted) {
  for (const entity of household()) {
    entities++;
    const rows = rowsOf(entity);
    let owned = 0;
    for (let i = 0; i < rows && made < wanted; i++) if (writeRow(entity) === 'owner') owned++;
    if (entity.key !== undefined) writePerson(entity, owned);
    if (known.length < 5000) known.push(entity);
    else known[below(5000)] = entity;
  }
  if (buffer.length > 1 << 20) await flush();
}
await flush();
for (const stream of [csv, truth, people]) stream.end();
console.error(`${made} rows, ${entities} entities, ${familyCount} families, ${rareCount} rare given names`);

function household() {
  if (chance(0.02)) return [firm()];
  const place = pick(PLACES);
  const family = draw(clans);
  const grandfather = draw(men);
  const brothers = chance(0.2) ? 2 : 1;
  const fathersName = draw(men);
  const people = [];
  for (let b = 0; b < brothers; b++) {
    const phone = mobile();
    const father = person(freshName(men, people), [fathersName, grandfather], family, place, phone);
    people.push(father);
    if (chance(0.45))
      people.push(
        person(
          draw(women),
          [draw(men), draw(men)],
          chance(0.6) ? family : draw(clans),
          place,
          chance(0.3) ? phone : mobile(),
        ),
      );
    const children = below(4);
    for (let c = 0; c < children; c++) {
      const given = chance(0.12) ? grandfather : chance(0.5) ? freshName(men, people) : freshName(women, people);
      people.push(person(given, [father.names[0], fathersName], family, place, chance(0.2) ? phone : mobile()));
    }
  }
  return people;
}

function person(given, fathers, family, place, phone) {
  return {
    id: entities + known.length,
    kind: 'person',
    names: [given, ...fathers, family],
    place,
    phone,
    number: nationalId(),
    article: chance(0.5),
  };
}

function firm() {
  const number = `56${String(below(1e7)).padStart(7, '0')}`;
  const phone = `0923${String(80000 + below(19999))}`;
  return { kind: 'firm', names: [draw(clans), pick(TRADES)], place: pick(PLACES), phone, number, article: true };
}

function rowsOf() {
  const x = random();
  return x < 0.54 ? 1 : x < 0.78 ? 2 : x < 0.89 ? 3 : x < 0.945 ? 4 : x < 0.975 ? 5 : 6;
}

function writeRow(entity) {
  const citNo = 1000 + ((made * step) % (wanted * 4));
  made++;
  const system = pick(SYSTEMS);
  let role = 'owner';
  let name = entity.kind === 'firm' ? firmName(entity) : personName(entity, system);
  let partner = null;
  if (entity.kind === 'person' && chance(0.065)) {
    role = 'joint';
    if (chance(0.5) || known.length === 0)
      name += pick([' وشركاه', ' وشركه', ' وشريكه', ' وأخوه', ' واخوانه', ' وآخرون']);
    else {
      partner = pick(known.filter((other) => other.kind === 'person'));
      const other = personName(partner, system);
      name += chance(0.4) ? ` وشركه ${other}` : chance(0.5) ? ` و ${other}` : ` و${other}`;
    }
  } else if (entity.kind === 'person' && chance(0.02)) name = `ورثة ${name}`;
  entity.key ??= entities;
  truthBuffer += `${citNo}\t${entity.key}\t${role}\n`;
  if (partner) truthBuffer += `${citNo}\t${partner.key ?? -1}\tpartner\n`;
  const [docType, docNo] = documentOf(entity, system);
  const phone = phoneOf(entity, system);
  const place = chance(0.02) ? pick(PLACES) : entity.place;
  const date = `${String(1 + below(28)).padStart(2, '0')}/${String(1 + below(12)).padStart(2, '0')}/${1996 + below(23)}`;
  buffer += `${citNo},${name},${docType},${docNo},${phone},${place},${date}\r\n`;
  return role;
}

/** The name as on the ID: all four parts, spelt right, the family with its article where it has one. */
function writePerson(entity, owned) {
  const names = [...entity.names];
  if (entity.kind === 'person' && entity.article && !names[3].startsWith('ابو')) names[3] = `ال${names[3]}`;
  const fields = [entity.key, entity.kind, names.join(' '), entity.number, entity.phone, owned];
  peopleBuffer += `${fields.join('\t')}\n`;
}

function writeHeaders() {
  const columns = {
    services: 'SRV_NO;SRV_TYPE;CIT_NO;ADDRESS;STATUS;START_DATE',
    meters: 'SRV_NO;SERIAL;DIAMETER_MM;CLASS;ROUTE;SEQ;INSTALLED',
    readings: 'SRV_NO;SERIAL;PERIOD;READING;SOURCE;READER',
    parcels: 'SRV_NO;BASIN;PLOT;AREA_M2;RENTAL_VALUE;USE;BUILT',
    licences: 'SRV_NO;TRADE;GRADE;FEE;EXPIRES',
    movements: '\ufeffSRV_NO,DATE,KIND,DEBIT,CREDIT,CUR,DOC',
  };
  // The Windows-1256 of the first five has the Latin letters where UTF-8 has them.
  for (const [name, header] of Object.entries(columns)) writeFileSync(`${outDir}/${name}.csv`, `${header}\r\n`);
}

function personName(entity, system) {
  const [given, father, grandfather, family] = entity.names;
  const g = chance(0.005) ? pick(MEN) : given;
  const x = random();
  let parts;
  if (x < system.full) parts = [g, father, grandfather, family];
  else if (x < system.full + system.noFather) parts = [g, family];
  else if (x < system.full + system.noFather + 0.04) parts = [g, father, grandfather];
  else parts = [g, father, family];
  const last = parts.length - 1;
  const withArticle = parts[last] === family && !family.startsWith('ابو') && entity.article !== chance(0.1);
  parts = parts.map((part) => habit(chance(0.028) ? misspelt(part, random) : part));
  if (withArticle) parts[last] = `ال${parts[last]}`;
  if (parts.length <= 3 && parts[last] !== grandfather && chance(system.familyFirst)) parts.unshift(parts.pop());
  let name = parts.join(' ');
  if (chance(system.title)) name = `${pick(['الحاج', 'الحاجة', 'د.', 'م.', 'المرحوم', 'الأستاذ', 'المحامي'])} ${name}`;
  if (chance(0.04)) name = name.replace(' ', '  ');
  return name;
}

function firmName({ names: [family, trade] }) {
  const name = chance(0.03) ? misspelt(family, random) : family;
  const start = chance(0.75) ? 'شركة ' : chance(0.5) ? 'شركه ' : '';
  return `${start}ال${name} ${habit(trade)} ${pick(['', 'م.خ.م', 'المساهمة', 'وشركاه'])}`.trim();
}

/** The free choices of Arabic spelling. */
function habit(text) {
  let out = text;
  if (out.startsWith('عبدال') && chance(0.5)) out = `عبد ${out.slice(3)}`;
  if (out.startsWith('ابو') && chance(0.3)) out = `أبو ${out.slice(3)}`;
  if (out.startsWith('ا') && !out.startsWith('ال') && chance(0.35)) out = `أ${out.slice(1)}`;
  if (out.endsWith('ة') && chance(0.5)) out = `${out.slice(0, -1)}ه`;
  if (out.endsWith('ى') && chance(0.5)) out = `${out.slice(0, -1)}ي`;
  else if (out.endsWith('ي') && chance(0.06)) out = `${out.slice(0, -1)}ى`;
  if (chance(0.4)) out = out.replace('ؤ', 'و').replace('ئ', 'ي');
  if (chance(0.02)) out = `${out.slice(0, 2)}ــ${out.slice(2)}`;
  return out;
}

function documentOf(entity, system) {
  if (entity.kind === 'firm') return chance(0.55) ? ['سجل تجاري', entity.number] : ['', pick(['', '0', '000000000'])];
  if (!chance(system.id)) return [pick(['', 'غير معروف', 'هوية']), pick(['', '0', '000000000'])];
  if (chance(0.02)) return ['جواز سفر', String(1e6 + below(9e6))];
  let number = entity.number;
  if (chance(system.eight)) number = number.slice(0, 8);
  else if (chance(0.025)) {
    const at = below(9);
    number = number.slice(0, at) + ((Number(number[at]) + 1 + below(9)) % 10) + number.slice(at + 1);
  } else if (chance(0.06)) number = `${number[0]}-${number.slice(1, 8)}-${number[8]}`;
  if (chance(0.05)) number = [...number].map((c) => (c === '-' ? c : String.fromCharCode(0x660 + Number(c)))).join('');
  return ['هوية', number];
}

function phoneOf(entity, system) {
  if (!chance(system.phone)) return '';
  const digits = chance(0.03) ? mobile() : entity.phone;
  return pick([digits, digits, `+970${digits.slice(1)}`, digits.slice(1), `${digits.slice(0, 3)}-${digits.slice(3)}`]);
}

function mobile() {
  return `05${pick(['9', '6'])}${String(below(1e7)).padStart(7, '0')}`;
}

function nationalId() {
  let taken = Number(pick(['4', '8', '9'])) * 1e7 + below(1e7);
  while ((bodiesTaken[taken >> 3] >> (taken & 7)) & 1) taken = taken % 1e7 === 9999999 ? taken - 9999999 : taken + 1;
  bodiesTaken[taken >> 3] |= 1 << (taken & 7);
  const body = String(taken);
  let sum = 0;
  for (let i = 0; i < 8; i++) {
    const weighted = Number(body[i]) * (i % 2 === 0 ? 1 : 2);
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  const check = (10 - (sum % 10)) % 10;
  return body + (body[0] === '8' && chance(0.02) ? (check + 1 + below(9)) % 10 : check);
}

function freshName(names, people) {
  const name = draw(names);
  return people.some((one) => one.names[0] === name) ? draw(names) : name;
}

function inventFamilies(count) {
  const first = [...'بجحخدرزسشصطعغفقكمنه'];
  const vowels = ['ا', 'و', 'ي', '', ''];
  const ends = ['ي', 'ه', 'ان', '', 'اوي', 'اني'];
  const found = new Set();
  while (found.size < count) {
    const stem = pick(first) + pick(vowels) + pick(first) + pick(vowels) + pick(first) + pick(ends);
    found.add(chance(0.12) ? `ابو${stem}` : stem);
  }
  return [...found];
}

function inventGiven(count, patterns, taken, first = []) {
  const letters = [...'بتجحخدرزسشصطعغفقكلمنهو'];
  const found = new Set(first.slice(0, count));
  while (found.size < count) {
    const root = [pick(letters), pick(letters), pick(letters)];
    const name = pick(patterns).replace(/[123]/g, (at) => root[at - 1]);
    if (new Set(root).size === 3 && !taken.includes(name)) found.add(name);
  }
  return [...found];
}

/** Names with weights that fall by rank; those of the tail fall faster, from the last of the names on. */
function ranked(names, slope, first, tail = []) {
  const order = first ? [first, ...names.filter((name) => name !== first)] : names;
  const sums = [];
  let sum = 0;
  for (let i = 0; i < order.length; i++) sums.push((sum += 1 / (i + 2) ** slope));
  const last = 1 / (order.length + 1) ** slope;
  for (let i = 1; i <= tail.length; i++) sums.push((sum += last * (order.length / (order.length + i)) ** 2));
  return { order: [...order, ...tail], sums, sum };
}

function draw({ order, sums, sum }) {
  const x = random() * sum;
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle] < x) low = middle + 1;
    else high = middle;
  }
  return order[low];
}

function shuffled(list) {
  const out = [...list];
  for (let i = out.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}

function coprimeStep(size) {
  let candidate = Math.floor(size * 0.618) | 1;
  const gcd = (a, b) => (b === 0 ? a : gcd(b, a % b));
  while (gcd(candidate, size) !== 1) candidate += 2;
  return candidate;
}

async function flush() {
  const waits = [];
  if (!csv.write(buffer)) waits.push(new Promise((done) => csv.once('drain', done)));
  if (!truth.write(truthBuffer)) waits.push(new Promise((done) => truth.once('drain', done)));
  if (!people.write(peopleBuffer)) waits.push(new Promise((done) => people.once('drain', done)));
  buffer = '';
  truthBuffer = '';
  peopleBuffer = '';
  await Promise.all(waits);
}

function mulberry32(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
