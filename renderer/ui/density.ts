/** How close the rows of lists and tables stand, and how high a row of one line is, in pixels: `--spacing-row` of tokens.css. */
export const rowHeights = { compact: 28, default: 32, comfortable: 40 } as const;
export type Density = keyof typeof rowHeights;

export const densities = ['compact', 'default', 'comfortable'] as const satisfies readonly Density[];
