/** A series is told by its colour, and by its dash or place as well: the order of a stack, and where a line ends. */
export const fills = ['fill-chart-1', 'fill-chart-2', 'fill-chart-3'] as const;
export const strokes = ['stroke-chart-1', 'stroke-chart-2', 'stroke-chart-3'] as const;
export const swatches = ['bg-chart-1', 'bg-chart-2', 'bg-chart-3'] as const;
export const dashes = [undefined, '4 3', '1 3'] as const;
