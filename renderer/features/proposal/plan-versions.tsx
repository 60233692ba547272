import { Select } from '../../ui/select.tsx';
import { strings } from './strings.ts';

const words = strings.plan;

export interface PlanVersionsProps {
  /** Oldest first. */
  readonly versions: readonly number[];
  readonly shown: number;
  readonly compared: number | undefined;
  readonly onShow: (version: number) => void;
  readonly onCompare: (version: number | undefined) => void;
}

/** Which version of a plan is read, and which older one it is held against. */
export function PlanVersions({ versions, shown, compared, onShow, onCompare }: PlanVersionsProps) {
  const older = versions.filter((version) => version < shown).reverse();
  return (
    <>
      <span className="w-[120px]">
        <Select
          label={words.read}
          value={String(shown)}
          onValueChange={(version) => {
            onShow(Number(version));
          }}
          options={[...versions].reverse().map((version) => ({
            value: String(version),
            label: words.version(version),
            ...(version === versions.at(-1) ? { detail: words.newest } : {}),
          }))}
        />
      </span>
      {older.length === 0 ? null : (
        <span className="w-[160px]">
          <Select
            label={words.compare}
            value={compared === undefined ? '' : String(compared)}
            onValueChange={(version) => {
              onCompare(version === '' ? undefined : Number(version));
            }}
            options={[
              { value: '', label: words.compareNothing },
              ...older.map((version) => ({ value: String(version), label: words.compareWith(version) })),
            ]}
          />
        </span>
      )}
    </>
  );
}
