import {
  CircleCheck,
  CircleDashed,
  CirclePause,
  Diamond,
  Hourglass,
  LoaderCircle,
  OctagonX,
  Square,
  type LucideIcon,
} from 'lucide-react';
import { cx } from './cx.ts';

/** Named by look; a view decides which of its states wears which. */
export type GlyphShape =
  'dashed' | 'spinner' | 'diamond' | 'hourglass' | 'pause' | 'check' | 'octagon' | 'square';
export type Tone = 'neutral' | 'running' | 'attention' | 'success' | 'danger';

interface Look {
  readonly icon: LucideIcon;
  readonly tone: Tone;
  /** "solid" fills the outline, "tint" fills it at 22%: the shapes stay apart in greyscale and when small. */
  readonly fill?: 'solid' | 'tint';
}
const looks: Record<GlyphShape, Look> = {
  dashed: { icon: CircleDashed, tone: 'neutral' },
  spinner: { icon: LoaderCircle, tone: 'running' },
  diamond: { icon: Diamond, tone: 'attention', fill: 'solid' },
  hourglass: { icon: Hourglass, tone: 'neutral' },
  pause: { icon: CirclePause, tone: 'neutral' },
  check: { icon: CircleCheck, tone: 'success', fill: 'tint' },
  octagon: { icon: OctagonX, tone: 'danger', fill: 'tint' },
  square: { icon: Square, tone: 'neutral', fill: 'solid' },
};
const colours: Record<Tone, string> = {
  neutral: 'text-neutral',
  running: 'text-running',
  attention: 'text-attention',
  success: 'text-success',
  danger: 'text-danger',
};
export const toneText: Record<Tone, string> = {
  neutral: 'text-neutral-text',
  running: 'text-running-text',
  attention: 'text-attention-text',
  success: 'text-success-text',
  danger: 'text-danger-text',
};

export interface StatusGlyphProps {
  readonly shape: GlyphShape;
  /** Read aloud. Leave out only where the same words stand beside the glyph. */
  readonly label?: string | undefined;
  readonly tone?: Tone | undefined;
  /** At most one moving glyph per row; a still one says the same. */
  readonly still?: boolean | undefined;
}

export function StatusGlyph({ shape, label, tone, still = false }: StatusGlyphProps) {
  const look = looks[shape];
  const Icon = look.icon;
  return (
    <span
      {...(label === undefined
        ? { 'aria-hidden': true }
        : { role: 'img', 'aria-label': label, title: label })}
      className={cx('inline-flex size-16 shrink-0 items-center justify-center', colours[tone ?? look.tone])}
    >
      <Icon
        aria-hidden
        size={shape === 'square' ? 14 : 16}
        strokeWidth={2}
        fill={look.fill ? 'currentColor' : 'none'}
        fillOpacity={look.fill === 'tint' ? 0.22 : 1}
        className={shape === 'spinner' && !still ? 'animate-turn' : undefined}
      />
    </span>
  );
}

/** The glyph with its words: the form to use outside dense rows. */
export function StatusLabel({ shape, tone, children }: { shape: GlyphShape; tone?: Tone; children: string }) {
  return (
    <span
      className={cx('inline-flex items-center gap-6 whitespace-nowrap', toneText[tone ?? looks[shape].tone])}
    >
      <StatusGlyph shape={shape} tone={tone} />
      {children}
    </span>
  );
}
