type Query = Record<string, string>;

/** The ids on all pages of a list, one page after the other, of `size` each. */
export async function idsOfAllPages(
  page: (query: Query) => Promise<{ id: number }[]>,
  query: Query,
  size = 4,
): Promise<number[]> {
  const ids: number[] = [];
  for (let number = 1; ; number++) {
    const items = await page({ ...query, size: String(size), page: String(number) });
    ids.push(...items.map(({ id }) => id));
    if (items.length < size) return ids;
  }
}
