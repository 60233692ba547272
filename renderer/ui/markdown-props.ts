export interface MarkdownProps {
  readonly text: string;
  /** Opens a link after the reader pressed it; without it links are shown as text with their host. */
  readonly onOpenLink?: ((url: string) => void) | undefined;
}
