import { useState } from 'react';
import type { ContractFailure } from '../../../preload/contract/errors.ts';
import { useClient } from '../../client/client-context.tsx';
import { useToast } from '../../ui/toast.tsx';
import { strings } from './strings.ts';

const words = strings.evidence;
/** The browser has taken the file long before. */
const releaseMs = 60_000;

/** Takes the evidence of a run along: as a download in a browser, as a file of the exports folder on the desktop. */
export function useExportEvidence(runId: string): {
  readonly busy: boolean;
  readonly failure: ContractFailure | undefined;
  readonly start: () => void;
} {
  const { call, download, clock } = useClient();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ContractFailure>();
  const take = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    if (download) {
      const reply = await download(`runs/${runId}/evidence.zip`);
      if (reply.ok) {
        const address = URL.createObjectURL(reply.value.body);
        const link = document.createElement('a');
        link.href = address;
        link.download = reply.value.name;
        link.click();
        clock.after(releaseMs, () => {
          URL.revokeObjectURL(address);
        });
        toast({ text: words.downloaded(reply.value.name) });
      } else setFailure(reply.error);
    } else {
      const reply = await call('run.exportEvidence', { id: runId });
      if (reply.ok) toast({ text: words.saved(reply.value.path) });
      else setFailure(reply.error);
    }
    setBusy(false);
  };
  return {
    busy,
    failure,
    start: () => {
      if (!busy) void take();
    },
  };
}
