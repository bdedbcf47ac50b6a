import { SaxesParser } from 'saxes';
import { decodePieces, type ReadLimits, xmlEncoding } from './decode';
import type { Faults, Place } from './faults';

/** One element, with what is below it as far as it was kept. */
export class XmlNode implements Place {
  text = '';
  /** Kept ones, in the order of the file. */
  children: readonly XmlNode[] = NONE;
  private counts?: Map<string, number>;

  constructor(
    readonly parent: XmlNode | null,
    /** Local name, without prefix. */
    readonly name: string,
    readonly namespace: string,
    readonly attributes: Readonly<Record<string, string>>,
    readonly line: number,
    /** Of its parent's children of that name, from 1, kept or not. */
    readonly position: number,
  ) {}

  /** `Document/BkToCstmrStmt/Stmt/Ntry[3]`; the first of a name without number. */
  get path(): string {
    const step = this.position > 1 ? `${this.name}[${this.position}]` : this.name;
    return this.parent ? `${this.parent.path}/${step}` : step;
  }

  /** First element at the end of a path of names below this one. */
  first(...names: string[]): XmlNode | undefined {
    return this.all(...names)[0];
  }

  /** Every element at the end of a path of names below this one. */
  all(...names: string[]): XmlNode[] {
    return names.reduce<XmlNode[]>(
      (nodes, name) => nodes.flatMap(({ children }) => children.filter((child) => child.name === name)),
      [this],
    );
  }

  /** Text at the end of a path, spaces folded; null where there is none. */
  value(...names: string[]): string | null {
    return this.first(...names)?.folded ?? null;
  }

  get folded(): string | null {
    const text = this.text.replace(/\s+/g, ' ').trim();
    return text === '' ? null : text;
  }

  keep(child: XmlNode): void {
    if (this.children === NONE) this.children = [];
    (this.children as XmlNode[]).push(child);
  }

  next(name: string): number {
    this.counts ??= new Map();
    const position = (this.counts.get(name) ?? 0) + 1;
    this.counts.set(name, position);
    return position;
  }
}

export interface XmlVisitor {
  /** Called when an element has begun; its text and children are still to come. */
  opened(node: XmlNode): void;
  /** Called when an element is whole. Whether to keep it below its parent; what is not kept costs no memory. */
  closed(node: XmlNode): boolean;
}

const NONE: readonly XmlNode[] = [];
const NO_ATTRIBUTES = {};
const DEEPEST = 64;
const DEFAULT_MAX_ELEMENTS = 1_000_000;

/**
 * Walks well-formed XML with namespaces, in memory that does not grow with what the visitor drops. No document type
 * declaration is allowed, so that there are no entities but the five of XML itself.
 * @throws {BankStatementError} for anything else
 */
export function walkXml(
  bytes: Uint8Array,
  visitor: XmlVisitor,
  { maxElements = DEFAULT_MAX_ELEMENTS }: ReadLimits,
  faults: Faults,
): void {
  const parser = new SaxesParser({ xmlns: true });
  let node: XmlNode | null = null;
  let depth = 0;
  let kept = 0;
  const keptBefore: number[] = [];
  const here = (): Place => ({ line: parser.line, path: node?.path ?? '' });

  parser.on('error', ({ message }) => faults.fail('xml-malformed', here(), { why: message.replace(/^[\d:\s]+/, '') }));
  parser.on('doctype', () => faults.fail('xml-doctype', here()));
  parser.on('opentag', ({ local, uri, attributes }) => {
    if (++depth > DEEPEST) faults.fail('xml-too-deep', here(), { limit: DEEPEST });
    const own = Object.values(attributes).filter(({ prefix, local: name }) => prefix !== 'xmlns' && name !== 'xmlns');
    const values = own.length === 0 ? NO_ATTRIBUTES : Object.fromEntries(own.map((a) => [a.local, a.value]));
    node = new XmlNode(node, local, uri, values, parser.line, node?.next(local) ?? 1);
    keptBefore.push(kept);
    visitor.opened(node);
  });
  const text = (piece: string) => {
    if (node) node.text += piece;
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('closetag', () => {
    const closing = node!;
    depth--;
    node = closing.parent;
    const before = keptBefore.pop()!;
    if (!visitor.closed(closing)) kept = before;
    else if (++kept > maxElements) faults.fail('xml-too-many', closing, { limit: maxElements });
    else node?.keep(closing);
  });

  for (const piece of decodePieces(bytes, xmlEncoding(bytes, faults), faults)) parser.write(piece);
  parser.close();
}
