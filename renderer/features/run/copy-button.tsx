import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useClock } from '../../ui/clock-context.tsx';
import { strings } from './strings.ts';

const words = strings.inspector;

/** Copies, and says so for two seconds. */
export function CopyButton({
  label,
  value,
  small = false,
}: {
  label: string;
  value: () => string;
  /** Only its picture, where its place says what it copies. */
  small?: boolean;
}) {
  const clock = useClock();
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard.writeText(value()).then(() => {
      setCopied(true);
      clock.after(2_000, () => {
        setCopied(false);
      });
    });
  };
  if (small)
    return (
      <IconButton
        size="small"
        icon={copied ? Check : Copy}
        label={copied ? words.copied : label}
        onClick={copy}
      />
    );
  return (
    <Button size="small" icon={copied ? Check : Copy} onClick={copy}>
      <span aria-live="polite">{copied ? words.copied : label}</span>
    </Button>
  );
}
