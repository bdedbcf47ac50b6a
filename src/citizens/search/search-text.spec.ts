import { parseSearch } from './search-text';

describe('search text', () => {
  it('parts a name and its numbers', () => {
    const { name, numbers, ids } = parseSearch('زهير الشكعة ٨٥٩٧٦١٥١٢ 0565524676');
    expect(name).toEqual(['زهير', 'شكعه']);
    expect(numbers.map(({ key }) => key)).toEqual(['859761512', '0565524676', '8597615120565524676']);
    expect(numbers[0]!.documents).toContain('national-id:859761512');
    expect(numbers[1]!.phone).toBe('+970565524676');
    expect([...ids]).toEqual(['859761512']);
  });

  it.each(['4-3949004-6', '4 3949004 6', '\u202e439490046', '٤٣٩٤٩٠٠٤٦', '43949004'])('reads the ID %s', (text) => {
    expect([...parseSearch(text).ids]).toEqual(['439490046']);
  });

  it.each(['+970 59 512 3456', '059-5123456', '00972595123456', '595123456'])('reads the phone %s', (text) => {
    expect(parseSearch(text).numbers.map(({ phone }) => phone)).toContain('+970595123456');
  });

  it('keeps a short number in the name too, and leaves out what every firm is called: شركة 2000', () => {
    const { name, numbers } = parseSearch('شركة 2000');
    expect(name).toEqual(['2000']);
    expect(numbers.map(({ key }) => key)).toEqual(['2000']);
  });

  it.each(['', ' ', '...', '\u200f'])('finds nothing in %j', (text) => {
    expect(parseSearch(text)).toEqual({ numbers: [], ids: new Set(), name: [] });
  });
});
