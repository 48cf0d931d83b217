import type { Piece } from "./decode.ts";

/** Where something stands: in words that hold nothing of the user data itself. */
export interface Place {
  readonly where: string;
  readonly line: number;
}

export function placeOf(piece: Piece, index: number): Place {
  return { where: piece.where, line: piece.line ?? index + 1 };
}

/** Line of a position in a piece's text. */
export function placeAt(piece: Piece, position: number): Place {
  return placeOf(piece, piece.text.slice(0, position).split("\n").length - 1);
}

/** "line 3", "line 3 of write_files[1]", "line 3 and 2 more". */
export function placesText(places: readonly Place[]): string {
  const [first, ...more] = unlike(places);
  if (first === undefined) return "";
  const one = first.where === "" ? `line ${first.line}` : `line ${first.line} of ${first.where}`;
  return more.length === 0 ? one : `${one} and ${more.length} more`;
}

function unlike(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [`${place.where}:${place.line}`, place])).values()];
}
