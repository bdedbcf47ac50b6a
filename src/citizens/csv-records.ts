const QUOTE = '"';

/** Records of a CSV stream in UTF-8: BOM dropped, LF or CRLF, fields quoted where they need it, blank lines skipped. */
export async function* csvRecords(stream: NodeJS.ReadableStream): AsyncGenerator<string[]> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  for await (const chunk of stream) {
    rest += decoder.decode(chunk as unknown as Uint8Array, { stream: true });
    rest = yield* records(rest);
  }
  rest = yield* records(`${rest}${decoder.decode()}\n`);
  if (rest !== '') yield fieldsOf(rest.trimEnd());
}

/** Yields the whole records of a text; returns what is left of it. */
function* records(text: string): Generator<string[], string> {
  let from = 0;
  let quote = nextQuote(text, 0);
  let end = text.indexOf('\n');
  while (end >= 0) {
    // A line feed inside quotes does not end the record.
    while (quote < end) {
      const close = nextQuote(text, quote + 1);
      if (close === Infinity) return text.slice(from);
      if (end < close) end = text.indexOf('\n', close);
      if (end < 0) return text.slice(from);
      quote = nextQuote(text, close + 1);
    }
    const line = text.slice(from, end > from && text[end - 1] === '\r' ? end - 1 : end);
    if (line !== '') yield fieldsOf(line);
    from = end + 1;
    end = text.indexOf('\n', from);
  }
  return text.slice(from);
}

function nextQuote(text: string, from: number): number {
  const at = text.indexOf(QUOTE, from);
  return at < 0 ? Infinity : at;
}

function fieldsOf(line: string): string[] {
  if (!line.includes(QUOTE)) return line.split(',');
  const fields: string[] = [];
  let field = '';
  let inside = false;
  for (let i = 0; i < line.length; i++) {
    const letter = line[i]!;
    if (letter === QUOTE) {
      if (inside && line[i + 1] === QUOTE) field += line[i++];
      else inside = !inside;
    } else if (letter === ',' && !inside) {
      fields.push(field);
      field = '';
    } else field += letter;
  }
  return [...fields, field];
}
