import { localDateOf, type Instant } from '@libs/calendar';
import type { Config } from '@libs/config';
import { framedPage, html, type Html } from '../../../documents';
import type { Interruption } from '../interruptions/interruption.entity';
import type { SuppliedTurn, ZoneSupply } from './published-supply';
import { isOverdue } from './published-supply.dto';
import { dayWords, momentWords, WORDS, type Language } from './supply.words';

interface Shown {
  lang: Language;
  asOf: Instant;
  /** Those to choose from. */
  zones: ZoneSupply[];
  shown: ZoneSupply[];
  /** What was asked for; null: all. */
  code: string | null;
}

/** When zones have water: each with its state and next turn, the one chosen with its week. */
export function supplyPage(config: Config, page: Shown): string {
  const { lang, asOf, zones, shown, code } = page;
  const words = WORDS[lang];
  const other = lang === 'ar' ? 'en' : 'ar';
  const link = `/supply?${new URLSearchParams({ ...(code !== null && { zone: code }), lang: other }).toString()}`;
  const nothing = zones.length === 0 ? words.noZones : shown.length === 0 ? words.unknownZone : null;
  return framedPage(
    config,
    { lang, title: words.title, listed: true, style: STYLE },
    html`<nav class="screen"><a href="${link}" lang="${other}" hreflang="${other}">${words.switchTo}</a></nav>
      <h1>${words.title}</h1>
      <p class="asof">${words.asOf} ${momentWords(lang, asOf)}</p>
      ${zones.length > 0 ? chooser(page) : html``} ${nothing === null ? html`` : html`<p role="status">${nothing}</p>`}
      ${shown.map((each) => zoneSection(page, each))}`,
  );
}

function chooser({ lang, zones, code }: Shown): Html {
  const words = WORDS[lang];
  const options = zones.map(({ zone }) => {
    const name = lang === 'ar' ? zone.nameAr : zone.nameEn;
    return zone.code === code
      ? html`<option value="${zone.code}" selected>${name}</option>`
      : html`<option value="${zone.code}">${name}</option>`;
  });
  return html`<form method="get" action="/supply" class="screen">
    <input type="hidden" name="lang" value="${lang}" />
    <label for="zone">${words.zone}</label>
    <select id="zone" name="zone">
      <option value="">${words.allZones}</option>
      ${options}
    </select>
    <button>${words.show}</button>
  </form>`;
}

const TONES = { ON: 'good', OFF: 'plain', INTERRUPTED: 'bad', UNKNOWN: 'note' };

function zoneSection({ lang, asOf, code }: Shown, supply: ZoneSupply): Html {
  const { zone, status, schedule, current, next, interruptions } = supply;
  const words = WORDS[lang];
  const today = localDateOf(asOf);
  const until = current ? html` ${words.until} ${momentWords(lang, current.untilAt, today)}` : html``;
  const coming = next
    ? html`<p>${words.next}: <b>${momentWords(lang, next.fromAt)}</b></p>`
    : status === 'UNKNOWN'
      ? html``
      : html`<p>${words.noNext}</p>`;
  const note = lang === 'ar' ? schedule?.noteAr : (schedule?.noteEn ?? schedule?.noteAr);
  const link = `/supply?${new URLSearchParams({ zone: zone.code, lang }).toString()}`;
  const more = status === 'UNKNOWN' ? html`` : html`<p class="screen"><a href="${link}">${words.more}</a></p>`;
  return html`<section class="zone" aria-labelledby="zone-${zone.code}">
    <h2 id="zone-${zone.code}">${lang === 'ar' ? zone.nameAr : zone.nameEn}</h2>
    <p class="status ${TONES[status]}"><b>${words.status[status]}</b>${until}</p>
    ${interruptions.map((each) => cut(lang, each, asOf))} ${coming} ${note ? html`<p class="asof">${note}</p>` : html``}
    ${code === null ? more : week(lang, supply)}
  </section>`;
}

function cut(lang: Language, each: Interruption, asOf: Instant): Html {
  const words = WORDS[lang];
  const reason = lang === 'ar' ? each.reasonAr : each.reasonEn;
  return html`<div class="cut">
    <b>${words.interruption[each.kind]}</b>
    ${words.from} ${momentWords(lang, each.fromAt)}<br />
    ${isOverdue(each, asOf) ? words.overdue : html`${words.expected}: ${momentWords(lang, each.untilAt)}`}<br />
    ${words.reason}: ${reason}
  </div>`;
}

function week(lang: Language, { turns, exceptions, schedule }: ZoneSupply): Html {
  const words = WORDS[lang];
  const without = exceptions
    .filter(({ kind }) => kind === 'NO_SUPPLY')
    .map(
      ({ onDate, reasonAr, reasonEn }) =>
        html`<p class="cut">
          <b>${dayWords(lang, onDate)}</b>: ${words.noSupply}. ${lang === 'ar' ? reasonAr : reasonEn}
        </p>`,
    );
  const table =
    turns.length === 0
      ? html`<p>${words.noTurns}</p>`
      : html`<table>
          <thead>
            <tr>
              <th scope="col">${words.day}</th>
              <th scope="col">${words.from}</th>
              <th scope="col">${words.to}</th>
            </tr>
          </thead>
          <tbody>
            ${turns.map((turn) => turnRow(lang, turn))}
          </tbody>
        </table>`;
  const edition = schedule?.edition;
  return html`<h3>${words.week}</h3>
    ${without} ${table}
    ${edition ? html`<p class="asof">${words.schedule} ${String(edition)} ${words.since} ${dayWords(lang, schedule.effectiveFrom)}</p>` : html``}`;
}

function turnRow(lang: Language, { date, fromAt, untilAt, extra, interrupted }: SuppliedTurn): Html {
  const words = WORDS[lang];
  const marks = [extra ? words.extra : '', interrupted ? words.cut : ''].filter(Boolean);
  return html`<tr class="${interrupted ? 'off' : 'on'}">
    <td>${dayWords(lang, date)} ${marks.map((mark) => html`<small>${mark}</small>`)}</td>
    <td>${momentWords(lang, fromAt, date)}</td>
    <td>${momentWords(lang, untilAt, date)}</td>
  </tr>`;
}

const STYLE = html`<style>
  nav {
    text-align: end;
    margin-top: 0.6rem;
  }
  .asof,
  small {
    color: #5d6b69;
    font-size: 0.85rem;
    margin: 0.2rem 0;
  }
  small {
    display: block;
  }
  label {
    flex: 0 0 auto;
    align-self: center;
  }
  select {
    flex: 3 1 9rem;
    padding: 0.7rem;
    font: inherit;
    background: #fff;
    border: 1px solid #5d6b69;
    border-radius: 0.5rem;
  }
  form button {
    flex: 1 1 5rem;
  }
  .zone {
    padding: 0.4rem 0 0.8rem;
    border-bottom: 1px solid #c9d6d3;
    break-inside: avoid;
  }
  .zone p {
    margin: 0.4rem 0;
  }
  h2 {
    font-size: 1.2rem;
  }
  h3 {
    font-size: 1rem;
    margin: 1rem 0 0.3rem;
  }
  .status,
  .cut {
    padding: 0.5rem 0.8rem;
    border-radius: 0.4rem;
    background: var(--tint);
    border-inline-start: 5px solid var(--tone);
  }
  .plain {
    --tone: #5d6b69;
    --tint: #eef1f0;
  }
  .cut {
    --tone: #a61b1b;
    --tint: #fbe9e9;
    margin: 0.4rem 0;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    text-align: start;
    vertical-align: top;
    padding: 0.4rem 0.3rem;
    border-bottom: 1px solid #c9d6d3;
  }
  th {
    text-transform: capitalize;
  }
  .off small {
    color: #a61b1b;
  }
  @media print {
    .screen {
      display: none;
    }
    body {
      background: #fff;
    }
    main {
      max-width: none;
      min-height: 0;
      padding: 0;
    }
  }
</style>`;
