import type { ContourSegments } from "./marchingSquares";

/** Contours as lines, for smooth joins, dashes and labels. All in flat arrays. */
export interface ContourLines {
  /** x, y a point. A closed line ends with the point it began with. */
  points: Float32Array;
  /** The first point of each line, and the end. */
  lineStarts: Uint32Array;
  /** The first line of each level, and the end. */
  levelStarts: Uint32Array;
}

/**
 * Joins segments end to end. Two meet at most on a grid edge (each of the cells beside it uses it once a level), so two
 * places an edge are all the memory it takes, and every line is walked exactly once.
 */
export function joinContours({ columns, rows, segments, edges, offsets }: ContourSegments): ContourLines {
  const total = edges.length / 2;
  const joined = new Float32Array(4 * total);
  const lineStarts = new Uint32Array(total + 1);
  const levelStarts = new Uint32Array(offsets.length);
  const atEdge = new Int32Array(4 * columns * rows); // two a grid edge: 1 + the segment's end
  const taken = new Uint8Array(total);
  let written = 0; // points
  let lines = 0;

  const write = (end: number): void => {
    joined[2 * written] = segments[2 * end] ?? NaN;
    joined[2 * written + 1] = segments[2 * end + 1] ?? NaN;
    written++;
  };
  /** Walks from one end of a segment, through it and on, until the line closes or stops. */
  const walk = (from: number): void => {
    lineStarts[lines++] = written;
    write(from);
    let end = from;
    while (taken[end >> 1] === 0) {
      taken[end >> 1] = 1;
      end ^= 1; // a segment's ends are 2s and 2s + 1
      write(end);
      const place = 2 * (edges[end] ?? 0);
      const one = (atEdge[place] ?? 0) - 1;
      const other = one === end ? (atEdge[place + 1] ?? 0) - 1 : one;
      if (other < 0) return;
      end = other;
    }
  };

  for (let level = 0; level + 1 < offsets.length; level++) {
    levelStarts[level] = lines;
    const first = (offsets[level] ?? 0) / 2;
    const last = (offsets[level + 1] ?? 0) / 2;
    for (let end = first; end < last; end++) {
      const place = 2 * (edges[end] ?? 0);
      if (atEdge[place] === 0) atEdge[place] = end + 1;
      else atEdge[place + 1] = end + 1;
    }
    // Open lines from their loose ends first; what is left is closed.
    for (let end = first; end < last; end++) {
      if (taken[end >> 1] === 0 && atEdge[2 * (edges[end] ?? 0) + 1] === 0) walk(end);
    }
    for (let end = first; end < last; end += 2) if (taken[end >> 1] === 0) walk(end);
    for (let end = first; end < last; end++) {
      const place = 2 * (edges[end] ?? 0);
      atEdge[place] = 0;
      atEdge[place + 1] = 0;
    }
  }
  levelStarts[offsets.length - 1] = lines;
  lineStarts[lines] = written;
  return { points: joined.subarray(0, 2 * written), lineStarts: lineStarts.subarray(0, lines + 1), levelStarts };
}
