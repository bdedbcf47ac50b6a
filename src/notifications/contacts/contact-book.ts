import { Injectable } from '@nestjs/common';
import type { Language } from '../templates/template.entity';

/** Where a OneRecord can be reached. */
export interface Contact {
  /** The record itself, or the one that it was merged into: whose inbox, browsers and preferences count. */
  oneRecordId: number;
  /** As it is approved. */
  name: string;
  phone: string | null;
  /** The phone is that of several records: a message there names whom it is for. */
  phoneShared: boolean;
  email: string | null;
  /** As the person prefers; Arabic where nothing is known. */
  language: Language;
}

/** Given by the module that keeps the records. */
export interface ContactBook {
  /** Records that may be written to, by id; of merged ones the survivor's contact. Others are absent. */
  of(oneRecordIds: readonly number[]): Promise<Map<number, Contact>>;
}

/** Languages that people have chosen, by record. */
export type ChosenLanguages = (oneRecordIds: readonly number[]) => Promise<ReadonlyMap<number, Language>>;

@Injectable()
export class Contacts {
  private book: ContactBook | undefined;
  private chosen: ChosenLanguages | undefined;

  /** While the application starts. @throws {Error} when there is one */
  register(book: ContactBook): void {
    if (this.book) throw new Error('a contact book is registered');
    this.book = book;
  }

  /** While the application starts: what people have chosen goes before what the book says. */
  prefer(chosen: ChosenLanguages): void {
    this.chosen = chosen;
  }

  async of(oneRecordIds: readonly number[]): Promise<Map<number, Contact>> {
    if (oneRecordIds.length === 0) return new Map();
    if (!this.book) throw new Error('no contact book is registered');
    const contacts = await this.book.of([...new Set(oneRecordIds)]);
    const survivors = [...new Set([...contacts.values()].map(({ oneRecordId }) => oneRecordId))];
    const chosen = (await this.chosen?.(survivors)) ?? new Map<number, Language>();
    for (const [id, contact] of contacts) {
      contacts.set(id, { ...contact, language: chosen.get(contact.oneRecordId) ?? contact.language });
    }
    return contacts;
  }
}
