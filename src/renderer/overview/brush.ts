/** Buckets that are dragged over: from where the button was pressed to where the pointer is, in either direction. */
export interface Brush {
  readonly start: number;
  readonly end: number;
}

export function orderBrush({ start, end }: Brush): { readonly first: number; readonly last: number } {
  return { first: Math.min(start, end), last: Math.max(start, end) };
}
