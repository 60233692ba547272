/** The canvas colours of the renderer, so that nothing flashes before a window's first paint. */
export const canvas = { light: '#f5f5f7', dark: '#0e0f11' };
