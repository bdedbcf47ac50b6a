/** A word with one typing error: a letter lost, doubled, swapped with the next, or another that is often taken for it. */
export function misspelt(text, random) {
  const below = (n) => Math.floor(random() * n);
  const pick = (list) => list[below(list.length)];
  const at = below(text.length);
  const letters = [...text];
  switch (below(5)) {
    case 0:
      letters.splice(at, 1);
      break;
    case 1:
      letters.splice(at, 0, letters[at]);
      break;
    case 2:
      if (at + 1 < letters.length) [letters[at], letters[at + 1]] = [letters[at + 1], letters[at]];
      break;
    default:
      letters[at] = neighbour(letters[at], pick);
  }
  return letters.length > 1 ? letters.join('') : text;
}

function neighbour(letter, pick) {
  const groups = ['حخج', 'سشص', 'تط', 'ضظ', 'دذ', 'قفغ', 'بينتا', 'كمن', 'رزو', 'عغه', 'يسب', 'لاب'];
  const fitting = groups.filter((group) => group.includes(letter));
  return fitting.length > 0 ? pick([...pick(fitting)]) : letter;
}
