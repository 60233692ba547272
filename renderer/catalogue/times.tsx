import { useState } from 'react';
import { formatTime } from '../client/clock.ts';
import { Bytes } from '../ui/bytes.tsx';
import { useClock } from '../ui/clock-context.tsx';
import { Duration } from '../ui/duration.tsx';
import { Mono } from '../ui/mono.tsx';
import { Time } from '../ui/time.tsx';

export function Times() {
  const clock = useClock();
  const ago = (ms: number): string => formatTime(clock.now() - ms);
  const [base] = useState(() => ({ recent: ago(4_000), hours: ago(7_300_000) }));
  return (
    <span className="flex flex-wrap gap-16 text-meta text-ink-2">
      <Time at={base.recent} /> <Time at={base.hours} /> <Time at={base.hours} form="exact" />
      <Duration since={base.recent} /> <Duration ms={192_000} /> <Bytes value={12_345_678} />
      <Mono>run 01J9Z</Mono>
      <span className="w-[180px]">
        <Mono elide>packages/core/src/scheduler/intake-queue.ts</Mono>
      </span>
    </span>
  );
}
