export interface Selection {
  start: number;
  end: number;
}

/** One replacement in a text, by UTF-16 offsets in the text as it was before. */
export interface TextChange {
  offset: number;
  removed: number;
  inserted: string;
}

/**
 * Where a selection stands after its document changed. A highlight grows with what is typed into it or right at its edges (up
 * to a line break); a cursor stays a cursor. `changes` are non-overlapping and all relative to `before`.
 */
export function followEdits(selection: Selection, isHighlight: boolean, before: string, changes: readonly TextChange[]): Selection {
  // From the back, so that the offsets of those still to come hold.
  const backwards = [...changes].sort((a, b) => b.offset - a.offset);
  return backwards.reduce((at, change) => followOne(at, isHighlight, before, change), selection);
}

function followOne({ start, end }: Selection, isHighlight: boolean, before: string, whole: TextChange): Selection {
  const { offset, removed, inserted } = smallest(before, whole);
  const removedEnd = offset + removed;
  const shift = inserted.length - removed;
  if (!isHighlight) {
    const cursor = offset > start ? start : Math.max(offset + inserted.length, start + shift);
    return { start: cursor, end: cursor };
  }
  if (removed === 0 && offset === end) return { start, end: end + firstLine(inserted).length };
  if (removed === 0 && offset === start) return { start: start + inserted.length - lastLine(inserted).length, end: end + shift };
  if (removedEnd <= start) return { start: start + shift, end: end + shift };
  if (offset >= end) return { start, end };
  if (offset >= start && removedEnd <= end) return { start, end: end + shift };
  if (offset <= start && removedEnd >= end) {
    // The surroundings were replaced too (a formatter, another version of the file): the same text is looked for in the new.
    const again = inserted.indexOf(before.slice(start, end));
    if (again >= 0) return { start: offset + again, end: offset + again + (end - start) };
    return { start: offset, end: offset + inserted.length };
  }
  return offset < start ? { start: offset + inserted.length, end: end + shift } : { start, end: offset };
}

/** The change without what it removes only to insert it again at either end. */
function smallest(before: string, { offset, removed, inserted }: TextChange): TextChange {
  const most = Math.min(removed, inserted.length);
  let head = 0;
  while (head < most && before.charCodeAt(offset + head) === inserted.charCodeAt(head)) head++;
  let tail = 0;
  while (
    tail < most - head &&
    before.charCodeAt(offset + removed - 1 - tail) === inserted.charCodeAt(inserted.length - 1 - tail)
  ) tail++;
  return { offset: offset + head, removed: removed - head - tail, inserted: inserted.slice(head, inserted.length - tail) };
}

const firstLine = (text: string): string => text.split(/[\r\n]/, 1)[0] ?? "";
const lastLine = (text: string): string => text.slice(Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1);
