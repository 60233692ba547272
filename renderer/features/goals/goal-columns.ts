/** Columns in order; what matters least leaves first when the table is narrow. */
export const columns =
  'grid grid-cols-[minmax(0,1fr)_96px_84px] @[640px]/goals:grid-cols-[minmax(0,1fr)_128px_112px_84px] @[960px]/goals:grid-cols-[minmax(0,1.6fr)_minmax(90px,0.6fr)_128px_80px_128px_96px_84px] gap-x-12 px-12 items-center';
export const fromMedium = 'hidden @[640px]/goals:block';
export const fromWide = 'hidden @[960px]/goals:block';
