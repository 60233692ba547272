import { Tabs as Base } from '@base-ui/react/tabs';
import { useEffect, useRef, type ReactNode } from 'react';

export interface Tab<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly count?: number | undefined;
  readonly panel?: ReactNode;
}

export interface TabsProps<Value extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Value>[];
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
  /** To the right of the tabs. */
  readonly aside?: ReactNode;
}

/** Parts of one thing, one at a time; arrow keys move between them. */
export function Tabs<Value extends string>({ label, tabs, value, onValueChange, aside }: TabsProps<Value>) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Where they do not all fit, the chosen one is in sight.
    list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [value]);
  return (
    <Base.Root
      value={value}
      onValueChange={(next: Value) => {
        onValueChange(next);
      }}
      className="flex min-h-0 min-w-0 flex-col"
    >
      {/* Where both do not fit, what stands beside the tabs goes above them. */}
      <div className="flex flex-wrap-reverse items-center gap-x-12 border-b border-line">
        <Base.List
          ref={list}
          aria-label={label}
          activateOnFocus
          className="relative mb-[-1px] flex max-w-full min-w-0 gap-4 overflow-x-auto overflow-y-hidden pb-px [scrollbar-width:none]"
        >
          {tabs.map((tab) => (
            <Base.Tab
              key={tab.value}
              value={tab.value}
              data-ring="inset"
              className="inline-flex h-32 shrink-0 items-center gap-6 rounded-control px-8 text-body font-medium text-ink-2 hover:text-ink data-active:text-ink"
            >
              <span className="max-w-[200px] truncate">{tab.label}</span>
              {tab.count === undefined ? null : (
                <span className="text-meta font-regular text-ink-3">{tab.count}</span>
              )}
            </Base.Tab>
          ))}
          <Base.Indicator className="absolute bottom-0 left-(--active-tab-left) h-2 w-(--active-tab-width) bg-accent" />
        </Base.List>
        <div className="ms-auto">{aside}</div>
      </div>
      {tabs.map((tab) =>
        tab.panel === undefined ? null : (
          <Base.Panel
            key={tab.value}
            value={tab.value}
            data-ring="inset"
            className="min-h-0 flex-1 rounded-control"
          >
            {tab.panel}
          </Base.Panel>
        ),
      )}
    </Base.Root>
  );
}
